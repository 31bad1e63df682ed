"""A 未着 from the mark to its end: calls, taking over, telling the managers, the mark it becomes."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import rules as attendance_rules
from manabiya.apps.attendance import services as attendance
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, MarkChange
from manabiya.apps.attendance.services.marks import settle_not_arrived
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.models import ArrivalCase, CallEntry
from manabiya.apps.morning.rules import Watch
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.apps.morning.times import morning_of
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import ExcludedPerson, Protection


def cases(missing, *at, role="vice_principal"):
    actor, now = missing.actor(role), missing.city.now(*at)
    return queries.cases_of_today(actor, morning=morning_of(actor.at, now.date()), now=now)


def line(missing, *at, role="vice_principal"):
    return cases(missing, *at, role=role).line_of(missing.student_id)


def call(missing, *at, role="vice_principal", guardian="first", **said):
    right = getattr(missing, guardian) if guardian else None
    values = {"whom": "", "outcome": "no_answer", "note": "", **said}
    return services.log_call(
        actor=missing.actor(role),
        student_id=missing.student_id,
        guardian_id=right.guardian_id if right else None,
        now=missing.city.now(*at),
        **values,
    )


def end(missing, ending, how="", *, at=(9, 5), role="vice_principal"):
    return services.end_case(
        actor=missing.actor(role),
        student_id=missing.student_id,
        ending=ending,
        how=how,
        now=missing.city.now(*at),
    )


def mark(missing):
    return AttendanceMark.objects.filter(
        student_id=missing.student_id, date=missing.city.today
    ).first()


def entries(verb):
    return list(AuditEntry.objects.filter(action=f"morning.case:{verb}").order_by("id"))


def test_mark_of_a_confirmed_class_is_the_case_without_any_row(missing):
    found = line(missing, 8, 40)
    assert found.watch is Watch.CALL
    assert found.counts_from == missing.city.now(8, 40)
    assert found.escalates_at == missing.city.now(9, 0)
    assert [callee.name for callee in found.sheet.now] == ["勅使河原 花子", "勅使河原 太郎"]
    assert not ArrivalCase.objects.exists()


def test_changing_the_mark_on_the_class_page_ends_the_case_and_setting_it_again_opens_it(missing):
    call(missing, 8, 42)

    def change(base, chosen, *at):
        attendance.confirm_day(
            actor=missing.actor("homeroom_teacher"),
            homeroom_id=missing.homeroom_id,
            day=missing.city.today,
            entries=[attendance_rules.Entry(missing.student_id, base, chosen)],
            now=missing.city.now(*at),
        )

    change("not_arrived", "late", 8, 50)
    found = cases(missing, 8, 51)
    assert found.open == ()
    settled = found.settled_of(missing.student_id)
    assert (settled.settled.code, settled.settled.at) == ("late", missing.city.now(8, 50))
    assert len(settled.calls) == 1
    change("late", "not_arrived", 8, 55)
    found = cases(missing, 8, 56)
    assert found.settled == ()
    assert found.line_of(missing.student_id).counts_from == missing.city.now(8, 55)


def test_first_caller_looks_after_the_child_and_another_can_take_over(missing):
    entry = call(missing, 8, 42, role="office_staff")
    assert (entry.guardian_id, entry.outcome) == (missing.first.guardian_id, "no_answer")
    assert entry.called_at == missing.city.now(8, 42)
    clerk = missing.actor("office_staff").person_id
    assert line(missing, 8, 43).case.taken_by_id == clerk
    call(missing, 8, 45, role="school_nurse", guardian="second")
    assert line(missing, 8, 46).case.taken_by_id == clerk
    services.take_case(
        actor=missing.actor("school_nurse"),
        student_id=missing.student_id,
        now=missing.city.now(8, 47),
    )
    found = line(missing, 8, 48)
    assert found.case.taken_by_id == missing.actor("school_nurse").person_id
    assert [entry.guardian_id for entry in found.calls] == [
        missing.first.guardian_id,
        missing.second.guardian_id,
    ]
    assert [entry.details["before"] for entry in entries("take")] == [str(clerk)]
    assert [entry.subject_id for entry in entries("call")] == [missing.student_id] * 2


def test_no_result_in_twenty_minutes_is_a_matter_of_managers_until_one_takes_it(missing):
    call(missing, 8, 42, role="office_staff")
    assert line(missing, 8, 59).watch is Watch.CALL
    assert line(missing, 9, 0).watch is Watch.ESCALATED
    services.take_case(
        actor=missing.actor(), student_id=missing.student_id, now=missing.city.now(9, 1)
    )
    assert line(missing, 9, 2).watch is Watch.CALL


def test_school_decides_after_how_many_minutes(missing):
    from manabiya.apps.attendance.models import MorningSettings

    MorningSettings.objects.create(
        school_id=missing.actor().at,
        valid_from=missing.city.today,
        confirm_by=time(8, 30),
        escalate_after_minutes=5,
    )
    assert line(missing, 8, 35).watch is Watch.CALL
    assert line(missing, 8, 36).watch is Watch.ESCALATED


def test_child_that_left_home_is_a_matter_of_managers_at_once(missing):
    call(missing, 8, 41, outcome="left_home", note="7:40に出た")
    assert line(missing, 8, 41).watch is Watch.ESCALATED


def test_somebody_brings_it_to_the_managers_before_its_time(missing):
    services.tell_managers(
        actor=missing.actor("homeroom_teacher"),
        student_id=missing.student_id,
        now=missing.city.now(8, 35),
    )
    found = line(missing, 8, 36)
    assert found.watch is Watch.ESCALATED
    assert found.case.told_by_id == missing.actor("homeroom_teacher").person_id
    assert len(entries("tell")) == 1


@pytest.mark.parametrize(
    ("ending", "how", "end_word", "code"),
    [
        ("late", "", "late", ("present", True)),
        ("sick", "母から。熱がある", "absent", ("absent_sick", False)),
        ("away", "父から。法事", "absent", ("absent_other", False)),
        ("in_time", "", "in_time", None),
        ("inside", "保健室にいた", "found", None),
        ("came", "駅で見つかり、校長が連れてきた", "found", ("present", True)),
        ("home", "祖父母の家にいた", "found", ("absent_other", False)),
    ],
)
def test_every_ending_says_who_when_how_and_writes_the_mark(missing, ending, how, end_word, code):
    end(missing, ending, how)
    case = ArrivalCase.objects.get()
    assert (case.end, case.how) == (end_word, how)
    assert (case.ended_by_id, case.ended_at) == (
        missing.actor().person_id,
        missing.city.now(9, 5),
    )
    found = mark(missing)
    assert (found and (found.status, found.late)) == code
    if ending == "late":
        assert found.arrived_time == time(9, 5)
    [change] = MarkChange.objects.filter(student_id=missing.student_id, date=missing.city.today)
    assert change.old == {"code": "not_arrived"}
    assert change.changed_at == missing.city.now(9, 5)
    assert cases(missing, 9, 6).open == ()
    assert len(entries("end")) == 1
    assert AuditEntry.objects.filter(action="attendance.arrival:settle").count() == 1


def test_ending_without_how_is_refused_and_writes_nothing(missing):
    with pytest.raises(services.MorningRefused, match="どのように"):
        end(missing, "inside", "  ")
    assert mark(missing).status == "not_arrived"
    assert not ArrivalCase.objects.exists()


def test_second_ending_is_refused_and_the_first_stays(missing):
    end(missing, "late")
    with pytest.raises(services.MorningRefused, match="いまは未着ではありません"):
        end(missing, "sick", "母から", at=(9, 10))
    assert mark(missing).late
    assert ArrivalCase.objects.get().end == "late"


def test_settling_a_mark_that_is_settled_is_refused(missing):
    end(missing, "late")
    with pytest.raises(attendance.AttendanceRefused, match="先に結果"):
        settle_not_arrived(
            actor=missing.actor(),
            student_id=missing.student_id,
            day=missing.city.today,
            code="absent_sick",
            note="",
            now=missing.city.now(9, 10),
        )
    assert mark(missing).late


def test_report_that_came_meanwhile_is_shown_and_applied_with_the_ending(missing):
    report = AbsenceReport.objects.create(
        student_id=missing.student_id,
        date=missing.city.today,
        kind="absent",
        reason="fever",
        status="conflict",
        guardian_id=missing.first.guardian_id,
        submitted_at=missing.city.now(8, 48),
        idempotency_key="k" * 32,
        receipt_number="1120-0848-TEST",
    )
    assert line(missing, 8, 49).said.kind == "absent"
    end(missing, "sick", "保護者の連絡")
    report.refresh_from_db()
    found = mark(missing)
    assert (report.status, found.report_id) == ("applied", report.id)
    assert (found.reason, found.source) == ("fever", "guardian")


def test_report_that_says_something_else_stays_a_conflict(missing):
    report = AbsenceReport.objects.create(
        student_id=missing.student_id,
        date=missing.city.today,
        kind="absent",
        reason="fever",
        status="conflict",
        guardian_id=missing.first.guardian_id,
        submitted_at=missing.city.now(8, 48),
        idempotency_key="k" * 32,
        receipt_number="1120-0848-TEST",
    )
    end(missing, "late")
    report.refresh_from_db()
    assert report.status == "conflict"


def test_who_may_not_be_called_is_named_so_and_never_written_down_as_called(missing):
    missing.second.may_be_called = False
    missing.second.save()
    sheet = line(missing, 8, 42).sheet
    assert [callee.guardian_id for callee in sheet.now] == [missing.first.guardian_id]
    assert [callee.name for callee in sheet.never] == ["勅使河原 太郎"]
    assert sheet.never[0].numbers == ()
    with pytest.raises(services.MorningRefused, match="電話しない"):
        call(missing, 8, 42, guardian="second")
    assert not CallEntry.objects.exists()


def test_hours_and_workplaces_are_kept(missing):
    missing.first.never_at_work = True
    missing.first.save()
    missing.second.call_from, missing.second.call_until = time(17, 0), time(21, 0)
    missing.second.save()
    sheet = line(missing, 8, 42).sheet
    assert sheet.now[0].numbers == (("携帯", "090-0000-0001"),)
    assert sheet.now[0].never_at_work
    assert [callee.guardian_id for callee in sheet.later] == [missing.second.guardian_id]
    assert sheet.later[0].numbers == ()
    evening = line(missing, 17, 0).sheet
    assert evening.now[1].numbers == (("携帯", "090-0000-0002"), ("勤め先", "0120-000-002"))


def protect(missing, *, excluded=None, name=""):
    protection = Protection.objects.create(
        student_id=missing.student_id,
        basis="request",
        starts_on=missing.city.today,
        review_on=missing.city.today + timedelta(days=90),
        set_by=missing.actor().person_id,
        set_at=missing.city.now(),
    )
    if excluded or name:
        ExcludedPerson.objects.create(protection=protection, guardian_id=excluded, name=name)


def test_phones_of_a_protected_family_are_masked(missing):
    protect(missing)
    sheet = line(missing, 8, 42).sheet
    assert [(callee.is_masked, callee.numbers) for callee in sheet.now] == [(True, ())] * 2


def test_excluded_person_is_on_no_list_and_can_not_be_written_down(missing):
    protect(missing, excluded=missing.second.guardian_id)
    sheet = line(missing, 8, 42).sheet
    known = {callee.guardian_id for callee in sheet.now + sheet.later + sheet.never}
    assert known == {missing.first.guardian_id}
    with pytest.raises(Http404):
        call(missing, 8, 42, guardian="second")
    with pytest.raises(services.MorningRefused, match="管理職に相談"):
        call(missing, 8, 42, guardian=None, whom="勅使河原　太郎")
    assert not CallEntry.objects.exists()


def test_call_to_somebody_without_a_right_is_kept_by_words(missing):
    entry = call(
        missing, 8, 50, guardian=None, whom=" 学童 ", outcome="explained", note="来ていない"
    )
    assert (entry.guardian_id, entry.whom, entry.note) == (None, "学童", "来ていない")
    with pytest.raises(services.MorningRefused, match="だれに"):
        call(missing, 8, 51, guardian=None, whom=" ")


def test_call_log_is_never_changed(missing):
    from django.db import ProgrammingError, transaction

    entry = call(missing, 8, 42)
    with pytest.raises(ProgrammingError), transaction.atomic():
        CallEntry.objects.filter(pk=entry.pk).update(note="x")


def test_teacher_reaches_the_own_class_only(missing):
    assert line(missing, 8, 42, role="homeroom_teacher") is not None
    teacher = missing.actor("homeroom_teacher")
    other = missing.city.homeroom_id("2年1組")
    grants = tuple(replace(grant, homeroom_ids=frozenset([other])) for grant in teacher.grants)
    elsewhere = replace(teacher, grants=grants)
    morning = morning_of(elsewhere.at, missing.city.today)
    found = queries.cases_of_today(elsewhere, morning=morning, now=missing.city.now(8, 42))
    assert found.open == ()
    with pytest.raises(Http404):
        services.take_case(
            actor=elsewhere, student_id=missing.student_id, now=missing.city.now(8, 45)
        )
    assert not ArrivalCase.objects.exists()


@pytest.mark.parametrize("role", ["grade_head", "academic_affairs_head", "subject_teacher"])
def test_others_at_school_may_not_handle_a_case(missing, role):
    actor = missing.city.actor(role, SCHOOL)
    actor = replace(actor, grants=tuple(g for g in actor.grants if g.role == role))
    assert actor.grants
    with pytest.raises(Refused):
        services.take_case(actor=actor, student_id=missing.student_id, now=missing.city.now(8, 45))
    assert not ArrivalCase.objects.exists()


def test_child_of_another_school_does_not_exist(missing):
    with pytest.raises(Http404):
        services.take_case(
            actor=missing.city.actor("vice_principal", "higashikawabata"),
            student_id=missing.student_id,
            now=missing.city.now(8, 45),
        )
