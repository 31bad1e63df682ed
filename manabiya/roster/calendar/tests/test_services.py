"""Who decides a change, what is refused, and what stays when it is withdrawn."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY, Change
from manabiya.roster.calendar.services import (
    ClassesConfirmed,
    DayChangeClash,
    DayChangeRefused,
    set_day_change,
    withdraw_day_change,
)
from manabiya.roster.models import Appointment, DayChange
from manabiya.roster.models.day_change import standing
from manabiya.roster.protection.tests.test_guard_of_rights import somebody_waits

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)  # 勤労感謝の日
TUESDAY = date(2026, 11, 24)


def test_principal_and_vice_principal_decide_and_one_entry_is_left(scope, decide):
    for role, kind in (("principal", DELAYED), ("vice_principal", EARLY)):
        before = AuditEntry.objects.count()
        row = decide(kind, role=role, note=" バスは10時 ")
        assert AuditEntry.objects.count() == before + 1
        entry = AuditEntry.objects.get(action="roster.day-change:set", details__change=str(row.id))
        assert (entry.subject_id, entry.details["kind"]) == (row.school_id, kind)
        assert (row.note, row.set_by_id) == (
            "バスは10時",
            scope.actor(role, "midorigaoka").person_id,
        )


def test_where_both_posts_are_empty_the_academic_affairs_head_decides(scope, decide):
    posts = ("principal", "vice_principal")
    Appointment.objects.filter(school__slug="midorigaoka", post__in=posts).delete()
    assert decide(DELAYED, role="academic_affairs_head").delay_minutes == 120


def test_class_of_another_school_does_not_exist(scope, decide):
    there = scope.homeroom_id("1年1組", "higashikawabata")
    change = Change(CLOSED, scope.today, scope.today, homeroom_id=there)
    with pytest.raises(Http404):
        set_day_change(
            actor=scope.actor("principal", "midorigaoka"), change=change, now=scope.now()
        )
    row = decide(CLOSED)
    with pytest.raises(Http404):
        withdraw_day_change(
            actor=scope.actor("principal", "higashikawabata"), change_id=row.id, now=scope.now()
        )
    assert DayChange.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        (CLOSED, {"first": FRIDAY - timedelta(days=1)}, "過ぎた日"),
        (CLOSED, {"first": TUESDAY, "last": FRIDAY}, "始まりの日より前"),
        (CLOSED, {"first": FRIDAY, "last": FRIDAY + timedelta(days=31)}, "31日まで"),
        (CLOSED, {"first": FRIDAY + timedelta(days=61)}, "60日先まで"),
        (CLOSED, {"first": MONDAY}, "授業日ではありません"),
        (DELAYED, {"minutes": 0}, "時間を選んで"),
        (DELAYED, {"minutes": 361}, "6時間まで"),
        (CLOSED, {"grade": 9}, "だれもいません"),
    ],
)
def test_what_can_not_be_decided(decide, kind, said, words):
    with pytest.raises(DayChangeRefused, match=words):
        decide(kind, **said)
    assert not DayChange.objects.exists()


def test_an_early_end_lies_inside_the_day(scope):
    actor = scope.actor("principal", "midorigaoka")
    for at in (None, time(8, 25), time(15, 30)):
        change = Change(EARLY, scope.today, scope.today, ends_at=at)
        with pytest.raises(DayChangeRefused, match="8:25より後、15:30より前"):
            set_day_change(actor=actor, change=change, now=scope.now())


def test_a_second_start_of_the_same_day_is_refused_until_the_first_is_taken_back(decide):
    first = decide(DELAYED)
    with pytest.raises(DayChangeClash) as clash:
        decide(DELAYED, grade=2, minutes=60)
    assert [row.id for row in clash.value.standing] == [first.id]
    second = decide(DELAYED, minutes=60, replaces=[first.id])
    first.refresh_from_db()
    assert (first.withdrawn_from, second.withdrawn_from) == (FRIDAY, None)
    entry = AuditEntry.objects.get(action="roster.day-change:set", details__change=str(second.id))
    assert entry.details["replaced"] == str(first.id)


def test_replacing_takes_back_what_was_named_and_nothing_else(decide):
    first, other = decide(DELAYED, grade=1), decide(DELAYED, grade=2)
    with pytest.raises(DayChangeClash):
        decide(CLOSED, replaces=[first.id])
    assert DayChange.objects.filter(withdrawn_at=None).count() == 2
    decide(CLOSED, grade=1, replaces=[first.id, other.id])
    other.refresh_from_db()
    assert other.withdrawn_at is None, "what doesn't stand against it stays"


def test_a_closed_class_and_a_later_start_of_the_others_hold_together(decide):
    decide(CLOSED, room="1年1組", last=TUESDAY, cause="infection")
    decide(DELAYED)
    decide(CLOSED, first=TUESDAY)
    assert DayChange.objects.count() == 3


def test_a_confirmed_class_has_to_be_said_again(decide, confirmed):
    confirmed("1年1組")
    for asked in ({}, {"grade": 1}, {"room": "1年1組"}):
        with pytest.raises(ClassesConfirmed, match="1年1組"):
            decide(CLOSED, **asked)
    assert not DayChange.objects.exists()
    decide(CLOSED, grade=2)
    decide(EARLY)
    decide(CLOSED, grade=1, says_again=True)
    assert DayChange.objects.count() == 3


def test_withdrawing_keeps_the_days_that_have_passed(scope, decide):
    row = decide(CLOSED, grade=2, last=TUESDAY)
    DayChange.objects.filter(pk=row.pk).update(starts_on=FRIDAY - timedelta(days=1))
    actor = scope.actor("vice_principal", "midorigaoka")
    withdraw_day_change(actor=actor, change_id=row.id, now=scope.now(9, 0))
    row.refresh_from_db()
    assert (row.withdrawn_from, row.last_day) == (FRIDAY, FRIDAY - timedelta(days=1))
    assert (row.withdrawn_by_id, row.withdrawn_at) == (actor.person_id, scope.now(9, 0))
    thursday = FRIDAY - timedelta(days=1)
    assert DayChange.objects.filter(standing(thursday, thursday)).exists()
    assert not DayChange.objects.filter(standing(FRIDAY, TUESDAY)).exists()
    with pytest.raises(DayChangeRefused, match="もう取り消されて"):
        withdraw_day_change(actor=actor, change_id=row.id, now=scope.now(9, 1))
    assert AuditEntry.objects.filter(action="roster.day-change:withdraw").count() == 1


def test_what_is_over_is_not_withdrawn(scope, decide):
    row = decide(CLOSED)
    day = FRIDAY - timedelta(days=1)
    DayChange.objects.filter(pk=row.pk).update(starts_on=day, ends_on=day)
    with pytest.raises(DayChangeRefused, match="終わった日"):
        withdraw_day_change(
            actor=scope.actor("principal", "midorigaoka"), change_id=row.id, now=scope.now()
        )


def test_the_table_itself_refuses_the_same_change_twice(scope, decide):
    row = decide(CLOSED)
    twin = DayChange(
        school_id=row.school_id, kind=CLOSED, cause="weather", starts_on=FRIDAY, ends_on=TUESDAY,
        set_by_id=row.set_by_id, set_at=scope.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="day_change_once"), transaction.atomic():
        twin.save()
    withdraw_day_change(
        actor=scope.actor("principal", "midorigaoka"), change_id=row.id, now=scope.now()
    )
    twin.save()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_the_second_is_told_what_the_first_decided(city):
    """The second begins before the first commits, waits, and is refused with the first change."""
    municipality = city.municipality().id
    outcome = []

    def decide_too():
        try:
            with tenant(municipality):
                change = Change(DELAYED, FRIDAY, FRIDAY, minutes=60, cause="weather")
                actor = city.actor("vice_principal", "midorigaoka")
                set_day_change(actor=actor, change=change, now=city.now(6, 41))
            outcome.append("decided")
        except DayChangeClash as clash:
            outcome.append([row.delay_minutes for row in clash.standing])
        finally:
            connection.close()

    second = threading.Thread(target=decide_too)
    with tenant(municipality):
        change = Change(DELAYED, FRIDAY, FRIDAY, minutes=120, cause="weather")
        actor = city.actor("principal", "midorigaoka")
        set_day_change(actor=actor, change=change, now=city.now(6, 40))
        second.start()
        assert somebody_waits(second), outcome
    second.join(30)
    assert outcome == [[120]]
