"""The board's morning: who has not confirmed, infections, the weeks, a school; what others see.

In a house of its own: which classes are confirmed and who is ill is written before anybody looks,
and the command that keeps the counts right makes them.
"""

import io
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.house import ROOT, House
from tests.journeys.test_accessibility import violations

BOARD = "/m/shirakabano/board/attendance/"
CONFIRM = """
INSERT INTO attendance_classday (id, municipality_id, homeroom_id, date, confirmed_at, confirmed_by_id)
SELECT gen_random_uuid(), h.municipality_id, h.id, '2026-11-20', '2026-11-20 8:31+09',
       (SELECT id FROM roster_staffmember WHERE municipality_id = h.municipality_id LIMIT 1)
FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
WHERE h.school_year = 2026 AND s.slug IN ('midorigaoka', 'higashikawabata')
  AND NOT (s.slug = 'higashikawabata' AND h.position = (
        SELECT max(position) FROM roster_homeroom o WHERE o.school_id = s.id AND school_year = 2026))
"""
SEATS = """
WITH seats AS (
  SELECT e.municipality_id, e.student_id, e.homeroom_id, e.school_id,
         row_number() OVER (ORDER BY h.position, e.roll_number) AS place,
         (SELECT id FROM roster_staffmember WHERE municipality_id = e.municipality_id LIMIT 1) AS staff
  FROM roster_enrollment e JOIN roster_homeroom h ON h.id = e.homeroom_id
  JOIN roster_school s ON s.id = e.school_id
  WHERE s.slug = %s AND e.ends_on IS NULL)
"""
MARK = f"""{SEATS}
INSERT INTO attendance_attendancemark (id, municipality_id, student_id, date, homeroom_id, status,
       cause, late, left_early, reason, note, source, decided_by_id, decided_at)
SELECT gen_random_uuid(), municipality_id, student_id, '2026-11-20', homeroom_id, %s, %s, false,
       false, %s, '', 'teacher', staff, '2026-11-20 8:31+09'
FROM seats WHERE place BETWEEN %s AND %s
"""
PERIOD = f"""{SEATS}
INSERT INTO attendance_excusedperiod (id, municipality_id, student_id, school_id, kind, disease,
       relation, facility, note, first_day, last_day, status, version, proposed_by_id, proposed_at,
       decided_by_id, decided_at, answer)
SELECT gen_random_uuid(), municipality_id, student_id, school_id, 'suspension', %s, '', '', '',
       '2026-11-20', '2026-11-20', 'decided', 2, staff, now(), staff, now(), ''
FROM seats WHERE place BETWEEN %s AND %s
"""


def suspend(house, school, disease, first, last):
    house.ask(PERIOD, school, disease, first, last)
    house.ask(MARK, school, "attendance_suspension", "S1", "infection", first, last)


def projections(house, *more):
    """Run the command that compares the counts with the rows; return exit code and words."""
    done = subprocess.run(
        [sys.executable, "-m", "manabiya", "projections", "verify", *more],
        cwd=ROOT, env=house.environ, capture_output=True, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a product with a morning of influenza that was written past its workers."""
    house = House(tmp_path_factory.mktemp("city") / "市の朝").start()
    house.ask("DELETE FROM attendance_absencereport WHERE date = '2026-11-20'")
    house.ask(CONFIRM)
    suspend(house, "midorigaoka", "influenza", 1, 7)
    suspend(house, "midorigaoka", "covid19", 8, 9)
    house.ask(MARK, "midorigaoka", "absent_sick", "", "fever", 11, 20)
    house.ask(MARK, "midorigaoka", "absent_other", "", "consultation", 21, 22)
    suspend(house, "higashikawabata", "influenza", 1, 12)
    suspend(house, "higashikawabata", "covid19", 13, 18)
    house.ask(MARK, "higashikawabata", "absent_sick", "", "cold", 21, 28)
    code, said = projections(house, "--municipality", "shirakabano")
    assert code == 1
    assert "midorigaoka suspended_by:covid19: 0 → 2" in said
    assert projections(house, "--municipality", "shirakabano", "--mend")[0] == 0
    yield house
    house.stop()


def cells(person, school):
    """Return the numbers of a school's row."""
    row = person.page.locator("#schools").locator("xpath=../..").get_by_role("row")
    return row.filter(has_text=school).get_by_role("cell").all_inner_texts()


def test_the_counts_are_right(house):
    code, said = projections(house)
    assert code == 0, said
    assert "sawanose 出欠の数: ちがいなし" in said.splitlines()
    assert "shirakabano 出欠の数: ちがいなし" in said.splitlines()


def test_morning_of_the_officer(house, desk, axe):
    officer = desk().demo("教育委員会 担当", "白樺野市")
    officer.sees("まだ確定していない学校", "東川端中学校")
    officer.follow("学校ごとに見る")
    waiting = officer.page.locator("section", has=officer.page.locator("#open-schools"))
    expect(waiting).to_contain_text("東川端中学校")
    expect(waiting).to_contain_text("8/9")
    expect(waiting).not_to_contain_text("緑が丘小学校")
    assert cells(officer, "緑が丘小学校")[1:6] == ["13/13", "372", "351", "12", "9"]
    assert violations(officer.page, axe) == []

    officer.follow("感染症")
    officer.reads("感染症 11月20日(金)")
    officer.sees("インフルエンザ", "新型コロナウイルス感染症")
    officer.follow("新型コロナウイルス感染症")
    tile = officer.page.locator("a.tile", has_text="緑が丘小学校")
    expect(tile).to_contain_text("2")
    assert violations(officer.page, axe) == []

    officer.follow("動き")
    officer.sees("昨年度と比べることはまだできません", "登校しぶり・相談したい", "市の計")
    expect(officer.page.locator(".plot svg").first).to_be_visible()

    officer.follow("今日の数")
    officer.follow("緑が丘小学校")
    officer.reads("緑が丘小学校")
    officer.sees("うち感染症 9", "新しく病気")
    expect(officer.page.locator("main")).not_to_contain_text("登校しぶり")
    assert officer.troubles == []


def test_what_leaves_the_office_hides_small_numbers(house, desk):
    officer = desk().demo("教育委員会 担当", "白樺野市")
    officer.open(f"{BOARD}share/")
    with officer.page.expect_download() as waiting:
        officer.page.get_by_role("link", name="Excel").click()
    book = CalamineWorkbook.from_filelike(io.BytesIO(waiting.value.path().read_bytes()))
    rows = {row[0]: row for row in book.get_sheet_by_name("感染症による出席停止").to_python()}
    assert rows["学校"][1:] == ["インフルエンザ", "新型コロナウイルス感染症"]
    assert rows["緑が丘小学校"][2] == "＊"
    assert rows["東川端中学校"][2] == "＊"
    assert rows["市の計"][1:] == [19, 8]
    schools = {row[0]: row for row in book.get_sheet_by_name("学校ごと").to_python()}
    assert schools["緑が丘小学校"][6] == "＊"
    reasons = {row[0]: row for row in book.get_sheet_by_name("休んだ理由").to_python()}
    assert reasons["登校しぶり・相談したい"][-1] != 2
    assert [name for name in book.sheet_names if "学校" in name] == ["学校ごと"]


def test_administrator_sees_no_small_numbers(house, desk, axe):
    administrator = desk().demo("教育委員会 管理者", "白樺野市")
    administrator.open(BOARD)
    seen = cells(administrator, "緑が丘小学校")
    assert seen[1:3] == ["13/13", "372"]
    assert seen[5] == "＊"
    administrator.sees("少ない人数は伏せています")
    expect(administrator.page.locator("a", has_text="緑が丘小学校")).to_have_count(0)
    administrator.follow("感染症")
    expect(administrator.page.locator(".tile", has_text="緑が丘小学校")).to_contain_text("＊")
    assert violations(administrator.page, axe) == []
