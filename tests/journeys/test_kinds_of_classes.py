"""Every kind of class on the class page: symptoms, 交流学級, 複式, by period, of one, of forty.

Classes no other journey takes attendance of: 1年2組, 3年2組, ひまわり学級, and of the 中学校 2年2組 and
3年3組, with a class of one made here.
"""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.people import DESK, PHONE
from tests.journeys.test_accessibility import violations

TABLET = {"width": 820, "height": 1180}
HALL = {"width": 1024, "height": 800}
CLASS = """
SELECT h.id FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = %s AND h.name = %s AND h.school_year = 2026
"""
SEATS = """
SELECT e.student_id, e.roll_number, c.family_name || ' ' || c.given_name AS name
FROM roster_enrollment e JOIN roster_student c ON c.id = e.student_id
WHERE e.homeroom_id = %s AND e.ends_on IS NULL ORDER BY e.grade_level, e.roll_number
"""
GUESTS = """
SELECT c.family_name || ' ' || c.given_name AS name, c.id FROM roster_exchangeplacement p
JOIN roster_student c ON c.id = p.student_id WHERE p.homeroom_id = %s AND p.ends_on IS NULL
"""
MARKS = "SELECT * FROM attendance_attendancemark WHERE student_id = %s AND date = %s"
COPY = """
INSERT INTO {table} SELECT (jsonb_populate_record(t, %s::jsonb)).* FROM {table} t WHERE t.id = %s
"""
LONG = ("アレクサンドラ・フェルナンデス・小鳥遊", "マクシミリアーナ")


def path_of(house, school, name, town="shirakabano"):
    homeroom = house.number(CLASS, school, name)
    return homeroom, f"/m/{town}/school/{school}/attendance/class/{homeroom}/{TODAY}/"


def row_of(person, name):
    return person.page.locator(".pupil").filter(has=person.page.get_by_text(name, exact=True))


def too_wide(page):
    return page.evaluate("document.scrollingElement.scrollWidth - innerWidth")


def copied(house, table, row_id, **changes):
    """Write a copy of a row with some other values; return its id."""
    import json

    new = uuid4()
    house.ask(COPY.format(table=table), json.dumps({**changes, "id": str(new)}), row_id)
    return new


def is_clean(person, axe):
    assert violations(person.page, axe) == []


@pytest.fixture
def looks(axe):
    """Return a function that looks at a page at the four widths."""

    def look(person):
        for viewport in (PHONE, TABLET, HALL, DESK):
            person.page.set_viewport_size(viewport)
            assert too_wide(person.page) <= 0, viewport
            is_clean(person, axe)

    return look


def test_symptom_of_a_present_child_is_read_on_the_nurses_board(house, desk, looks):
    homeroom, path = path_of(house, "midorigaoka", "1年2組")
    child, other = house.ask(SEATS, homeroom)[:2]
    deputy = desk().demo("教頭")
    deputy.open(path)
    row = row_of(deputy, child.name)
    more = row.get_by_role("button", name="他", exact=True)
    more.press("Enter")
    row.get_by_label("腹痛").press("Space")
    row.get_by_label("体温").fill("37.8")
    expect(row.locator(".said")).to_have_text("腹痛 37.8℃")
    more.click()
    expect(row.locator(".panel")).to_be_hidden()
    again = row_of(deputy, other.name)
    again.get_by_role("button", name="他", exact=True).click()
    again.get_by_label("体温").fill("とても高い")
    deputy.page.locator("#save").click()
    deputy.sees("保存していません。", "読めないところがあります")
    expect(row_of(deputy, child.name).get_by_label("腹痛")).to_be_checked()
    expect(row_of(deputy, other.name).get_by_label("体温")).to_have_value("とても高い")
    looks(deputy)
    row_of(deputy, other.name).get_by_label("体温").fill("")
    deputy.page.locator("#save").click()
    deputy.sees("1名の健康観察を記録しました。", "腹痛 37.8℃")

    nurse = desk().demo("養護教諭")
    nurse.open("/m/shirakabano/school/midorigaoka/")
    nurse.page.get_by_role("link", name="出欠", exact=True).first.click()
    nurse.page.get_by_role("link", name="保健", exact=True).click()
    nurse.sees(child.name)


def test_child_of_two_classes_has_one_mark_both_see(house, desk, looks):
    visited, there = path_of(house, "midorigaoka", "3年2組")
    _home, own = path_of(house, "midorigaoka", "ひまわり学級")
    guest = house.ask(GUESTS, visited)[0]
    one, two = desk().demo("教頭"), desk().demo("校長")
    one.open(there)
    section = one.page.get_by_role("region", name=re.compile("交流学級で来る人"))
    expect(section).to_contain_text("在籍 ひまわり学級")
    section.locator(".pupil").filter(has_text=guest.name).get_by_label("遅刻").check()
    count = len(house.ask(SEATS, visited))
    one.press(f"{count}名の出欠を確定する")
    one.sees(
        f"{count}名の出欠を確定しました。", "交流学級で来る1名の出欠を、在籍の学級に入れました。"
    )
    looks(one)
    two.open(own)
    two.sees("まだ確定していません", "交流 3年2組")
    expect(row_of(two, guest.name).get_by_label("遅刻")).to_be_checked()
    heads = two.page.locator("section.grade h2").all_inner_texts()
    assert [text.split()[0] for text in heads] == ["1年", "3年", "5年"]
    row_of(two, guest.name).get_by_label("欠席").check()
    two.page.locator("#save").click()
    two.sees("確定しました。")
    [mark] = house.ask(MARKS, guest.id, TODAY)
    assert mark.status == "absent_other"
    one.open(there)
    expect(row_of(one, guest.name).get_by_label("欠席")).to_be_checked()


def test_grades_of_a_class_stand_side_by_side_and_on_a_phone_below_one_another(house, desk, looks):
    _homeroom, path = path_of(house, "sawanose", "4・5年", "sawanose")
    head = desk().demo("校長", "沢ノ瀬小学校")
    head.open(path)
    grades = head.page.locator("section.grade")
    expect(grades).to_have_count(2)
    expect(grades.first.locator("h2")).to_have_text(re.compile("4年 2名"))
    for viewport, is_beside in ((DESK, True), (HALL, True), (PHONE, False)):
        head.page.set_viewport_size(viewport)
        first, second = (grades.nth(n).bounding_box() for n in (0, 1))
        assert (second["y"] == first["y"]) is is_beside
        assert (second["x"] > first["x"]) is is_beside
    looks(head)


def test_period_is_marked_by_keyboard_and_the_derived_day_confirmed(house, desk, looks):
    homeroom, path = path_of(house, "higashikawabata", "2年2組")
    child = house.ask(SEATS, homeroom)[2]
    deputy = desk().demo("教頭", "東川端中学校")
    deputy.open(path)
    deputy.follow("時間ごと")
    key = deputy.page.get_by_role("button", name=re.compile(rf"{child.name} 1 ?時間目"))
    expect(deputy.page.locator("[data-period-form] tbody button").first).to_be_visible()
    deputy.page.locator("[data-period-form] tbody button").first.focus()
    for _step in range(2):
        deputy.page.keyboard.press("ArrowDown")
    deputy.page.keyboard.press("Space")
    expect(key).to_have_text("欠")
    expect(deputy.page.get_by_label("1時間目を確かめた")).to_be_checked()
    deputy.page.get_by_label("2時間目を確かめた").check()
    deputy.press("時間ごとの記録を保存する")
    deputy.sees("1、2時間目を確かめました。1か所を記録しました。")
    looks(deputy)
    deputy.open(path)
    row = row_of(deputy, child.name)
    expect(row).to_contain_text("時間ごと 1欠")
    expect(row.get_by_label("遅刻")).to_be_checked()
    expect(row).to_have_class(re.compile("pencil"))
    assert house.ask(MARKS, child.student_id, TODAY) == []
    deputy.page.locator("#save").click()
    deputy.sees("名の出欠を確定しました。")
    [mark] = house.ask(MARKS, child.student_id, TODAY)
    assert (mark.status, mark.late) == ("present", True)


def test_period_is_marked_without_scripts(house, desk):
    homeroom, path = path_of(house, "higashikawabata", "2年3組")
    child = house.ask(SEATS, homeroom)[0]
    login = house.number(
        "SELECT a.login_name FROM identity_demologin d JOIN identity_account a ON a.id = d.account_id"
        " WHERE d.landing LIKE '%%/higashikawabata/' AND a.login_name LIKE 'vice-principal-%%'"
    )
    assert login
    deputy = desk(java_script_enabled=False).demo("教頭", "東川端中学校")
    deputy.open(f"{path}by-period/")
    deputy.page.locator("select").nth(1).select_option("欠")
    deputy.press("時間ごとの記録を保存する")
    deputy.sees("2時間目を確かめました。1か所を記録しました。")
    assert (
        house.number(
            "SELECT period FROM attendance_periodmark WHERE student_id = %s", child.student_id
        )
        == 2
    )


def test_class_of_one_is_confirmed_in_one_press(house, desk, looks):
    model, path = path_of(house, "higashikawabata", "3年3組")
    enrollment = house.ask(
        "SELECT * FROM roster_enrollment WHERE homeroom_id = %s ORDER BY roll_number LIMIT 1", model
    )[0]
    room = copied(house, "roster_homeroom", model, name="すずらん学級", position=90,
                  kind="special_needs_class")  # fmt: skip
    child = copied(house, "roster_student", enrollment.student_id, reference=f"J{uuid4().hex[:9]}")
    copied(house, "roster_enrollment", enrollment.id, student_id=str(child), roll_number=1,
           homeroom_id=str(room))  # fmt: skip
    deputy = desk().demo("教頭", "東川端中学校")
    deputy.open(path.replace(str(model), str(room)))
    expect(deputy.page.locator(".pupil")).to_have_count(1)
    looks(deputy)
    deputy.press("1名の出欠を確定する")
    deputy.sees("1名の出欠を確定しました。")


def test_forty_long_names_neither_overflow_nor_hide_a_key(house, desk, looks):
    homeroom, path = path_of(house, "higashikawabata", "3年3組")
    seats = house.ask(
        "SELECT * FROM roster_enrollment WHERE homeroom_id = %s AND ends_on IS NULL"
        " ORDER BY roll_number", homeroom,
    )  # fmt: skip
    for number in range(len(seats) + 1, 41):
        child = copied(house, "roster_student", seats[0].student_id,
                       reference=f"K{uuid4().hex[:9]}")  # fmt: skip
        copied(house, "roster_enrollment", seats[0].id, student_id=str(child), roll_number=number)
    house.ask(
        "UPDATE roster_student SET family_name = %s, given_name = %s, preferred_used_in = '{}'"
        " WHERE id IN (SELECT student_id FROM roster_enrollment WHERE homeroom_id = %s)",
        *LONG, homeroom,
    )  # fmt: skip
    deputy = desk().demo("教頭", "東川端中学校")
    for address in (path, f"{path}by-period/"):
        deputy.open(address)
        looks(deputy)
        for viewport in (PHONE, TABLET, DESK):
            deputy.page.set_viewport_size(viewport)
            lines = deputy.page.evaluate(
                "[...document.querySelectorAll('.pupil .name, tbody .who > [id]')].map((node) => {"
                " const range = document.createRange(); range.selectNodeContents(node);"
                " return new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size; })"
            )
            assert len(lines) == 40
            assert max(lines) <= 2, (viewport, lines)
