"""Stories of a school: the teacher, the other staff, the morning at 8:41."""

import re

from camera import SIZES, Camera, paper
from playwright.sync_api import Page

from stories.places import BOARD, FAMILY, SCHOOL


def teacher(camera: Camera) -> None:
    """A class: proposals, panel, two teachers at once, confirmed, register; and who sees marks."""
    first = camera.as_role("学級担任", "緑が丘小学校")
    other = camera.as_role("教頭", "緑が丘小学校")
    camera.shoot("today-teacher", first)
    address = class_address(first)
    for size in SIZES:
        page = first if size == "1280" else camera.as_role("学級担任", "緑が丘小学校", size)
        page.goto(address)
        camera.shoot("class-proposals", page, full=size != "360")
        page.locator(".pupil").nth(8).get_by_role("button", name="他").click()
        page.locator(".pupil .panel").wait_for()
        camera.shoot("class-panel", page)
    first.goto(address)
    other.goto(address)
    press(other, 4, "欠席")
    other.get_by_role("button", name="出欠を確定する").click()
    press(first, 4, "遅刻")
    press(first, 6, "遅刻")
    first.get_by_role("button", name="出欠を確定する").click()
    for size in ("360", "1280"):
        first.set_viewport_size(SIZES[size]["viewport"])  # type: ignore[arg-type]
        camera.shoot("class-clash", first)
    first.goto(address)
    camera.shoot("class-confirmed", first, full=True)
    for size in SIZES:
        page = camera.as_role("学級担任", "緑が丘小学校", size)
        page.goto(address)
        page.get_by_role("link", name="出席簿").click()
        camera.shoot("register", page, full=size == "1280")
        if size == "1280":
            paper(camera, "register-print", page)
        page = camera.as_role("教科担任", "緑が丘小学校", size)
        page.goto(f"{SCHOOL}attendance/")
        page.get_by_role("link", name="欠・遅・早を見る").first.click()
        camera.shoot("marks", page)


def class_address(page: Page) -> str:
    """Return the class page of the teacher's own class."""
    page.goto(f"{SCHOOL}attendance/")
    link = page.get_by_role("link", name=re.compile("出欠をとる|見る・直す")).first
    return str(link.get_attribute("href"))


def press(page: Page, row: int, word: str) -> None:
    """Press one of the buttons of a row of the class page."""
    page.locator(".pupil").nth(row).get_by_text(word, exact=True).click()


def school(camera: Camera) -> None:
    """What the rest of the staff sees."""
    for size in ("360", "1280"):
        page = camera.as_role("教頭", "緑が丘小学校", size)
        camera.shoot("today-start", page)
        for name, path in (
            ("homerooms", "attendance/"),
            ("students", "students/"),
            ("students-none", "students/?q=んん"),
            ("staff", "staff/"),
            ("cover", "cover/"),
            ("invitations", "invitations/"),
            ("audit", "audit/"),
            ("visits", "support-visits/"),
            ("day-changes", "day-changes/"),
            ("morning-settings", "attendance/settings/"),
            ("staff-room", "attendance/staff-room/"),
            ("lunch", "attendance/lunch/"),
            ("health", "health/"),
            ("long-absence", "attendance/long-absence/"),
            ("paperwork", "paperwork/"),
            ("paperwork-proposals", "paperwork/proposals/"),
        ):
            page.goto(f"{SCHOOL}{path}")
            camera.shoot(name, page)
        page.goto(f"{SCHOOL}students/")
        page.locator("tbody a").first.click()
        camera.shoot("student", page)
        page = camera.as_role("教頭", "東川端中学校", size)
        page.goto("/m/shirakabano/school/higashikawabata/attendance/")
        page.get_by_role("link", name=re.compile("出欠をとる")).first.click()
        page.get_by_role("link", name=re.compile("時間ごと")).first.click()
        camera.shoot("class-by-period", page)
        page = camera.as_role("校長", "沢ノ瀬小学校", size)
        page.goto("/m/sawanose/school/sawanose/attendance/")
        page.get_by_role("link", name=re.compile("出欠をとる")).first.click()
        camera.shoot("class-two-grades", page)


def principal(camera: Camera) -> None:
    """What waits for the principal, and the phone call of a vice principal."""
    for size in ("360", "1280"):
        page = camera.as_role("校長", "緑が丘小学校", size)
        for name, path in (
            ("decisions", "attendance/decisions/"),
            ("register-steps", "register/"),
            ("statistics", "statistics/"),
        ):
            page.goto(f"{SCHOOL}{path}")
            camera.shoot(name, page)
        page = camera.as_role("教頭", "緑が丘小学校", size)
        page.goto(f"{SCHOOL}attendance/phone/")
        camera.shoot("phone-report", page)
        page = camera.as_role("養護教諭", "緑が丘小学校", size)
        page.goto(f"{SCHOOL}attendance/going-home/")
        camera.shoot("going-home", page)


def morning(camera: Camera) -> None:
    """8:41: most classes are confirmed, a child is missing, a report came after the confirmation."""
    page = camera.as_role("教頭", "緑が丘小学校")
    page.get_by_role("button", name="8:41 へ進む").click()
    nurse = camera.as_role("養護教諭", "緑が丘小学校")
    nurse.goto(f"{SCHOOL}attendance/")
    links = nurse.get_by_role("link", name=re.compile("出欠をとる"))
    waiting = [str(link.get_attribute("href")) for link in links.all()][:-2]
    for number, address in enumerate(waiting):
        nurse.goto(address)
        if number == 3:
            press(nurse, 20, "未着")
        nurse.get_by_role("button", name="出欠を確定する").click()
    guardian = camera.as_role("保護者(きょうだい)", "白樺野市", "360")
    guardian.locator(".child").filter(has_text="緑が丘小学校").get_by_role("link").first.click()
    guardian.get_by_text("けが", exact=True).click()
    guardian.get_by_role("button", name="欠席の連絡を送る").click()
    camera.shoot("report-sent-late", guardian)
    guardian.goto(FAMILY)
    camera.shoot("family-home-late", guardian)
    for size in SIZES:
        page = camera.as_role("教頭", "緑が丘小学校", size)
        camera.shoot("today", page)
        page.goto(f"{SCHOOL}attendance/")
        camera.shoot("homerooms-confirmed", page)
    page.get_by_role("link", name="見る・直す 1年1組").click()
    camera.shoot("class-late-report", page)
    for size in SIZES:
        page = camera.as_role("教育委員会 管理者", "白樺野市", size)
        while "11/13" not in page.locator("main").inner_text():
            page.reload()
        camera.shoot("board-today", page)
        page.goto(f"{BOARD}attendance/")
        camera.shoot("city", page)
        for name in ("infections", "trend", "share"):
            page.goto(f"{BOARD}attendance/{name}/")
            camera.shoot(f"city-{name}", page)
