"""Histories, not overwrites: what changes ends the day before; what has no days waits for its day."""

from datetime import date, time, timedelta

import pytest

from manabiya.apps.imports.tests.conftest import text_of, wide_rows
from manabiya.roster.models import (
    Address,
    Enrollment,
    FormerName,
    Guardian,
    GuardianRight,
    StaffMember,
    Student,
)

DAY = timedelta(days=1)
AHEAD = date(2027, 1, 8)


@pytest.fixture
def right(scope):
    """Return the right of a mother who isn't called at work, and only in the evening."""
    found = GuardianRight.objects.filter(
        student__enrollments__homeroom__name="4年1組",
        student__enrollments__school__slug="midorigaoka",
        relationship="母",
        ends_on=None,
    ).order_by("student__reference")[0]
    found.call_from, found.call_until, found.never_at_work = time(17), time(21), True
    found.save()
    return found


def row_of(right, **changes):
    return {
        "児童生徒の識別番号": right.student.reference, "氏名": right.guardian.name,
        "続柄": right.relationship, "電話": right.guardian.phone,
    } | changes  # fmt: skip


def rights_of(right):
    pair = {"guardian_id": right.guardian_id, "student_id": right.student_id}
    return list(GuardianRight.objects.filter(**pair).order_by("starts_on"))


def test_a_changed_right_ends_the_day_before_and_another_begins(board, right, scope):
    body = text_of([row_of(right, 迎えに来られる="いいえ", 電話の順="7")])
    run = board.apply(board.try_files(("保護者.csv", body)))
    assert run.state == "applied", run.message
    old, new = rights_of(right)
    assert (old.id, old.starts_on, old.ends_on) == (right.id, right.starts_on, scope.today - DAY)
    assert (old.can_pick_up, old.call_order) == (True, right.call_order)
    assert (new.starts_on, new.ends_on) == (scope.today, None)
    assert (new.can_pick_up, new.call_order, new.relationship) == (False, 7, "母")
    assert (new.call_from, new.call_until, new.never_at_work) == (time(17), time(21), True)
    again = board.try_files(("保護者.csv", body))
    assert again.counts["tabs"]["changed"] == again.counts["tabs"]["missing"] == 0


def test_a_right_changed_twice_on_one_day_is_mended_in_place(board, right, scope):
    for answer in ("いいえ", "はい", "いいえ"):
        body = text_of([row_of(right, 記録を見られる=answer)])
        assert board.apply(board.try_files(("保護者.csv", body))).state == "applied"
    old, new = rights_of(right)
    assert (old.can_view, old.ends_on) == (True, scope.today - DAY)
    assert (new.can_view, new.starts_on) == (False, scope.today)


def test_an_end_that_is_set_stays_the_end_of_the_new_row(board, right, scope):
    GuardianRight.objects.filter(pk=right.pk).update(ends_on=AHEAD)
    body = text_of([row_of(right, お知らせを受け取る="いいえ")])
    board.apply(board.try_files(("保護者.csv", body)))
    assert [row.ends_on for row in rights_of(right)] == [scope.today - DAY, AHEAD]


def test_rows_of_two_files_about_one_right_make_one_new_row(board, right, scope):
    first = text_of([row_of(right, 迎えに来られる="いいえ")])
    second = text_of([row_of(right, 記録を見られる="いいえ")])
    board.apply(board.try_files(("保護者1.csv", first), ("保護者2.csv", second)))
    _old, new = rights_of(right)
    assert (new.can_pick_up, new.can_view) == (False, False)


def test_a_new_guardian_in_a_list_and_in_a_file_of_guardians_gets_one_right(board, scope):
    row = next(r for r in wide_rows(scope, homeroom="4年1組") if not r["保護者2氏名"])
    row |= {"保護者2氏名": "白樺 静", "保護者2続柄": "祖母", "保護者2電話": "090-5555-0001"}
    others = [
        {"児童生徒の識別番号": r["宛名番号"], "氏名": r["保護者1氏名"], "続柄": r["保護者1続柄"],
         "電話": r["保護者1電話"]}
        for r in wide_rows(scope, homeroom="4年2組")[:8]
    ]  # fmt: skip
    theirs = {"児童生徒の識別番号": row["宛名番号"], "氏名": "白樺 静", "続柄": "祖母",
              "電話": "090-5555-0001", "電話の順": "5"}  # fmt: skip
    files = ("a.csv", text_of([row])), ("保護者.csv", text_of([*others, theirs]))
    run = board.apply(board.try_files(*files))
    assert run.state == "applied", run.message
    [new] = GuardianRight.objects.filter(guardian__given_name="静", relationship="祖母")
    assert new.call_order == 5


def test_a_right_that_begins_later_is_not_crossed_by_one_from_before(board, right, scope):
    GuardianRight.objects.filter(pk=right.pk).update(starts_on=scope.today + 9 * DAY)
    run = board.apply(board.try_files(("保護者.csv", text_of([row_of(right)]))))
    assert run.state == "applied", run.message
    before, later = rights_of(right)
    assert (before.starts_on, before.ends_on) == (scope.today, scope.today + 8 * DAY)
    assert later.pk == right.pk


def test_a_right_somebody_changes_meanwhile_is_not_written_over(board, right, scope):
    """Also not where the file doesn't speak of it: the new row would bring the old hours back."""
    body = text_of([row_of(right, 迎えに来られる="いいえ")])
    run = board.try_files(("保護者.csv", body))
    GuardianRight.objects.filter(pk=right.pk).update(call_until=time(19))
    run = board.apply(run)
    assert run.state == "ready"
    assert [row.call_until for row in rights_of(right)] == [time(19)]


def test_a_file_for_a_day_to_come_writes_rights_ahead_and_no_phone(board, right, scope):
    changes = {"電話": "090-8888-1111", "迎えに来られる": "いいえ", "氏名": "新姓 花",
               "識別番号": "9123"}  # fmt: skip
    Guardian.objects.filter(pk=right.guardian_id).update(reference="9123")
    body = text_of([row_of(right, **changes)])
    run = board.try_files(("保護者.csv", body), effective_on=AHEAD.isoformat())
    [note] = board.lines(run, "problems")
    assert note["reason"] == "姓、名、電話は、2027年1月8日より前には変えません"
    assert note["mend"] == "2027年1月8日になったら、同じファイルをもう一度取り込む"
    assert "氏名や電話などの変更(1行)は、まだ書きません" in board.page(run)
    assert board.apply(run).state == "applied"
    guardian = Guardian.objects.get(pk=right.guardian_id)
    assert (guardian.name, guardian.phone) == (right.guardian.name, right.guardian.phone)
    assert not FormerName.objects.filter(guardian=guardian).exists()
    assert [row.starts_on for row in rights_of(right)] == [right.starts_on, AHEAD]


def test_on_the_day_the_same_file_changes_what_waited(board, right, scope, city):
    body = text_of([row_of(right, 電話="090-8888-1111")])
    run = board.try_files(("保護者.csv", body), effective_on=scope.today.isoformat())
    assert board.lines(run, "problems") == []
    assert board.apply(run).state == "applied"
    assert Guardian.objects.get(pk=right.guardian_id).phone == "090-8888-1111"


def test_names_of_children_staff_and_schools_wait_and_addresses_do_not(board, scope):
    row = wide_rows(scope, homeroom="4年1組")[0]
    child = Student.objects.get(reference=row["宛名番号"])
    seat = Enrollment.objects.get(student=child, ends_on=None)
    row |= {"氏名": f"新姓 {child.given_name}", "番号": "77", "住所": "新町3番地",
            "保護者1氏名": "", "保護者2氏名": ""}  # fmt: skip
    member = StaffMember.objects.filter(appointments__school__slug="midorigaoka").order_by(
        "number"
    )[0]
    staff = {"職員番号": member.number, "氏名": f"新姓 {member.given_name}"}
    school = {"学校コード": row["学校コード"], "学校名": "新しい名の小学校"}
    run = board.try_files(
        ("a.csv", text_of([row])),
        ("教職員.csv", text_of([staff])),
        ("学校.csv", text_of([school])),
        effective_on=AHEAD.isoformat(),
    )
    notes = [line["column"] for line in board.lines(run, "problems")]
    assert sorted(notes) == sorted(["姓", "出席番号", "姓", "学校名"])
    assert board.apply(run).state == "applied"
    for row, name in ((child, "family_name"), (member, "family_name"), (seat, "roll_number"),
                      (seat.school, "name")):  # fmt: skip
        before = getattr(row, name)
        row.refresh_from_db()
        assert getattr(row, name) == before
    new = Address.objects.get(student=child, text="新町3番地")
    assert (new.starts_on, new.ends_on) == (AHEAD, None)


def test_a_child_who_only_comes_that_day_is_mended_at_once(board, scope):
    row = wide_rows(scope, homeroom="4年1組")[0]
    row |= {
        "宛名番号": "77" + row["宛名番号"][2:], "氏名": "白樺 若", "フリガナ": "シラカバ ワカ", "番号": "39",
        "保護者1氏名": "", "保護者2氏名": "",
    }  # fmt: skip
    ahead = {"effective_on": AHEAD.isoformat()}
    run = board.try_files(("a.csv", text_of([row])), **ahead)
    assert board.lines(run, "problems") == []
    assert board.apply(run).state == "applied"
    row["フリガナ"], row["氏名"] = "シラカバ ワカナ", "白樺 若菜"
    run = board.try_files(("a.csv", text_of([row])), **ahead)
    assert board.lines(run, "problems") == []
    run = board.apply(run)
    assert run.state == "applied"
    child = Student.objects.get(reference=row["宛名番号"])
    assert (child.name, child.kana) == ("白樺 若菜", "しらかば わかな")
    assert not FormerName.objects.filter(student=child).exists()


def test_a_name_held_since_the_house_knows_the_person(board, right, scope):
    """Not only since the right was last changed."""
    Guardian.objects.filter(pk=right.guardian_id).update(reference="9123")
    body = text_of([row_of(right, 識別番号="9123", 迎えに来られる="いいえ")])
    board.apply(board.try_files(("保護者.csv", body)))
    changed = row_of(right, 識別番号="9123", 氏名=f"新姓 {right.guardian.given_name}")
    assert len(rights_of(right)) == 2
    board.apply(board.try_files(("保護者.csv", text_of([changed]))))
    former = FormerName.objects.get(guardian_id=right.guardian_id)
    assert (former.starts_on, former.ends_on) == (right.starts_on, scope.today - DAY)
