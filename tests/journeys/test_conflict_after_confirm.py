"""A report after the class was confirmed changes nothing by itself: the school is told and decides.

In a house of its own, whose school clock is moved past the cut-off.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.families import TODAY, Families
from tests.journeys.house import House
from tests.journeys.papers import join, paper_for
from tests.journeys.people import DESK, PHONE

ROOM = "1年1組"
REPORT = "SELECT status, is_after_cutoff FROM attendance_absencereport WHERE student_id = %s"
MARK = "SELECT status, late, left_early, left_time, reason FROM attendance_attendancemark WHERE student_id = %s AND date = %s"
CHANGES = """
SELECT old ->> 'code' AS old, new ->> 'code' AS new, changed_by_id FROM attendance_markchange
WHERE student_id = %s ORDER BY changed_at, id
"""


@pytest.fixture(scope="module")
def late_house(tmp_path_factory):
    """Return a product of its own, 1年1組 not confirmed yet."""
    house = House(tmp_path_factory.mktemp("conflict") / "house").start()
    yield house
    house.stop()


@pytest.fixture
def bring(late_house, people):
    """Return a function that brings somebody to that house."""
    return lambda viewport=DESK, **options: people(viewport, at=late_house, **options)


def confirm(teacher, family):
    teacher.open(family.class_path)
    count = teacher.page.locator(".pupil").count()
    teacher.press(f"{count}名の出欠を確定する")
    teacher.sees(f"{count}名の出欠を確定しました。")


def send(guardian, word="欠席", reason="発熱"):
    guardian.open("/m/shirakabano/family/")
    guardian.follow(word)
    guardian.page.get_by_text(reason, exact=True).click()
    guardian.press(f"{word}の連絡を送る")


def joined(bring, family):
    guardian = bring(PHONE)
    join(guardian, family, paper_for(bring().demo("事務職員"), family))
    return guardian


def row_of(person, family):
    return person.page.locator(".pupil").filter(has_text=family.name)


def test_late_report_waits_for_the_teacher_and_the_family_reads_how_it_ended(late_house, bring):
    families = Families(late_house)
    taken, refused = families.take(ROOM), families.take(ROOM)
    guardians = [joined(bring, taken), joined(bring, refused)]
    head = bring().demo("教頭")
    head.press("8:41 へ進む")
    teacher = bring().demo("学級担任")
    confirm(teacher, taken)

    for guardian, family in zip(guardians, (taken, refused), strict=True):
        send(guardian)
        guardian.reads("届きました")
        guardian.sees(
            "締切後", "学校はもう出欠を確定していました。学校がこの連絡を見て確かめます。"
        )
        [report] = late_house.ask(REPORT, family.student)
        assert (report.status, report.is_after_cutoff) == ("conflict", True)
        assert late_house.ask(MARK, family.student, TODAY) == []

    for person in (head, teacher):
        person.open(taken.school_path)
        person.sees("確定したあとに届いた連絡 2件", "出欠は変わっていません。確かめてください。")
        person.open(f"{taken.school_path}attendance/")
        person.sees("確定後の連絡 2")

    teacher.open(taken.class_path)
    teacher.sees("確定したあとに届いた連絡があります。出欠は変えていません。")
    first = teacher.page.locator(".notice.wait").bounding_box()["y"]
    assert first < teacher.page.locator(".pupil").first.bounding_box()["y"]
    row_of(teacher, taken).get_by_text("欠席", exact=True).click()
    for family in (taken, refused):
        teacher.page.locator(".notice.wait label").filter(has_text=family.name).click()
    teacher.press("変えたところを保存する")
    teacher.sees("1名の出欠を直しました。前の値も残っています。")
    expect(teacher.page.locator(".notice.wait")).to_have_count(0)

    [mark] = late_house.ask(MARK, taken.student, TODAY)
    assert (mark.status, mark.reason) == ("absent_sick", "fever")
    [change] = late_house.ask(CHANGES, taken.student)
    assert (change.old, change.new) == ("present", "absent_sick")
    assert late_house.ask(MARK, refused.student, TODAY) == []
    statuses = [late_house.ask(REPORT, f.student)[0].status for f in (taken, refused)]
    assert statuses == ["applied", "rejected"]
    for guardian, said in zip(
        guardians, ("学校で確認ずみです。", "学校は、ちがう形で出欠を確定しました。"), strict=True
    ):
        guardian.open("/m/shirakabano/family/reports/")
        guardian.page.locator("main a[href*='/reports/']").first.click()
        guardian.sees(said)
    head.open(taken.school_path)
    expect(head.page.locator("main")).not_to_contain_text("確定したあとに届いた連絡")


def test_child_goes_home_sick_in_three_taps_and_the_history_says_who(late_house, bring):
    family = Families(late_house).take(ROOM)
    teacher = bring().demo("学級担任")
    teacher.open(family.class_path)
    if teacher.page.get_by_role("button", name=re.compile("名の出欠を確定する")).count():
        confirm(teacher, family)
    teacher.open(family.class_path)
    teacher.forget_touches()
    row = row_of(teacher, family)
    row.get_by_text("他", exact=True).click()
    row.get_by_role("link", name="具合が悪くて早退・直した記録").click()
    teacher.press("発熱で早退")
    teacher.sees(f"{family.name}さんを早退にしました。")
    taps, _keys = teacher.touches()
    assert taps <= 3
    [mark] = late_house.ask(MARK, family.student, TODAY)
    assert (mark.status, mark.left_early, mark.reason) == ("present", True, "fever")
    assert mark.left_time is not None
    [change] = late_house.ask(CHANGES, family.student)
    assert (change.old, change.new) == ("present", "left_early")
    who = late_house.number(
        "SELECT family_name || ' ' || given_name FROM roster_staffmember WHERE id = %s",
        change.changed_by_id,
    )
    history = teacher.page.get_by_role("row").filter(has_text="早退")
    expect(history).to_contain_text("出席")
    expect(history).to_contain_text(who)

    nurse = bring().demo("養護教諭")
    nurse.open(f"{family.school_path}health/")
    nurse.follow("具合が悪くて帰る子")
    expect(nurse.page.get_by_label("名前のはじめ(かな)")).to_be_focused()
    kana = late_house.number(
        "SELECT family_kana || ' ' || given_kana FROM roster_student WHERE id = %s", family.student
    )
    nurse.page.keyboard.insert_text(kana)
    nurse.page.keyboard.press("Enter")
    nurse.page.wait_for_url(re.compile(r"going-home/\?q=|attendance/child/"))
    namesakes = nurse.page.locator(".linklist a")
    if namesakes.count():
        namesakes.filter(has_text=ROOM).click()
    expect(nurse.page.locator("h1")).to_contain_text(family.name)
    nurse.press("腹痛・吐き気で早退")
    nurse.sees(f"{family.name}さんを早退にしました。")
    assert [(c.old, c.new) for c in late_house.ask(CHANGES, family.student)] == [
        ("present", "left_early"),
        ("left_early", "left_early"),
    ]
