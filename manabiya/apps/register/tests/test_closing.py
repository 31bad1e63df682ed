"""Closing a month: who may take which step, what keeps it open, and that it stays as it was."""

import json
from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from manabiya.apps.attendance import rules
from manabiya.apps.attendance import services as attendance
from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.apps.register import queries, services
from manabiya.apps.register.document import canonical, digest
from manabiya.apps.register.models import RegisterSettings, RegisterStep, RegisterVersion
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Appointment, Post
from manabiya.roster.queries import seats_on

ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "assistant_homeroom_teacher", "subject_teacher", "school_nurse", "office_staff",
    "ict_supporter", "board_officer", "board_administrator", "guardian",
)  # fmt: skip
AT_NO_SCHOOL = {"board_officer", "board_administrator", "guardian"}
MANAGERS = {"principal", "vice_principal"}
TEACHERS = {"homeroom_teacher", "assistant_homeroom_teacher"}
WHO_MAY = {
    services.check_month: MANAGERS | TEACHERS,
    services.close_month: {"vice_principal"},
    services.confirm_month: MANAGERS,
    services.ask_correction: MANAGERS | TEACHERS,
    services.approve_correction: MANAGERS,
    services.decline_correction: MANAGERS,
}


def actions():
    return list(AuditEntry.objects.order_by("at", "id").values_list("action", flat=True))


@pytest.mark.parametrize("service", WHO_MAY, ids=lambda service: service.__name__)
def test_nobody_else_gets_past_the_first_line(room, service):
    import inspect

    names = set(inspect.signature(service).parameters) - {"actor"}
    asked = {name: room.id for name in names} | {"month": room.month, "now": room.city.now()}
    may = set()
    for role in ROLES:
        actor = room.city.actor(role, "" if role in AT_NO_SCHOOL else "midorigaoka")
        try:
            with transaction.atomic():
                service(actor=actor, **{name: asked[name] for name in names})
        except Refused:
            continue
        except (Http404, services.RegisterRefused):
            pass
        may.add(role)
    assert may == WHO_MAY[service]


def test_three_people_close_a_month(room):
    assert queries.sealed(homeroom_id=room.id, day=date(2026, 10, 9)) == ""
    version = room.close()
    steps = queries.steps_of(room.id, room.month)
    assert steps.checked.taken_by_id == room.teacher.person_id
    assert steps.closed.taken_by_id == room.actor("vice_principal").person_id
    assert steps.confirmed.taken_by_id == room.actor("principal").person_id
    assert steps.checked.sha256 == digest(version.document)
    assert steps.closed.sha256 == steps.confirmed.sha256 == version.sha256
    assert version.sha256 == digest(version.document, "0" * 64)
    assert version.document == canonical(json.loads(version.document))
    assert actions() == [
        "register.month:check", "register.month:close", "register.month:confirm",
    ]  # fmt: skip
    entry = AuditEntry.objects.get(action="register.month:close")
    assert entry.details == {"month": "2026-10", "sha256": version.sha256, "version": 1}
    assert "10月の出席簿は締めてあります" in queries.sealed(
        homeroom_id=room.id, day=date(2026, 10, 31)
    )
    for other in (date(2026, 9, 30), date(2026, 11, 1)):
        assert queries.sealed(homeroom_id=room.id, day=other) == ""


def test_closing_twice_changes_nothing(room):
    room.close()
    before = list(RegisterVersion.objects.values()), list(RegisterStep.objects.values()), actions()
    for service, role in (
        (services.close_month, "vice_principal"),
        (services.confirm_month, "principal"),
    ):
        with pytest.raises(services.RegisterRefused, match="何も変えていません"):
            service(**room.of(room.actor(role)))
    with pytest.raises(services.RegisterRefused, match="もう締めてあります"):
        services.check_month(**room.of(room.teacher))
    now = list(RegisterVersion.objects.values()), list(RegisterStep.objects.values()), actions()
    assert now == before


def test_unconfirmed_days_and_open_arrivals_are_listed(room):
    seat = seats_on(room.id, date(2026, 10, 6))[2]
    ClassDay.objects.filter(homeroom_id=room.id, date=date(2026, 10, 2)).delete()
    AttendanceMark.objects.create(
        student_id=seat.student_id, date=date(2026, 10, 6), homeroom_id=room.id,
        status="not_arrived", source="teacher", decided_by_id=room.teacher.person_id,
        decided_at=room.city.now(),
    )  # fmt: skip
    with pytest.raises(services.MonthNotReady) as refused:
        services.check_month(**room.of(room.teacher))
    assert [(o.day, o.words) for o in refused.value.obstacles] == [
        (date(2026, 10, 2), "10月2日の出欠が確定していません。"),
        (date(2026, 10, 6), f"10月6日の未着({seat.roll_number}番)に結果がついていません。"),
    ]
    with pytest.raises(services.MonthNotReady):
        services.close_month(**room.of(room.actor("vice_principal")))
    assert not RegisterVersion.objects.exists()
    assert not RegisterStep.objects.exists()


def test_month_that_is_not_over_is_refused(room):
    with pytest.raises(services.MonthNotReady) as refused:
        services.check_month(**room.of(room.teacher, month=date(2026, 11, 1)))
    assert "11月24日の授業がまだです。" in [o.words for o in refused.value.obstacles]
    with pytest.raises(services.RegisterRefused, match="年度の月ではありません"):
        services.check_month(**room.of(room.teacher, month=date(2027, 4, 1)))


def test_steps_are_taken_in_order(room):
    with pytest.raises(services.RegisterRefused, match="点検がまだ"):
        services.close_month(**room.of(room.actor("vice_principal")))
    with pytest.raises(services.RegisterRefused, match="まだ締めていません"):
        services.confirm_month(**room.of(room.actor("principal")))


def test_what_changed_after_the_check_is_checked_again(room):
    services.check_month(**room.of(room.teacher))
    seat = seats_on(room.id, date(2026, 10, 6))[0]
    attendance.confirm_day(
        actor=room.actor("vice_principal"), homeroom_id=room.id, day=date(2026, 10, 6),
        entries=[rules.Entry(seat.student_id, "present", "late")], now=room.city.now(),
    )  # fmt: skip
    with pytest.raises(services.RegisterRefused, match="点検のあとで出席簿が変わりました"):
        services.close_month(**room.of(room.actor("vice_principal")))
    services.check_month(**room.of(room.teacher))
    version = services.close_month(**room.of(room.actor("vice_principal")))
    assert json.loads(version.document)["totals"]["late"] == 1


def test_manager_checks_only_where_the_class_has_no_teacher(room):
    manager = room.actor("vice_principal")
    with pytest.raises(services.RegisterRefused, match="担任が行います"):
        services.check_month(**room.of(manager))
    Appointment.objects.filter(homeroom_id=room.id, post=Post.HOMEROOM_TEACHER).update(
        ends_on=date(2026, 11, 19)
    )
    assert services.check_month(**room.of(manager)).taken_by_id == manager.person_id


def test_vice_principal_confirms_only_where_the_board_delegates_it(room):
    services.check_month(**room.of(room.teacher))
    services.close_month(**room.of(room.actor("vice_principal")))
    asked = room.of(room.actor("vice_principal"))
    RegisterSettings.objects.create(valid_from=date(2026, 11, 21), delegates_confirmation=True)
    with pytest.raises(services.RegisterRefused, match="校長が行います"):
        services.confirm_month(**asked)
    RegisterSettings.objects.create(valid_from=date(2026, 11, 20), delegates_confirmation=True)
    assert services.confirm_month(**asked).taken_by_id == asked["actor"].person_id


def test_steps_of_empty_posts_fall_to_who_is_there(room):
    """Without a vice principal the principal closes; without a principal the deputy confirms."""
    services.check_month(**room.of(room.teacher))
    vice = Appointment.objects.filter(post=Post.VICE_PRINCIPAL, school__slug="midorigaoka")
    vice.update(ends_on=date(2026, 11, 19))
    principal = room.actor("principal")
    services.close_month(**room.of(principal))
    vice.update(ends_on=None)
    heads = Appointment.objects.filter(post=Post.PRINCIPAL, school__slug="midorigaoka")
    heads.update(ends_on=date(2026, 11, 19))
    deputy = room.actor("vice_principal")
    assert services.confirm_month(**room.of(deputy)).taken_by_id == deputy.person_id


def test_staff_of_another_school_or_class_find_nothing(room):
    with pytest.raises(Http404):
        services.close_month(**room.of(room.actor("vice_principal", "higashikawabata")))
    with pytest.raises(Http404):
        services.confirm_month(**room.of(room.actor("principal", "higashikawabata")))
    other = room.actor("homeroom_teacher")
    theirs = next(iter(other.grants[0].homeroom_ids))
    if theirs == room.id:
        theirs, room.id = room.id, room.city.homeroom_id("2年1組")
    with pytest.raises(Http404):
        services.check_month(**room.of(other))


def test_closed_days_are_refused_to_every_hand(room):
    seat = seats_on(room.id, date(2026, 10, 6))[0]
    room.close()
    with pytest.raises(attendance.AttendanceRefused, match="10月の出席簿は締めてあります"):
        attendance.confirm_day(
            actor=room.teacher, homeroom_id=room.id, day=date(2026, 10, 6),
            entries=[rules.Entry(seat.student_id, "present", "late")], now=room.city.now(),
        )  # fmt: skip
    assert not AttendanceMark.objects.filter(date=date(2026, 10, 6), homeroom_id=room.id).exists()


def test_copies_and_steps_can_be_added_only(room):
    room.close()
    for rows, change in (
        (RegisterVersion.objects, {"document": "{}"}),
        (RegisterStep.objects, {"sha256": "0" * 64}),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.all()._raw_delete("default")
