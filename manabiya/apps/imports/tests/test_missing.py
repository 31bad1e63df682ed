"""Who is only in the roster: listed, kept, and ended only when a person says so, with a day."""

from datetime import date, timedelta

from manabiya.apps.imports.tests.conftest import Importer, said, text_of, wide_rows
from manabiya.kernel.audit.models import AuditEntry
from manabiya.law.era import format_era
from manabiya.roster.models import (
    Appointment,
    Enrollment,
    ExchangePlacement,
    GuardianRight,
    Homeroom,
    StaffMember,
)


def choose(importer, run, kind, row, value, day=""):
    """Choose on the page of the missing; return the answer (nothing has run yet)."""
    key = f"m:{kind}:{row}"
    address = f"{importer.address(run)}decide/?tab=missing&page=1"
    return importer.client.post(address, {key: value, f"{key}:day": day})


def decided(importer, run, *choice):
    from manabiya.kernel.jobs.testing import run_jobs

    answer = choose(importer, run, *choice)
    assert answer.status_code == 302, said(answer)
    assert answer.url.endswith("?tab=missing")
    run_jobs()
    return importer.again(run)


def without_one(scope):
    """Return the rows of a school without its fourth child, and that child's seat."""
    rows = wide_rows(scope)
    gone = rows.pop(3)
    return rows, Enrollment.objects.get(student__reference=gone["宛名番号"], ends_on=None)


def test_staying_is_what_is_chosen_for_everybody(board, scope):
    rows, seat = without_one(scope)
    run = board.try_files(("a.csv", text_of(rows)))
    page = board.page(run, "missing")
    assert '<option value="stay" selected>在籍のまま残す</option>' in page
    assert "この日で在籍を終える(転学)" in page
    run = decided(board, run, "student", seat.student_id, "stay", "令和8年11月1日")
    assert run.counts["ended"] == 0
    assert "変わるものはありません" in board.page(run)


def test_a_chosen_end_is_shown_then_applied_in_one_entry(board, scope):
    rows, seat = without_one(scope)
    room = Homeroom.objects.exclude(pk=seat.homeroom_id).filter(school=seat.school)[0]
    placed = ExchangePlacement.objects.create(
        student_id=seat.student_id, homeroom=room, starts_on=seat.starts_on
    )
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    last = scope.today - timedelta(days=3)
    run = decided(board, run, "student", seat.student_id, "transfer_out", last.isoformat())
    seat.refresh_from_db()
    assert seat.ends_on is None, "nothing ends before it is applied"
    page = board.page(run, "missing")
    words = f"{last.year}年{last.month}月{last.day}日(転学)"
    assert f"<b>{words}</b>" in page
    assert "終える 1" in page
    assert '<option value="transfer_out" selected>' in page
    run = board.apply(run)
    assert run.state == "applied", run.message
    seat.refresh_from_db()
    placed.refresh_from_db()
    assert (seat.ends_on, seat.exit, placed.ends_on) == (last, "transfer_out", last)
    entry = AuditEntry.objects.get(action="imports.run:apply")
    assert entry.details["ended"] == {"student": [str(seat.student_id)]}
    assert AuditEntry.objects.filter(action="imports.run:decide").count() == 1
    again = board.try_files(("a.csv", text_of(rows)))
    assert again.counts["tabs"]["missing"] == 0


def test_an_end_is_a_day_of_the_enrollment_and_what_was_typed_stays(board, scope):
    rows, seat = without_one(scope)
    run = board.try_files(("a.csv", text_of(rows)))
    for day, reason in (("2月30日", "読めません"), ("令和9年2月30日", "2月30日はありません"),
                        ("令和7年3月31日", "から令和9年3月31日までの日にしてください"),
                        ("令和9年4月1日", "から令和9年3月31日までの日にしてください")):  # fmt: skip
        answer = choose(board, run, "student", seat.student_id, "withdrawal", day)
        assert answer.status_code == 409
        assert reason in said(answer)[0]
        page = answer.content.decode()
        assert f'value="{day}"' in page
        assert '<option value="withdrawal" selected>' in page
    assert board.again(run).decisions == {}
    assert choose(board, run, "student", seat.student_id, "promotion").status_code == 409


def test_an_end_set_by_somebody_else_meanwhile_is_not_overwritten(board, scope):
    rows, seat = without_one(scope)
    run = board.try_files(("a.csv", text_of(rows)))
    run = decided(board, run, "student", seat.student_id, "transfer_out", str(scope.today))
    Enrollment.objects.filter(pk=seat.pk).update(
        ends_on=scope.today + timedelta(days=20), exit="withdrawal"
    )
    run = board.apply(run)
    assert run.state == "ready"
    seat.refresh_from_db()
    assert seat.exit == "withdrawal"
    run = board.decide(run)
    page = board.page(run, "missing")
    assert "登録してある終わり" in page
    assert "このまま残ります" in page


def test_a_school_ends_only_whom_its_own_result_lists(city, scope, office):
    rows, seat = without_one(scope)
    run = office.try_files(("a.csv", text_of(rows)))
    other = Enrollment.objects.filter(school__slug="higashikawabata", ends_on=None)[0]
    answer = choose(office, run, "student", other.student_id, "transfer_out", str(scope.today))
    assert answer.status_code == 409
    assert said(answer)[0] == ("結果にない人が選ばれています。いまの結果を確かめてください。")
    stranger = Importer(city, "office_staff", "higashikawabata")
    key = f"m:student:{seat.student_id}"
    body = {key: "transfer_out", f"{key}:day": str(scope.today)}
    assert stranger.client.post(f"{stranger.base}{run.id}/decide/", body).status_code == 404
    teacher = Importer(city, "homeroom_teacher", "midorigaoka")
    assert teacher.client.post(f"{teacher.base}{run.id}/decide/", body).status_code in (403, 404)
    other.refresh_from_db()
    assert (other.ends_on, office.again(run).decisions) == (None, {})
    run = decided(office, run, "student", seat.student_id, "withdrawal", str(scope.today))
    assert office.apply(run).state == "applied"
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (scope.today, "withdrawal")


def test_the_right_of_a_guardian_the_file_does_not_name_ends_by_choice(board, scope):
    rows = wide_rows(scope)
    row = next(r for r in rows if r["保護者2氏名"])
    right = GuardianRight.objects.filter(student__reference=row["宛名番号"]).order_by("call_order")[
        1
    ]
    row["保護者2氏名"] = ""
    run = board.try_files(("a.csv", text_of(rows)))
    assert "この日で権利を終える" in board.page(run, "missing")
    run = board.apply(decided(board, run, "guardian", right.id, "end", str(scope.today)))
    assert run.state == "applied", run.message
    right.refresh_from_db()
    assert right.ends_on == scope.today
    entry = AuditEntry.objects.get(action="imports.run:apply")
    assert entry.details["ended"] == {"guardian": [str(right.id)]}


def test_the_posts_of_a_person_the_list_does_not_name_end_by_choice(board, scope):
    staff = StaffMember.objects.filter(
        appointments__school__slug="midorigaoka"
    ).order_by("number").distinct()  # fmt: skip
    gone = staff[0]
    lines = [
        {"職員番号": one.number, "氏名": one.name, "学校": post.school.name,
         "職": post.get_post_display(), "本務・兼務": "本務" if post.is_main else "兼務"}
        for one in staff[1:3]
        for post in one.appointments.filter(school__slug="midorigaoka")
    ]  # fmt: skip
    run = board.try_files(("教職員.csv", text_of(lines)))
    assert "この日で職を終える" in board.page(run, "missing")
    last = scope.today - timedelta(days=1)
    run = board.apply(decided(board, run, "staff", gone.id, "end", str(last)))
    assert run.state == "applied", run.message
    posts = Appointment.objects.filter(staff_member=gone, school__slug="midorigaoka")
    assert {post.ends_on for post in posts} == {last}


def turned(importer, run, tab, to, **body):
    """Turn from a page of the result by its button; return the answer (nothing has run)."""
    return importer.client.post(
        f"{importer.address(run)}decide/?tab={tab}&page=1", body | {"to": to}
    )


def test_turning_pages_loses_no_choice(board, scope):
    rows = wide_rows(scope)
    run = board.try_files(("a.csv", text_of(rows[:60])))
    first = board.lines(run, "missing")[:2]
    one, two = (line["leaving"]["key"] for line in first)
    page = board.page(run, "missing")
    assert 'form="choices" name="to" value="missing:2"' in page
    assert 'form="choices" name="to" value="added:1"' in page
    body = {f"m:{one}": "transfer_out", f"m:{one}:day": "令和8年11月1日",
            f"m:{two}": "stay", f"m:{two}:day": ""}  # fmt: skip
    answer = turned(board, run, "missing", "missing:2", **body)
    assert answer.url.endswith("?tab=missing&page=2#tabs")
    run = board.again(run)
    assert run.chosen == {one: "transfer_out 2026-11-01"}
    assert run.decisions == {}
    page = board.page(run, "missing")
    assert '<option value="transfer_out" selected>' in page
    assert f'value="{format_era(date(2026, 11, 1))}"' in page
    assert "選んだもの1件を、まだ試していません" in board.page(run, "changed")
    assert turned(board, run, "missing", "added:1", **body).url.endswith("?tab=added&page=1#tabs")
    assert AuditEntry.objects.filter(action="imports.run:keep").count() == 1
    apply = board.client.post(f"{board.address(run)}apply/", {"digest": run.digest})
    assert apply.status_code == 409
    assert said(apply)[0] == "選んだものを、まだ試していません。先に試し直してください。"
    run = board.decide(run)
    assert (run.chosen, run.counts["ended"]) == ({}, 1)
    assert run.decisions == {one: "transfer_out 2026-11-01"}


def test_what_is_chosen_but_not_tried_is_kept_not_passed_over_by_applying(board, scope):
    rows, seat = without_one(scope)
    rows[0]["番号"] = "77"
    run = board.try_files(("a.csv", text_of(rows)))
    key = f"student:{seat.student_id}"
    assert "apply/?tab=missing&amp;page=1" in board.page(run, "missing")
    body = {f"m:{key}": "withdrawal", f"m:{key}:day": "令和8年11月1日", "digest": run.digest}
    answer = board.client.post(f"{board.address(run)}apply/?tab=missing&page=1", body)
    assert answer.url.endswith("?tab=missing&page=1#tabs")
    run = board.again(run)
    assert (run.state, run.chosen) == ("ready", {key: "withdrawal 2026-11-01"})
    run = board.apply(board.decide(run))
    assert run.state == "applied", run.message
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (date(2026, 11, 1), "withdrawal")


def test_a_day_that_is_none_turns_no_page_and_stays_as_typed(board, scope):
    rows, seat = without_one(scope)
    run = board.try_files(("a.csv", text_of(rows)))
    key = f"m:student:{seat.student_id}"
    body = {key: "withdrawal", f"{key}:day": "2月30日"}
    answer = turned(board, run, "missing", "added:1", **body)
    assert answer.status_code == 409
    assert 'value="2月30日"' in answer.content.decode()
    assert board.again(run).chosen == {}


def test_choices_about_rows_are_kept_when_another_tab_is_opened(board, scope):
    row = wide_rows(scope, homeroom="4年1組")[0]
    row |= {"保護者1氏名": "新姓 恵美", "保護者1電話": "090-3333-4444"}
    run = board.try_files(("a.csv", text_of([row])))
    [choice] = [line for line in board.lines(run, "problems") if line["level"] == "choice"]
    assert turned(board, run, "problems", "missing:1", **{f"d:{choice['key']}": "skip"}).url
    assert board.again(run).chosen == {choice["key"]: "skip"}
    assert '<option value="skip" selected>' in board.page(run)
