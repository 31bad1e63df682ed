"""出席停止, 忌引, 出席扱い, 変災: proposed, decided back to the onset, moved, taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.apps.attendance.models import (
    AttendanceMark,
    ExcusedPeriod,
    ExcusedPeriodChange,
    MarkChange,
)
from manabiya.apps.attendance.tests.deciding import (
    FLU,
    MONDAY,
    SCHOOL,
    actor,
    codes,
    decide,
    mark,
    move,
    propose,
    sums,
)
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Appointment, Enrollment, Homeroom
from manabiya.roster.queries import seats_on

HOLIDAY = date(2026, 11, 3)
ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "assistant_homeroom_teacher", "subject_teacher", "school_nurse", "office_staff",
    "ict_supporter",
)  # fmt: skip


def test_proposal_waits_with_its_history_and_changes_no_day(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY)
    period = propose(scope, child)
    assert (period.status, period.last_day, period.earliest_return) == ("proposed", None, None)
    assert codes(child) == {9: "absent_sick"}
    [change] = ExcusedPeriodChange.objects.filter(period=period)
    assert (change.deed, change.new["first_day"]) == ("proposed", "2026-11-09")
    entry = AuditEntry.objects.get(action="attendance.excused-period:propose")
    assert entry.subject_id == child
    assert "influenza" not in str(entry.details)


def test_decision_goes_back_to_the_onset_over_a_weekend_and_a_holiday(scope, room):
    child = room[1][0]
    for day in (2, 4, 5, 6, 9):
        mark(scope, room, child, date(2026, 11, day))
    word = replace(FLU, days=Days(date(2026, 11, 1), date(2026, 11, 9)))
    before = sums(scope, room, child)
    decide(scope, propose(scope, child, word))
    assert codes(child) == dict.fromkeys((2, 4, 5, 6, 9), "attendance_suspension")
    marks = AttendanceMark.objects.filter(student_id=child)
    assert set(marks.values_list("cause", "reason")) == {("S1", "infection")}
    changes = MarkChange.objects.filter(student_id=child)
    assert {(c.old["code"], c.new["code"]) for c in changes} == {
        ("absent_sick", "attendance_suspension")
    }
    assert changes.count() == 5
    after = sums(scope, room, child)
    assert (before.absent_days, before.excused_days) == (5, 0)
    assert (after.absent_days, after.excused_days) == (0, 5)
    assert after.by_cause["S1"] == 5
    assert after.required_days == before.required_days - 5
    assert after.attended_days == before.attended_days


@pytest.mark.parametrize(
    ("word", "pending", "cause", "column"),
    [
        (FLU, "absent_sick", "S1", "suspension_days"),
        (PeriodWord("bereavement", Days(MONDAY), relation="parent"), "absent_other", "S5", "bereavement_days"),
        (PeriodWord("disaster", Days(MONDAY), note="大雪"), "absent_other", "S6", "bereavement_days"),
    ],
)  # fmt: skip
def test_cause_and_column_of_each_kind(scope, room, word, pending, cause, column):
    child = room[1][0]
    mark(scope, room, child, MONDAY, pending)
    period = propose(scope, child, word)
    assert sums(scope, room, child).by_cause[pending] == 1
    decide(scope, period)
    found = sums(scope, room, child)
    assert (found.by_cause[cause], getattr(found, column), found.absent_days) == (1, 1, 0)


def test_a_child_that_came_stays_present_whatever_is_decided(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY, "present", left_early=True)
    mark(scope, room, child, MONDAY + timedelta(days=2))
    decide(scope, propose(scope, child))
    assert codes(child) == {9: "left_early", 11: "attendance_suspension"}
    assert MarkChange.objects.filter(student_id=child).count() == 1


def confirm(scope, room, entries=(), role="homeroom_teacher"):
    return services.confirm_day(
        actor=actor(scope, role), homeroom_id=room[0], day=scope.today, entries=entries,
        now=scope.now(8, 31),
    )  # fmt: skip


def test_class_confirmed_after_the_decision_needs_no_tap(scope, room):
    child, other = room[1][:2]
    decide(scope, propose(scope, child))
    put_period(scope, other, "disaster")
    confirm(scope, room)
    rows = AttendanceMark.objects.filter(student_id__in=(child, other), date=scope.today)
    assert set(rows.values_list("student_id", "status", "cause", "reason")) == {
        (child, "attendance_suspension", "S1", "infection"),
        (other, "attendance_suspension", "S6", ""),
    }


def test_class_confirmed_before_the_decision_counts_an_absence_until_then(scope, room):
    child = room[1][0]
    period = propose(scope, child, replace(FLU, days=Days(scope.today)))
    confirm(scope, room)
    assert codes(child) == {20: "absent_sick"}
    decide(scope, period)
    assert codes(child) == {20: "attendance_suspension"}


def test_an_absence_noted_later_in_a_decided_period_is_what_was_decided(scope, room):
    child = room[1][0]
    confirm(scope, room)
    decide(scope, propose(scope, child, replace(FLU, days=Days(scope.today))))
    assert codes(child) == {}
    confirm(scope, room, [rules.Entry(child, "present", "absent")])
    assert codes(child) == {20: "attendance_suspension"}


def test_missing_child_that_turns_out_absent_in_a_decided_period_is_excused(scope, room):
    from manabiya.apps.attendance.services.marks import settle_not_arrived

    child = room[1][0]
    confirm(scope, room, [rules.Entry(child, "present", "not_arrived")])
    put_period(scope, child)
    settle_not_arrived(
        actor=actor(scope, "vice_principal"), student_id=child, day=scope.today,
        code="absent_other", note="", now=scope.now(8, 50),
    )  # fmt: skip
    assert codes(child) == {20: "attendance_suspension"}


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "principal"])
@pytest.mark.parametrize("code", sorted(rules.EXCUSED_CODES))
def test_nobody_writes_such_a_mark_without_a_decision(scope, room, role, code):
    with pytest.raises(services.AttendanceRefused, match="校長が決めたとき"):
        confirm(scope, room, [rules.Entry(room[1][0], "present", code)], role)
    assert not AttendanceMark.objects.filter(homeroom_id=room[0], date=scope.today).exists()


def test_mark_that_stands_without_a_period_is_kept(scope, room):
    child = room[1][0]
    mark(scope, room, child, scope.today, "attendance_suspension", cause="S4")
    confirm(scope, room, [rules.Entry(child, "attendance_suspension", "attendance_suspension")])
    assert AttendanceMark.objects.get(student_id=child, date=scope.today).cause == "S4"


def test_own_cause_goes_before_a_class_closure_and_gives_it_back(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY, "attendance_suspension", cause="S4")
    period = decide(scope, propose(scope, child))
    assert AttendanceMark.objects.get(student_id=child).cause == "S1"
    services.revoke_period(
        actor=actor(scope, "principal"), period_id=period.id, reason="まちがい",
        version=period.version, now=scope.now(10, 0),
    )  # fmt: skip
    assert AttendanceMark.objects.get(student_id=child).cause == "S4"


def test_decision_that_would_change_a_sealed_day_is_refused_whole(scope, room, monkeypatch):
    from manabiya.kernel.registry import registry

    child = room[1][0]
    for day in (9, 10):
        mark(scope, room, child, date(2026, 11, day))
    period = propose(scope, child)
    monkeypatch.setattr(
        registry, "why_sealed", lambda *, homeroom_id, day: "締めた日です" if day == MONDAY else ""
    )
    with pytest.raises(services.AttendanceRefused, match="締めた日です"):
        decide(scope, period)
    period.refresh_from_db()
    assert period.status == "proposed"
    assert codes(child) == {9: "absent_sick", 10: "absent_sick"}


def test_relief_gives_the_first_day_back_and_closes_the_open_end(scope, room):
    child = room[1][0]
    for day in (9, 10, 11, 12, 13, 16):
        mark(scope, room, child, date(2026, 11, day))
    period = decide(scope, propose(scope, child))
    assert codes(child)[16] == "attendance_suspension"
    period = services.note_relief(
        actor=actor(scope, "homeroom_teacher"), period_id=period.id,
        relief_on=date(2026, 11, 11), version=period.version, now=scope.now(9, 30),
    )  # fmt: skip
    assert (period.earliest_return, period.last_day) == (date(2026, 11, 15), date(2026, 11, 14))
    assert codes(child)[13] == "attendance_suspension"
    assert codes(child)[16] == "absent_sick"
    deeds = period.changes.order_by("changed_at").values_list("deed", flat=True)
    assert list(deeds) == ["proposed", "decided", "relieved"]


def test_end_somebody_set_is_not_moved_by_the_relief(scope, room):
    period = propose(scope, room[1][0], replace(FLU, days=Days(MONDAY, date(2026, 11, 18))))
    period = services.note_relief(
        actor=actor(scope, "school_nurse"), period_id=period.id, relief_on=date(2026, 11, 11),
        version=period.version, now=scope.now(9, 30),
    )  # fmt: skip
    assert (period.last_day, period.earliest_return) == (date(2026, 11, 18), date(2026, 11, 15))


def test_shortened_period_gives_days_back_as_they_stood_before(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY, "absent_other")
    mark(scope, room, child, date(2026, 11, 10), "absent_other")
    period = decide(scope, propose(scope, child))
    period = move(scope, period, Days(MONDAY, MONDAY), is_over=True)
    assert codes(child) == {9: "attendance_suspension", 10: "absent_other"}
    assert period.status == "ended"
    period = move(scope, period, Days(MONDAY, date(2026, 11, 10)))
    assert codes(child)[10] == "attendance_suspension"
    assert period.status == "decided"
    changes = MarkChange.objects.filter(student_id=child, date=date(2026, 11, 10))
    assert [c.new["code"] for c in changes.order_by("changed_at", "id")] == [
        "attendance_suspension", "absent_other", "attendance_suspension",
    ]  # fmt: skip


def test_revoked_decision_gives_every_day_back(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY)
    confirm_after = decide(scope, propose(scope, child))
    confirm(scope, room)
    services.revoke_period(
        actor=actor(scope, "principal"), period_id=confirm_after.id, reason="医師の診断が変わった",
        version=confirm_after.version, now=scope.now(10, 0),
    )  # fmt: skip
    assert codes(child) == {9: "absent_sick", 20: "absent_sick"}


def test_declined_needs_a_reason_and_leaves_the_absence(scope, room):
    child = room[1][0]
    mark(scope, room, child, MONDAY)
    period = propose(scope, child)
    asked = {"period_id": period.id, "version": 1, "now": scope.now(9, 0)}
    with pytest.raises(services.AttendanceRefused, match="理由"):
        services.decline_period(actor=actor(scope, "principal"), reason=" ", **asked)
    services.decline_period(actor=actor(scope, "principal"), reason="診断がまだ", **asked)
    period.refresh_from_db()
    assert (period.status, period.answer) == ("declined", "診断がまだ")
    assert codes(child) == {9: "absent_sick"}


def test_withdrawn_proposal_frees_the_days(scope, room):
    child = room[1][0]
    period = propose(scope, child)
    services.withdraw_period(
        actor=actor(scope, "homeroom_teacher"), period_id=period.id, reason="かぜでした",
        version=1, now=scope.now(9, 0),
    )  # fmt: skip
    assert propose(scope, child).status == "proposed"


# --- two at once


def test_second_who_decides_is_told_and_writes_nothing(scope, room):
    period = propose(scope, room[1][0])
    decide(scope, period)
    before = ExcusedPeriodChange.objects.count()
    for version in (1, 2):
        with pytest.raises(services.AttendanceRefused, match="ほかの人が先に"):
            decide(scope, period, version=version)
    assert ExcusedPeriodChange.objects.count() == before


def test_decision_on_days_changed_meanwhile_is_refused(scope, room):
    period = propose(scope, room[1][0])
    services.note_relief(
        actor=actor(scope, "school_nurse"), period_id=period.id, relief_on=MONDAY,
        version=1, now=scope.now(8, 30),
    )  # fmt: skip
    with pytest.raises(services.AttendanceRefused, match="ほかの人が先に変えました"):
        decide(scope, period, version=1)


def test_two_periods_never_share_a_day(scope, room):
    child = room[1][0]
    propose(scope, child, replace(FLU, days=Days(MONDAY, date(2026, 11, 11))))
    with pytest.raises(services.AttendanceRefused, match="同じ日に"):
        propose(scope, child, replace(FLU, days=Days(date(2026, 11, 11))))
    later = propose(scope, child, replace(FLU, days=Days(date(2026, 11, 12))))
    with pytest.raises(services.AttendanceRefused, match="同じ日に"):
        move(scope, later, Days(date(2026, 11, 11)))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (replace(FLU, disease="cold"), "感染症の名前"),
        (PeriodWord("bereavement", Days(MONDAY)), "続柄"),
        (PeriodWord("deemed_present", Days(MONDAY)), "学んでいる所"),
        (replace(FLU, days=Days(MONDAY, MONDAY - timedelta(days=1))), "終わりの日"),
        (replace(FLU, days=Days(date(2026, 3, 20))), "前の年度"),
        (replace(FLU, days=Days(date(2027, 2, 20))), "先すぎます"),
        (replace(FLU, relief_on=date(2026, 11, 21)), "解熱"),
        (replace(FLU, relief_on=date(2026, 11, 8)), "解熱"),
    ],
)
def test_what_is_no_proposal_is_refused(scope, room, word, said):
    with pytest.raises(services.AttendanceRefused, match=said):
        propose(scope, room[1][0], word)
    assert not ExcusedPeriod.objects.filter(student_id=room[1][0]).exists()


# --- who may


def may(scope, role, deed):
    try:
        deed(actor(scope, role))
    except Refused:
        return False
    except (Http404, services.AttendanceRefused):
        return True
    return True


def test_who_may_propose_and_decide(scope, room):
    from django.db import transaction

    period = propose(scope, room[1][0])
    now, asked = scope.now(9, 0), {"period_id": period.id, "version": 99}
    deeds = {
        "propose": lambda a: services.propose_period(
            actor=a, student_id=room[1][0], word=FLU, now=now
        ),
        "relief": lambda a: services.note_relief(actor=a, relief_on=MONDAY, now=now, **asked),
        "withdraw": lambda a: services.withdraw_period(actor=a, reason="x", now=now, **asked),
        "decide": lambda a: services.decide_period(actor=a, now=now, **asked),
        "decline": lambda a: services.decline_period(actor=a, reason="x", now=now, **asked),
        "revoke": lambda a: services.revoke_period(actor=a, reason="x", now=now, **asked),
        "move": lambda a: services.move_period(
            actor=a, days=Days(MONDAY), is_over=False, reason="", now=now, **asked
        ),
        "delegate": lambda a: services.set_delegation(
            actor=a, is_delegated_now=False, valid_from=scope.today, now=now
        ),
    }
    proposers = {
        "homeroom_teacher", "assistant_homeroom_teacher", "school_nurse", "vice_principal",
        "principal",
    }  # fmt: skip
    for name, deed in deeds.items():
        with transaction.atomic():
            found = {role for role in ROLES if may(scope, role, deed)}
        expected = proposers if name in ("propose", "relief", "withdraw") else {"principal"}
        assert found == expected, name
    period.refresh_from_db()
    assert (period.status, period.version) == ("proposed", 1)


def test_vice_principal_decides_only_from_the_day_it_is_delegated(scope, room):
    def delegate(on, day):
        return services.set_delegation(
            actor=actor(scope, "principal"), is_delegated_now=on, valid_from=day,
            now=scope.now(8, 0),
        )  # fmt: skip

    period = propose(scope, room[1][0])
    with pytest.raises(Refused):
        decide(scope, period, "vice_principal")
    delegate(True, scope.today + timedelta(days=1))
    with pytest.raises(Refused):
        decide(scope, period, "vice_principal")
    delegate(True, scope.today)
    assert decide(scope, period, "vice_principal").status == "decided"
    delegate(False, scope.today)
    other = propose(scope, room[1][1])
    with pytest.raises(Refused):
        decide(scope, other, "vice_principal")
    with pytest.raises(services.AttendanceRefused, match="もうそう"):
        delegate(False, scope.today)
    with pytest.raises(services.AttendanceRefused, match="過ぎた日"):
        delegate(True, scope.today - timedelta(days=1))
    assert len(queries.delegations_of(actor(scope, "principal"))) == 3


def test_vice_principal_decides_where_nobody_holds_the_post_of_principal(scope, room):
    period = propose(scope, room[1][0])
    principal = actor(scope, "principal")
    Appointment.objects.filter(school_id=principal.school_id, post="principal").update(
        ends_on=scope.today - timedelta(days=1)
    )
    assert decide(scope, period, "vice_principal").status == "decided"


def test_teacher_proposes_for_the_own_class_only(scope, room):
    other = seats_on(scope.homeroom_id("2年1組"), scope.today)[0].student_id
    with pytest.raises(Http404):
        propose(scope, other)
    assert propose(scope, other, role="school_nurse").student_id == other


def test_another_school_sees_and_decides_nothing(scope, room):
    period = propose(scope, room[1][0])
    there = scope.actor("principal", "higashikawabata")
    with pytest.raises(Http404):
        services.decide_period(actor=there, period_id=period.id, version=1, now=scope.now(9, 0))
    with pytest.raises(Http404):
        services.propose_period(actor=there, student_id=room[1][0], word=FLU, now=scope.now(9, 0))
    with pytest.raises(Http404):
        queries.excused_page(there, period_id=period.id, today=scope.today)
    assert queries.waiting_count(there) == 0
    assert period not in [
        line.period for line in queries.decisions_of(there, today=scope.today).waiting
    ]


def test_days_at_another_school_are_left_alone(scope, room):
    child = room[1][0]
    far = Homeroom.objects.filter(school__slug="higashikawabata").order_by("position")[0]
    mark(scope, room, child, date(2026, 11, 10))
    AttendanceMark.objects.filter(student_id=child).update(homeroom_id=far.id)
    Enrollment.objects.filter(student_id=child, ends_on=None).update(starts_on=date(2026, 11, 11))
    decide(scope, propose(scope, child, replace(FLU, days=Days(date(2026, 11, 9)))))
    assert codes(child) == {10: "absent_sick"}


def test_report_of_an_infection_or_a_death_nobody_proposed_is_listed_until_somebody_does(
    scope, room, family
):
    from manabiya.apps.attendance.services import Word

    nurse = actor(scope, "school_nurse")
    child = family.child.student_id

    def untold():
        page = queries.decisions_of(nurse, today=scope.today)
        return [(line.student_id, line.report.reason) for line in page.untold]

    if family.school_slug != SCHOOL:
        nurse = scope.actor("school_nurse", family.school_slug)
    before = untold()
    services.submit_reports(
        actor=family.actor, student_ids=[child], first=scope.today, last=scope.today,
        word=Word("absent", "infection", disease="influenza"), key="flu", now=scope.now(7, 30),
    )  # fmt: skip
    assert untold() == [*before, (child, "infection")]
    put_period(scope, child, status="proposed")
    assert untold() == before
