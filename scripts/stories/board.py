"""Stories of the board of education."""

from camera import Camera

from stories.places import BOARD, FAMILY


def board(camera: Camera) -> None:
    """The board of education."""
    for size in ("360", "1280"):
        page = camera.as_role("教育委員会 管理者", "白樺野市", size)
        camera.shoot("board-start", page)
        for name, path in (
            ("support", "support/"),
            ("jobs", "jobs/"),
            ("board-audit", "audit/"),
            ("board-settings", "settings/"),
            ("board-paperwork", "paperwork/"),
            ("board-paperwork-beyond", "paperwork/beyond/"),
        ):
            page.goto(f"{BOARD}{path}")
            camera.shoot(name, page)


def languages(camera: Camera) -> None:
    """The board turns Portuguese on, a guardian reads it, the board turns it off again."""
    boards = [camera.as_role("教育委員会 担当", "白樺野市", size) for size in ("360", "1280")]
    for page in boards:
        page.goto(f"{BOARD}languages/")
        camera.shoot("languages-off", page)
    page.get_by_role("button", name="Portuguêsを家庭に出す").click()
    guardian = camera.as_role("保護者(ひとり)", "白樺野市", "360")
    guardian.locator("header summary").click()
    camera.shoot("family-languages", guardian)
    guardian.get_by_role("button", name="Português").click()
    camera.shoot("family-home-pt", guardian)
    guardian.locator("nav.three a").first.click()
    camera.shoot("report-pt", guardian)
    for page in boards:
        page.goto(f"{BOARD}languages/")
        camera.shoot("languages-on", page)
    page.get_by_role("button", name="Portuguêsを止める").click()
    guardian.goto(FAMILY)
    camera.shoot("family-language-gone", guardian)
