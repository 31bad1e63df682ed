"""Stories of the board of education."""

from camera import Camera

from stories.places import BOARD, FAMILY, SCHOOL


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
            ("board-statistics", "statistics/"),
            ("board-paperwork", "paperwork/"),
            ("board-paperwork-beyond", "paperwork/beyond/"),
        ):
            page.goto(f"{BOARD}{path}")
            camera.shoot(name, page)


def checklist(camera: Camera) -> None:
    """校務DX: the self-check of the city, its plan, practices and papers; and a school's part."""
    for size in ("360", "1280"):
        page = camera.as_role("教育委員会 管理者", "白樺野市", size)
        for name, path in (
            ("checklist-city", "checklist/"),
            ("checklist-plan-table", "checklist/plan/"),
            ("checklist-item", "checklist/items/paperless_meetings/"),
            ("checklist-rounds", "checklist/rounds/"),
            ("checklist-behind", "checklist/behind/"),
            ("checklist-progress", "checklist/progress/"),
            ("practices-board", "practices/"),
            ("dx-plans", "dx-plan/"),
        ):
            page.goto(f"{BOARD}{path}")
            camera.shoot(name, page)
        page.locator("main .linklist a").first.click()
        camera.shoot("dx-plan", page)
        page = camera.as_role("校長", "緑が丘小学校", size)
        for name, path in (
            ("checklist-school", "checklist/standing/"),
            ("checklist-answers", "checklist/"),
            ("practices-school", "practices/"),
            ("paperwork-school", "paperwork/"),
        ):
            page.goto(f"{SCHOOL}{path}")
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
