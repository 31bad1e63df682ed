"""One sending about several children and several days: all or none, once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from manabiya.apps.attendance import services
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services import Word
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import CalendarDay, GuardianRight
from manabiya.roster.queries import children_of

FLU = Word("absent", "infection", disease="influenza", temperature="39")
MONDAY = date(2026, 11, 23)  # 勤労感謝の日


@dataclass
class Siblings:
    actor: Any
    children: Any


@pytest.fixture
def siblings(scope):
    actor = scope.actor("guardian")
    return Siblings(actor, children_of(actor.person_id, scope.today))


def send(siblings, city, *, children=None, last=None, word=FLU, key="k"):
    chosen = siblings.children if children is None else children
    return services.submit_reports(
        actor=siblings.actor,
        student_ids=[child.student_id for child in chosen],
        first=city.today,
        last=last or city.today,
        word=word,
        key=key,
        now=city.now(),
    )


def test_guardian_reports_two_children_of_two_schools_in_one_sending(siblings, city):
    reports = send(siblings, city)
    stored = AbsenceReport.objects.filter(submission=reports[0].submission)
    assert {r.student_id for r in stored} == {c.student_id for c in siblings.children}
    assert len({r.receipt_number for r in stored}) == 2
    assert {(r.disease, r.temperature) for r in stored} == {("influenza", "39")}
    entry = AuditEntry.objects.get(action="attendance.report:submit")
    assert entry.subject_count == 2
    assert set(entry.details["reports"].split(",")) == {str(r.id) for r in stored}


def test_several_days_are_reported_for_school_days_only(siblings, city):
    child = siblings.children[0]
    reports = send(siblings, city, children=[child], last=MONDAY + timedelta(days=2))
    assert [r.date for r in reports] == [
        city.today,
        MONDAY + timedelta(days=1),
        MONDAY + timedelta(days=2),
    ]
    assert {r.is_after_cutoff for r in reports} == {False}


def test_sending_again_with_the_key_returns_the_first_receipts(siblings, city):
    last = MONDAY + timedelta(days=1)
    first = [r.receipt_number for r in send(siblings, city, last=last)]
    again = [r.receipt_number for r in send(siblings, city, last=last)]
    assert again == first
    assert len(first) == 4
    assert AbsenceReport.objects.filter(guardian_id=siblings.actor.person_id).count() == 4


def test_all_or_none_when_one_day_was_reported_in_other_words(siblings, city):
    send(siblings, city, children=siblings.children[:1], word=Word("absent", "fever"), key="a")
    with pytest.raises(services.AlreadyReported):
        send(siblings, city, key="b")
    assert AbsenceReport.objects.filter(guardian_id=siblings.actor.person_id).count() == 1


def test_sibling_without_school_that_day_is_named(siblings, city):
    other = siblings.children[1]
    CalendarDay.objects.filter(school_id=other.school_id, date=city.today).update(
        is_school_day=False
    )
    with pytest.raises(services.AttendanceRefused) as refusal:
        send(siblings, city)
    assert other.name in str(refusal.value)
    assert not AbsenceReport.objects.filter(guardian_id=siblings.actor.person_id).exists()


def test_last_day_before_the_first_is_refused(siblings, city):
    with pytest.raises(services.AttendanceRefused, match="始まりの日より前"):
        services.submit_reports(
            actor=siblings.actor,
            student_ids=[siblings.children[0].student_id],
            first=MONDAY + timedelta(days=1),
            last=city.today,
            word=FLU,
            key="k",
            now=city.now(),
        )


def test_guardian_cannot_add_a_child_that_is_not_theirs(siblings, city):
    stranger = GuardianRight.objects.exclude(
        student_id__in=[c.student_id for c in siblings.children]
    )[0]
    with pytest.raises(Http404):
        services.submit_reports(
            actor=siblings.actor,
            student_ids=[siblings.children[0].student_id, stranger.student_id],
            first=city.today,
            last=city.today,
            word=FLU,
            key="k",
            now=city.now(),
        )
    assert not AbsenceReport.objects.filter(guardian_id=siblings.actor.person_id).exists()


def test_guardian_cannot_add_a_child_without_the_right_to_report(siblings, city):
    GuardianRight.objects.filter(
        guardian_id=siblings.actor.person_id, student_id=siblings.children[1].student_id
    ).update(can_report=False)
    with pytest.raises(Refused):
        send(siblings, city)
    assert not AbsenceReport.objects.filter(guardian_id=siblings.actor.person_id).exists()


def test_a_disease_stands_only_where_the_reason_is_an_infection(siblings, city):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError, match="absence_report_disease"), transaction.atomic():
        send(siblings, city, word=Word("absent", "fever", disease="influenza"))
