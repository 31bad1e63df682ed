"""Guardians: found, never by name alone; protected families; nobody excluded gets a right."""

import io

import pytest
from python_calamine import load_workbook

from manabiya.apps.imports.planning import HIDDEN
from manabiya.apps.imports.tests.conftest import text_of, wide_rows
from manabiya.roster.models import (
    Address,
    ExcludedPerson,
    Guardian,
    GuardianRight,
    Protection,
    StaffMember,
    Student,
)


@pytest.fixture
def rows(scope):
    return wide_rows(scope, homeroom="4年1組")


def protect(scope, reference, **exclusion):
    child = Student.objects.get(reference=reference)
    found = Protection.objects.create(
        student=child, basis="request", starts_on=scope.today, review_on=scope.today,
        set_by=StaffMember.objects.all()[0].id, set_at=scope.now(),
    )  # fmt: skip
    if exclusion:
        ExcludedPerson.objects.create(protection=found, **exclusion)
    return child


def everything(board, run):
    """Return all words of the result: every tab on screen and the workbook."""
    words = "".join(board.page(run, tab) for tab in ("problems", "added", "changed", "missing"))
    book = load_workbook(io.BytesIO(board.client.get(f"{board.address(run)}result/").content))
    return words + str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def test_protected_family_shows_no_address_and_no_phone(board, rows, scope):
    row = rows[0]
    child = protect(scope, row["宛名番号"])
    Address.objects.create(student=child, text="隠れ町1番地", starts_on=scope.today)
    guardian = GuardianRight.objects.filter(student=child).order_by("call_order")[0].guardian
    row |= {"住所": "逃げ町2番地", "保護者1電話": "090-7777-8888"}
    other = rows[1] | {"住所": "見える町3番地"}
    run = board.try_files(
        ("a.csv", text_of([{**r, "住所": r.get("住所", "")} for r in [row, other]]))
    )
    words = everything(board, run)
    assert HIDDEN in words
    assert "見える町3番地" in words
    for secret in ("隠れ町", "逃げ町", "090-7777-8888", guardian.phone):
        assert secret not in words
    board.apply(run)
    assert Address.objects.get(student=child, ends_on=None).text == "逃げ町2番地"


def test_problems_of_a_protected_row_show_no_phone_and_no_address(board, rows, scope):
    row = rows[0]
    protect(scope, row["宛名番号"])
    row |= {"保護者1電話": "9077778888", "住所": "逃げ町" * 60}
    run = board.try_files(("a.csv", text_of([row])))
    words = everything(board, run)
    assert "160字を超えています" in words
    assert "先頭の0が落ちているようです" in words
    for secret in ("9077778888", "090-7777-8888", "逃げ町"):
        assert secret not in words


def test_samples_of_columns_show_no_address(board, rows):
    run = board.run(board.upload(("a.csv", text_of([{**rows[0], "住所": "逃げ町2番地"}]))).url)
    page = board.client.get(board.address(run)).content.decode()
    assert rows[0]["フリガナ"] in page
    assert "逃げ町2番地" not in page
    assert rows[0]["保護者1電話"] not in page


REFUSED = "この方には、この児童生徒についての権利を付けられません"


@pytest.mark.parametrize("how", ["guardian", "name", "variant", "relationship", "new phone"])
def test_excluded_person_never_gets_a_right(board, rows, scope, how):
    row = next(r for r in rows if not r["保護者2氏名"])
    excluded = Guardian.objects.create(
        family_name="髙橋", given_name="剛", family_kana="たかはし", given_kana="つよし",
        phone="090-6666-0001",
    )  # fmt: skip
    row |= {"保護者2氏名": "髙橋 剛", "保護者2続柄": "父", "保護者2電話": "090-6666-0001"}
    exclusion = {"guardian": excluded}
    if how in ("name", "variant"):
        exclusion = {"name": "髙橋剛", "relationship": "養父"}
    if how == "variant":
        row["保護者2氏名"] = "高橋　剛"
    if how == "relationship":
        exclusion = {"name": "だれか", "relationship": "父"}
    if how == "new phone":
        row["保護者2電話"] = "090-1111-2222"
    child = protect(scope, row["宛名番号"], **exclusion)
    run = board.try_files(("a.csv", text_of([row])))
    assert REFUSED in [line["reason"] for line in board.lines(run, "problems")]
    if run.counts["tabs"]["changed"] or run.counts["tabs"]["added"]:
        board.apply(run)
    assert {r.relationship for r in GuardianRight.objects.filter(student=child)} == {"母"}
    assert Guardian.objects.filter(given_name="剛", family_name__in=("髙橋", "高橋")).count() == 1


def test_a_protected_child_gets_a_guardian_only_after_a_person_has_looked(board, rows, scope):
    row = next(r for r in rows if not r["保護者2氏名"])
    child = protect(scope, row["宛名番号"], name="だれか", relationship="父")
    row |= {"保護者2氏名": "白樺 静", "保護者2続柄": "祖母", "保護者2電話": "090-2222-3333"}
    run = board.try_files(("a.csv", text_of([row])))
    [choice] = [line for line in board.lines(run, "problems") if line["level"] == "choice"]
    assert choice["reason"] == "この児童生徒に保護者を加えるには、校長か教頭の確認が要ります"
    run = board.apply(board.decide(run, **{choice["key"]: "right"}))
    assert run.state == "applied"
    assert GuardianRight.objects.filter(student=child, relationship="祖母").exists()


def test_a_right_the_school_has_ended_does_not_come_back_by_itself(board, rows, scope):
    row = next(r for r in rows if r["保護者2氏名"])
    right = GuardianRight.objects.get(student__reference=row["宛名番号"], relationship="父")
    GuardianRight.objects.filter(pk=right.pk).update(ends_on="2026-11-01")
    run = board.try_files(("a.csv", text_of([row])))
    [choice] = [line for line in board.lines(run, "problems") if line["level"] == "choice"]
    assert choice["reason"] == "この保護者の権利は、前に学校が終えました"
    assert run.counts["tabs"]["changed"] == run.counts["tabs"]["added"] == 0


def test_another_name_in_the_same_place_asks_a_person(board, rows, scope):
    row = rows[0]
    mother = GuardianRight.objects.get(
        student__reference=row["宛名番号"], relationship="母"
    ).guardian
    row |= {"保護者1氏名": "新姓 恵美", "保護者1電話": "090-3333-4444"}
    run = board.try_files(("a.csv", text_of([row])))
    [choice] = [line for line in board.lines(run, "problems") if line["level"] == "choice"]
    assert choice["reason"] == "名簿には、同じ続柄(母)で別の名前の保護者がいます"
    assert choice["options"][0][0] == str(mother.id)
    run = board.apply(board.decide(run, **{choice["key"]: str(mother.id)}))
    mother.refresh_from_db()
    assert (mother.name, mother.phone) == ("新姓 恵美", "090-3333-4444")


def test_same_name_in_another_family_is_another_person(board, rows, scope):
    """The same name with another phone, at another child: nobody is merged."""
    stranger = Guardian.objects.create(family_name="双葉", given_name="恵", phone="090-4444-0001")
    row = next(r for r in rows if not r["保護者2氏名"])
    row |= {"保護者2氏名": "双葉 恵", "保護者2続柄": "祖母", "保護者2電話": "090-4444-0002"}
    run = board.apply(board.try_files(("a.csv", text_of([row]))))
    assert run.state == "applied"
    assert Guardian.objects.filter(family_name="双葉", given_name="恵").count() == 2
    assert not stranger.rights.exists()


def test_guardian_file_sets_rights_phones_and_order(board, rows, scope):
    reference = rows[0]["宛名番号"]
    lines = [
        {
            "児童生徒の識別番号": reference, "識別番号": "9000001", "氏名": "白樺 静",
            "ふりがな": "しらかば しずか", "続柄": "祖母", "電話": "090-5555-0001",
            "勤め先の電話": "0190-22-3333", "電話の順": "3", "迎えに来られる": "いいえ",
        }
    ]  # fmt: skip
    run = board.apply(board.try_files(("保護者.csv", text_of(lines))))
    assert run.state == "applied"
    right = GuardianRight.objects.get(student__reference=reference, relationship="祖母")
    assert (right.can_pick_up, right.can_report, right.call_order) == (False, True, 3)
    assert (right.guardian.reference, right.guardian.phone_work) == ("9000001", "0190-22-3333")
    lines[0] |= {"迎えに来られる": "はい", "電話": "09055550001"}
    run = board.try_files(("保護者.csv", text_of(lines)))
    [line] = board.lines(run, "changed")
    assert line["fields"] == [["迎えに来られる", "いいえ", "はい"]]


def test_guardian_whom_the_file_does_not_name_is_listed_and_stays(board, rows, scope):
    row = next(r for r in rows if r["保護者2氏名"])
    father = row["保護者2氏名"]
    row |= {"保護者2氏名": ""}
    run = board.try_files(("a.csv", text_of([row])))
    missing = [n for n in board.lines(run, "missing") if n["noun"] == "guardian"]
    assert [line["who"] for line in missing] == [father]
    assert run.counts["tabs"]["changed"] == 0


def test_two_rows_with_different_phones_of_one_guardian_are_pointed_out(board, rows, scope):
    shared = [
        right
        for right in GuardianRight.objects.filter(relationship="母").select_related("student")
        if right.guardian.rights.filter(ends_on=None).count() > 1
    ]
    mother = shared[0].guardian
    Guardian.objects.filter(pk=mother.pk).update(reference="9777")
    lines = [
        {"児童生徒の識別番号": right.student.reference, "識別番号": "9777", "氏名": mother.name,
         "続柄": "母", "電話": f"090-1212-000{place}"}
        for place, right in enumerate(mother.rights.filter(ends_on=None).order_by("id")[:2])
    ]  # fmt: skip
    run = board.try_files(("保護者.csv", text_of(lines)))
    [note] = board.lines(run, "problems")
    assert (note["line"], note["reason"]) == (3, "2行と、同じ保護者の電話が違います")
    board.apply(run)
    mother.refresh_from_db()
    assert mother.phone == "090-1212-0000"


def test_a_hidden_value_somebody_changed_meanwhile_is_not_overwritten(board, rows, scope):
    """Nothing of the line may be shown, and yet the import must not take the new phone away."""
    row = rows[0]
    child = protect(scope, row["宛名番号"])
    guardian = GuardianRight.objects.filter(student=child).order_by("call_order")[0].guardian
    row |= {"保護者1電話": "090-7777-8888"}
    run = board.try_files(("a.csv", text_of([row])))
    Guardian.objects.filter(pk=guardian.pk).update(phone="090-1234-5678")
    run = board.apply(run)
    assert run.state == "ready"
    assert "ほかの人が同じ行を変えました" in board.page(run)
    assert "090-1234-5678" not in board.page(run)
    guardian.refresh_from_db()
    assert guardian.phone == "090-1234-5678"
    assert board.apply(board.decide(run)).state == "applied"
    guardian.refresh_from_db()
    assert guardian.phone == "090-7777-8888"
