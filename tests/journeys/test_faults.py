"""The disk is full, or the login ended while somebody typed: told at once, nothing half written.

Which test shows each fault of a morning:

- past day, holiday: apps/attendance/tests test_class_days, test_submissions, test_april
- another's child: test_reports, test_pages; tests/matrix
- double tap, two tabs, back button: journeys test_double_tap, test_two_teachers
- account switched on one phone: journeys test_offline_report, and here
- worker down: journeys test_launcher, kernel/jobs test_killed_worker
- database gone for a minute: journeys test_database_outage
- disk full, login ended while typing: here
- 3/31 → 4/1: apps/attendance/tests test_april
"""

from contextlib import contextmanager

from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.papers import join, paper_for

SCHOOL, PLACE = "higashikawabata", "東川端中学校"
HOME = "/m/shirakabano/family/"
NOTE = "夜から熱があります。病院に行きます。"
AGAIN = "もう一度送る"
FULL = """
CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER disk_is_full BEFORE INSERT ON {table} FOR EACH ROW
WHEN (NEW.{column} = '{value}') EXECUTE FUNCTION disk_is_full();
"""
ROOM_AGAIN = "DROP TRIGGER disk_is_full ON {table}"
REPORTS = "SELECT note FROM attendance_absencereport WHERE student_id = %s"
WRITTEN = """
SELECT (SELECT count(*) FROM attendance_classday WHERE homeroom_id = %s AND date = %s) AS days,
       (SELECT count(*) FROM attendance_attendancemark WHERE homeroom_id = %s AND date = %s) AS marks
"""
LATE = """
SELECT late FROM attendance_attendancemark m JOIN roster_enrollment e ON e.student_id = m.student_id
WHERE m.homeroom_id = %s AND m.date = %s AND e.roll_number = %s AND e.ends_on IS NULL
"""


@contextmanager
def full_disk(house, table, column, value):
    """Let inserts about one child or class fail as on a full disk."""
    house.ask(FULL.format(table=table, column=column, value=value))
    try:
        yield
    finally:
        house.ask(ROOM_AGAIN.format(table=table))


def write(guardian, family):
    """Fill in the report of today up to the button."""
    guardian.open(f"{HOME}report/{family.student}/?kind=absent")
    guardian.page.get_by_text("発熱", exact=True).click()
    guardian.page.get_by_text("学校に伝えたいこと").first.click()
    guardian.page.get_by_label("学校に伝えたいこと").fill(NOTE)


def written(house, family):
    return tuple(house.ask(WRITTEN, family.homeroom, TODAY, family.homeroom, TODAY)[0])


def mark_late(teacher, family, number):
    teacher.open(family.class_path)
    teacher.page.locator(".pupil").nth(number - 1).get_by_text("遅刻", exact=True).click()
    return teacher.page.locator(".pupil").count()


def test_full_disk_is_told_and_what_was_written_is_sent_again(house, families, desk, phone):
    family = families.take("1年3組", SCHOOL)
    clerk = desk().demo("事務職員", PLACE)
    guardian = phone()
    join(guardian, family, paper_for(clerk, family))
    write(guardian, family)
    with full_disk(house, "attendance_absencereport", "student_id", family.student):
        guardian.press("欠席の連絡を送る")
        guardian.reads("いま保存できません")
        guardian.sees(
            "保存していません。まだ届いていません。", "急ぐときは学校に電話してください。", NOTE
        )
        assert house.ask(REPORTS, family.student) == []
    guardian.press(AGAIN)
    guardian.sees("届きました")
    assert [row.note for row in house.ask(REPORTS, family.student)] == [NOTE]

    teacher = desk().demo("教頭", PLACE)
    before = written(house, family)
    count = mark_late(teacher, family, 9)
    with full_disk(house, "attendance_attendancemark", "homeroom_id", family.homeroom):
        teacher.press(f"{count}名の出欠を確定する")
        teacher.reads("いま保存できません")
        assert written(house, family) == before
    teacher.press(AGAIN)
    teacher.sees(f"{count}名の出欠を確定しました。")
    assert [row.late for row in house.ask(LATE, family.homeroom, TODAY, 9)] == [True]


def test_login_that_ended_while_typing_loses_nothing(house, families, desk, phone):
    family = families.take("3年2組", SCHOOL)
    teacher = desk().demo("教頭", PLACE)
    count = mark_late(teacher, family, 11)
    teacher.context.clear_cookies(name="manabiya")
    teacher.press(f"{count}名の出欠を確定する")
    teacher.reads("ログインが切れました")
    teacher.sees("保存していません。")
    with teacher.context.expect_page() as opened:
        teacher.follow("新しい画面でログインする")
    other = opened.value
    other.get_by_role("button").filter(has_text="教頭").filter(has_text=PLACE).click()
    other.wait_for_url("**/m/**")
    other.close()
    teacher.press(AGAIN)
    again = teacher.page.get_by_role("button", name=AGAIN)
    done = teacher.page.get_by_text(f"{count}名の出欠を確定しました。")
    expect(again.or_(done).first).to_be_visible()
    if again.count():  # the token of the form was of the login that ended
        again.click()
    teacher.sees(f"{count}名の出欠を確定しました。")
    assert [row.late for row in house.ask(LATE, family.homeroom, TODAY, 11)] == [True]


def test_form_of_one_account_is_not_stored_for_another_in_the_same_browser(
    house, families, desk, phone
):
    mine, theirs = families.take("1年3組", SCHOOL), families.take("3年2組", SCHOOL)
    clerk = desk().demo("事務職員", PLACE)
    guardian = phone(service_workers="block")
    join(guardian, mine, paper_for(clerk, mine))
    write(guardian, mine)
    tab = guardian.page
    guardian.page = guardian.new_tab()
    guardian.context.clear_cookies()
    join(guardian, theirs, paper_for(clerk, theirs))
    guardian.page = tab
    guardian.press("欠席の連絡を送る")
    guardian.page.wait_for_load_state()
    expect(guardian.page.locator("body")).not_to_contain_text("届きました")
    assert house.ask(REPORTS, mine.student) == []
    assert house.ask(REPORTS, theirs.student) == []
