"""Stories of the board of education."""

from camera import Camera

from stories.places import BOARD


def board(camera: Camera) -> None:
    """The board of education."""
    for size in ("360", "1280"):
        page = camera.as_role("教育委員会 管理者", "白樺野市", size)
        camera.shoot("board-start", page)
        for name, path in (
            ("support", "support/"),
            ("jobs", "jobs/"),
            ("board-audit", "audit/"),
        ):
            page.goto(f"{BOARD}{path}")
            camera.shoot(name, page)
