"""A school of five children, where one person is principal, nurse, office and staff room at once."""

import pytest
from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.house import House
from tests.journeys.test_accessibility import violations

BASE = "/m/sawanose/school/sawanose/"
CHILDREN = """
SELECT c.id, c.family_name || ' ' || c.given_name AS name, c.family_kana, h.name AS homeroom,
       h.id AS room, c.family_name
FROM roster_enrollment e JOIN roster_student c ON c.id = e.student_id
JOIN roster_homeroom h ON h.id = e.homeroom_id JOIN roster_school s ON s.id = e.school_id
WHERE s.slug = 'sawanose' AND e.ends_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM attendance_absencereport r WHERE r.student_id = c.id AND r.date = %s)
ORDER BY h.position, e.grade_level, e.roll_number
"""
MARK = "SELECT status, late FROM attendance_attendancemark WHERE student_id = %s AND date = %s"
CONFIRMED = "SELECT count(*) FROM attendance_classday WHERE date = %s AND confirmed_at IS NOT NULL"


@pytest.fixture
def own_house(tmp_path):
    """Return a product of which only this test uses the morning."""
    house = House(tmp_path / "小さな学校").start()
    yield house
    house.stop()


def test_one_person_wears_every_hat_of_the_morning(own_house, people, axe):
    from tests.journeys.people import DESK

    town = "SELECT count(*) FROM roster_enrollment e JOIN roster_school s ON s.id = e.school_id "
    assert own_house.number(f"{town}WHERE s.slug = 'sawanose' AND e.ends_on IS NULL") == 5
    reported, coughing, *_others, missing = own_house.ask(CHILDREN, TODAY)
    before = own_house.number(CONFIRMED, TODAY)
    head = people(DESK, at=own_house).demo("校長", "沢ノ瀬小学校")

    # the telephone
    head.open(f"{BASE}attendance/phone/")
    head.page.get_by_label("名前のはじめ(かな)").fill(reported.family_kana)
    head.page.keyboard.press("Enter")
    found = head.page.get_by_role("link").filter(has_text=reported.name)
    heading = head.page.locator("h1").filter(has_text=reported.name)
    expect(found.or_(heading).first).to_be_visible()
    if found.count():
        found.first.click()
    head.page.get_by_text("発熱", exact=True).click()
    head.press("この連絡を入れる")
    head.sees(f"{reported.name}さんの欠席を入れました")

    # both classes, with a symptom and a child nobody has seen
    for room, name in dict.fromkeys((c.room, c.homeroom) for c in (reported, coughing, missing)):
        head.open(f"{BASE}attendance/class/{room}/{TODAY}/")
        head.sees(name)
        if room == missing.room:
            row = head.page.locator(".pupil").filter(has_text=missing.name)
            row.get_by_text("未着", exact=True).click()
        if room == coughing.room:
            row = head.page.locator(".pupil").filter(has_text=coughing.name)
            row.get_by_role("button", name="他").click()
            row.get_by_text("咳", exact=True).click()
        head.page.locator("#save").click()
        head.sees("名の出欠を確定しました。")
        assert violations(head.page, axe) == []
    assert own_house.number(CONFIRMED, TODAY) == before + 2
    assert [tuple(m) for m in own_house.ask(MARK, reported.id, TODAY)] == [("absent_sick", False)]

    # the staff room
    head.open(f"{BASE}attendance/staff-room/")
    case = head.page.locator("article.case").filter(has_text=missing.name)
    case.get_by_role("link", name="電話の結果を書く").click()
    head.page.get_by_text("遅れて登校した(遅刻)").click()
    head.press("結果をつけて終える")
    head.sees("結果をつけました。")
    assert [tuple(m) for m in own_house.ask(MARK, missing.id, TODAY)] == [("present", True)]

    # the nurse's board, the kitchen, the paper for a failure
    head.open(f"{BASE}health/")
    head.sees(coughing.name, "咳")
    head.open(f"{BASE}attendance/lunch/")
    head.sees(reported.homeroom, missing.homeroom)
    head.open(f"{BASE}attendance/backup/")
    head.reads("朝の控え")
    head.open(BASE)
    head.sees("確定 2/2学級")
