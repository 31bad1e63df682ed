"""A snow morning: four taps of a principal, and guardian, call list and class page follow.

In 東川端中学校 and in 沢ノ瀬町 of a house of its own, where nobody confirmed a class before; what was
decided is withdrawn at the end of each, and the clock set back.
"""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.journeys.families import TODAY, Families
from tests.journeys.house import House
from tests.journeys.papers import join, paper_for
from tests.journeys.test_accessibility import violations

SCHOOL, PLACE = "higashikawabata", "東川端中学校"
BASE = f"/m/shirakabano/school/{SCHOOL}/"
TOWN = "/m/sawanose/school/sawanose/"
HOME = "/m/shirakabano/family/"
LATER = "きょうは2時間おくれて始まります(10:25)。"
OFFSET = "SELECT clock_offset_seconds FROM tenancy_municipality WHERE slug = 'shirakabano'"
SET_OFFSET = "UPDATE tenancy_municipality SET clock_offset_seconds = %s WHERE slug = 'shirakabano'"
OFFSET_AT = f"SELECT extract(epoch FROM timestamptz '{TODAY} 9:00+09' - now())::bigint"
REPORT = """
SELECT is_after_cutoff, status FROM attendance_absencereport WHERE student_id = %s AND date = %s
"""
WITHDRAW = """
UPDATE roster_daychange SET withdrawn_from = starts_on, withdrawn_by_id = set_by_id,
       withdrawn_at = now()
WHERE withdrawn_at IS NULL AND kind <> 'early_end'
"""
ROOM = """
SELECT h.id FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = 'sawanose' AND h.name = '1・2年'
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a product of which only these tests use the morning."""
    house = House(tmp_path_factory.mktemp("snow") / "雪の朝").start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def families(house):
    """Return children of that house with their guardians."""
    return Families(house)


@pytest.fixture(autouse=True)
def _ordinary_days_afterwards(house):
    """Withdraw whatever was decided about the days of the house."""
    yield
    house.ask(WITHDRAW)


@contextmanager
def at_nine(house):
    """Set the city's clock to 9:00 for a while."""
    before = house.number(OFFSET)
    house.ask(SET_OFFSET, house.number(OFFSET_AT))
    try:
        yield
    finally:
        house.ask(SET_OFFSET, before)


def is_clean(person, axe):
    """Expect that axe-core finds nothing and that nothing scrolls sideways."""
    person.page.wait_for_load_state()
    wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert (wide, violations(person.page, axe)) == (0, []), person.path


def test_two_hours_later_in_four_taps_and_everything_follows(house, families, desk, phone, axe):
    family = families.take("3年3組", SCHOOL)
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員", PLACE), family))

    principal = phone().demo("校長", PLACE)
    principal.open(BASE)
    principal.forget_touches()
    principal.page.locator("main").get_by_role("link", name="今日の変更").first.click()
    principal.reads("今日の変更 11月20日(金)")
    is_clean(principal, axe)
    principal.follow("始業を2時間おくらせる")
    is_clean(principal, axe)
    principal.follow("学校全体")
    principal.sees(
        "学校全体は10:25はじまり。欠席連絡の締切は10:15、出欠の目安は10:40、給食の数は11:00になります。"
    )
    is_clean(principal, axe)
    principal.press("学校全体の始業をおくらせる")
    principal.sees("11月20日(金) 学校全体 始業 2時間繰下げに決めました。")
    assert principal.touches() == (4, 0)

    guardian.open(HOME)
    guardian.sees(LATER, "連絡は 10:15 まで変えられます")
    is_clean(guardian, axe)
    deputy = desk().demo("教頭", PLACE)
    with at_nine(house):
        guardian.open(HOME)
        guardian.page.get_by_role("link", name="欠席").click()
        guardian.sees(LATER, "今日の分の締切は 10:15 です。")
        is_clean(guardian, axe)
        guardian.page.get_by_text("発熱", exact=True).click()
        guardian.press("欠席の連絡を送る")
        guardian.reads("届きました")
        expect(guardian.page.locator("body")).not_to_contain_text("締切後")
        deputy.open(f"{BASE}attendance/staff-room/")
        deputy.sees("確定の目安 10:40", "10:40まで待ちます")
        expect(deputy.page.locator("body")).not_to_contain_text("目安を過ぎました")
    assert [tuple(row) for row in house.ask(REPORT, family.student, TODAY)] == [
        (False, "submitted")
    ]

    principal.open(f"{BASE}day-changes/")
    principal.page.get_by_role("link", name="取り消す").first.click()
    principal.sees("もとの時刻と授業日にもどります。")
    is_clean(principal, axe)
    principal.press("この変更を取り消す")
    principal.sees("変更を取り消しました。記録は残っています。", "これまでの変更")
    guardian.open(HOME)
    expect(guardian.page.locator("body")).not_to_contain_text("おくれて始まります")


def test_class_page_of_a_closed_school_asks_nothing_and_comes_back(house, phone, axe):
    principal = phone().demo("校長", "沢ノ瀬小学校")
    class_page = f"{TOWN}attendance/class/{house.number(ROOM)}/{TODAY}/"
    principal.open(class_page)
    asked = principal.page.locator("form[data-class-form]")
    expect(asked).to_have_count(1)

    principal.open(f"{TOWN}day-changes/")
    principal.follow("休校・学年閉鎖・学級閉鎖")
    principal.follow("学校全体")
    principal.sees("授業日数に入りません。", "出欠は聞きません。")
    principal.press("学校全体を休みにする")
    again = principal.page.get_by_role("button", name="それでも決める")
    done = principal.page.get_by_text("学校全体 休校に決めました。")
    expect(again.or_(done).first).to_be_visible()
    if again.count():
        principal.press("それでも決める")
    principal.sees("学校全体 休校に決めました。")

    principal.open(class_page)
    principal.sees("休校(非常変災)", "出欠は聞きません。")
    expect(asked).to_have_count(0)
    is_clean(principal, axe)
    guardian = phone().demo("保護者", "沢ノ瀬町")
    guardian.open("/m/sawanose/family/")
    guardian.sees("きょうは休校です。", "連絡はいりません。")
    is_clean(guardian, axe)

    principal.open(f"{TOWN}day-changes/")
    principal.page.get_by_role("link", name="取り消す").first.click()
    principal.press("この変更を取り消す")
    principal.open(class_page)
    expect(asked).to_have_count(1)
