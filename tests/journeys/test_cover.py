"""The class teacher is away: the vice principal names the cover in one press, it ends as quickly."""

from playwright.sync_api import expect

from tests.journeys.families import TODAY

SCHOOL = "higashikawabata"
PLACE = "東川端中学校"
ROOM = """
SELECT h.id FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = %s AND h.name = %s AND h.school_year = 2026
"""
CONFIRMED = """
SELECT m.family_name || ' ' || m.given_name AS by FROM attendance_classday d
JOIN roster_staffmember m ON m.id = d.confirmed_by_id WHERE d.homeroom_id = %s AND d.date = %s
"""


def class_path(house, name):
    room = house.number(ROOM, SCHOOL, name)
    return room, f"/m/shirakabano/school/{SCHOOL}/attendance/class/{room}/{TODAY}/"


def test_cover_is_named_in_one_press_confirms_that_class_only_and_ends(house, desk):
    room, covered = class_path(house, "2年3組")
    _other, elsewhere = class_path(house, "3年1組")
    deputy = desk().demo("教頭", PLACE)
    stand_in = desk().demo("副担任", PLACE)
    name = stand_in.page.locator("header").first.inner_text()
    assert stand_in.open(covered).status in (403, 404)

    deputy.open(f"/m/shirakabano/school/{SCHOOL}/attendance/staff-room/")
    row = deputy.page.get_by_role("row").filter(has_text="2年3組")
    row.get_by_role("link", name="代理を決める").click()
    deputy.reads("今日の代理 11月20日(金)")
    deputy.forget_touches()
    line = deputy.page.get_by_role("row").filter(has_text="2年3組")
    offered = line.get_by_role("button", name="2年3組の代理にする")
    chosen = next(
        button for button in offered.all() if button.inner_text().split("\n")[0].strip() in name
    )
    person = chosen.inner_text().split("\n")[0].strip()
    chosen.click()
    deputy.sees("2年3組の今日の代理を")
    assert deputy.touches() == (1, 0)
    expect(line.get_by_role("button", name="やめる")).to_be_visible()

    stand_in.open(f"/m/shirakabano/school/{SCHOOL}/")
    stand_in.sees("2年3組")
    assert stand_in.open(covered).status == 200
    count = stand_in.page.locator(".pupil").count()
    stand_in.press(f"{count}名の出欠を確定する")
    stand_in.sees(f"{count}名の出欠を確定しました。")
    assert [row.by for row in house.ask(CONFIRMED, room, TODAY)] == [person]
    assert stand_in.open(elsewhere).status in (403, 404)
    child = house.number("SELECT student_id FROM roster_enrollment WHERE homeroom_id = %s "
                         "ORDER BY roll_number LIMIT 1", room)  # fmt: skip
    contacts = f"/m/shirakabano/school/{SCHOOL}/students/{child}/contacts/"
    assert stand_in.open(contacts).status in (403, 404)

    line.get_by_role("button", name="やめる").click()
    deputy.sees("代理をやめました。")
    assert stand_in.open(covered).status in (403, 404)
