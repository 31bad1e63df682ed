"""The staff room: a child neither here nor reported until it is found; a call taken in a few taps."""

from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.people import DESK

CASE = "SELECT * FROM morning_arrivalcase WHERE student_id = %s AND date = %s"
CALLS = """
SELECT e.outcome, e.guardian_id FROM morning_callentry e
JOIN morning_arrivalcase c ON c.id = e.case_id WHERE c.student_id = %s ORDER BY e.called_at
"""
CHANGE = """
SELECT old ->> 'code' AS old, new ->> 'code' AS new, changed_by_id
FROM attendance_markchange WHERE student_id = %s AND date = %s ORDER BY changed_at, id
"""
MARK = "SELECT status, late FROM attendance_attendancemark WHERE student_id = %s AND date = %s"


def mark_missing(person, family):
    """Confirm the class with the child 未着 (or change it, where the class is confirmed)."""
    person.open(family.class_path)
    row = person.page.locator(".pupil").filter(has_text=family.name)
    row.get_by_text("未着", exact=True).click()
    person.page.locator("button[name=save], .confirmbar button[type=submit]").first.click()
    person.page.wait_for_load_state()


def open_case(person, family):
    person.open(f"{family.school_path}attendance/staff-room/")
    row = person.page.locator("article.case").filter(has_text=family.name)
    expect(row).to_contain_text(family.guardian_name)
    row.get_by_role("link", name="電話の結果を書く").click()
    expect(person.page.locator("h1")).to_contain_text(family.name)


def test_child_neither_here_nor_reported_until_found(house, families, desk):
    family = families.take("3年1組")
    mark_missing(desk().demo("教頭"), family)

    clerk = desk().demo("事務職員")
    open_case(clerk, family)
    clerk.page.get_by_text("出ない", exact=True).click()
    clerk.press("電話の記録を残す")
    clerk.sees("電話の記録を残しました。", "あなたが対応しています")
    assert [tuple(row) for row in house.ask(CALLS, family.student)] == [
        ("no_answer", family.guardian)
    ]

    principal = desk().demo("校長")
    principal.open(family.school_path)
    principal.sees("未着")
    open_case(principal, family)
    principal.page.get_by_role("button", name="から引きつぐ").click()
    principal.sees("引き受けました。")
    principal.page.get_by_text("校内にいた(出席)").click()
    principal.page.get_by_label("だれから、どのようにわかったか").fill("保健室で休んでいた")
    principal.press("結果をつけて終える")
    principal.sees("結果をつけました。出欠にも入っています。", "保健室で休んでいた")

    [case] = house.ask(CASE, family.student, TODAY)
    assert (case.end, case.how) == ("found", "保健室で休んでいた")
    assert case.ended_by_id == case.taken_by_id
    assert house.ask(MARK, family.student, TODAY) == []
    *_earlier, change = house.ask(CHANGE, family.student, TODAY)
    assert (change.old, change.new) == ("not_arrived", "present")
    assert change.changed_by_id == case.ended_by_id

    clerk.page.get_by_text("欠席とわかった(そのほか)").click()
    clerk.page.get_by_label("だれから、どのようにわかったか").fill("父から")
    clerk.press("結果をつけて終える")
    clerk.sees("いまは未着ではありません。何も保存していません。")
    assert house.ask(MARK, family.student, TODAY) == []


def test_call_is_taken_with_a_kana_a_name_a_reason_and_one_button(house, families, desk):
    family = families.take("4年1組")
    kana = house.number("SELECT family_kana FROM roster_student WHERE id = %s", family.student)
    clerk = desk().demo("事務職員")
    clerk.open(f"{family.school_path}attendance/phone/")
    expect(clerk.page.get_by_label("名前のはじめ(かな)")).to_be_focused()
    clerk.forget_touches()
    clerk.page.keyboard.insert_text(kana)
    clerk.page.keyboard.press("Enter")
    heading = clerk.page.locator("h1")
    found = clerk.page.get_by_role("link").filter(has_text=family.name).first
    expect(found.or_(heading.filter(has_text=family.name)).first).to_be_visible()
    if found.count():
        found.click()
    expect(heading).to_contain_text(family.name)
    clerk.page.get_by_text("発熱", exact=True).click()
    clerk.press("この連絡を入れる")
    clerk.sees(f"{family.name}さんの欠席を入れました")
    taps, keys = clerk.touches()
    assert taps <= 3
    assert keys == 1
    [report] = house.ask(
        "SELECT * FROM attendance_absencereport WHERE student_id = %s", family.student
    )
    assert (report.kind, report.reason, report.status) == ("absent", "fever", "submitted")
    assert report.guardian_id is None
    name = house.number(
        "SELECT family_name || ' ' || given_name FROM roster_staffmember WHERE id = %s",
        report.staff_member_id,
    )
    teacher = desk().demo("教頭")
    teacher.open(family.class_path)
    row = teacher.page.locator(".pupil").filter(has_text=family.name)
    expect(row.locator(".why")).to_contain_text("発熱")
    expect(row).to_contain_text(name)


def test_without_script_a_call_is_written_and_a_case_is_ended(house, families, desk, people):
    family = families.take("3年1組")
    mark_missing(desk().demo("教頭"), family)
    clerk = people(DESK, java_script_enabled=False).demo("事務職員")
    open_case(clerk, family)
    clerk.page.get_by_label("話せた・事情がわかった").check()
    clerk.page.get_by_label("わかったこと").fill("寝坊。いま出た")
    clerk.press("電話の記録を残す")
    clerk.sees("寝坊。いま出た")
    clerk.page.get_by_label("遅れて登校した(遅刻)").check()
    clerk.press("結果をつけて終える")
    clerk.sees("結果をつけました。")
    [mark] = house.ask(MARK, family.student, TODAY)
    assert (mark.status, mark.late) == ("present", True)
