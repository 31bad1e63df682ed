"""Evidence is counted from the rows of the period: a row that goes changes it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.evidence import EVIDENCE, absences_by_cloud, classes_confirmed
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
from manabiya.apps.attendance.tests.deciding import MONDAY, actor, mark
from manabiya.kernel.registry import Share, registry
from manabiya.law.checklist_items import ITEMS
from manabiya.roster.models import DayChange, Enrollment, GuardianRight, Homeroom, School

FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def school(scope):
    """Return the 小学校, without a mark in the week."""
    found = School.objects.get(slug="midorigaoka")
    AttendanceMark.objects.filter(homeroom__school=found, date__range=(MONDAY, FRIDAY)).delete()
    return found


def report(scope, student_id, day, *, by="guardian", **more):
    sender = (
        {"guardian_id": GuardianRight.objects.filter(student_id=student_id)[0].guardian_id}
        if by == "guardian"
        else {"staff_member_id": actor(scope, "office_staff").person_id}
    )
    key = f"{student_id}{day}{by}"
    return AbsenceReport.objects.create(
        student_id=student_id, date=day, kind="absent", reason="fever",
        submitted_at=scope.now(7, 40), idempotency_key=key[-64:], receipt_number=f"{student_id}"[-12:],
        **{"status": "applied", **sender, **more},
    )  # fmt: skip


def test_absence_a_guardian_reported_counts_and_one_taken_by_telephone_does_not(
    scope, room, school
):
    for child in room[1][:3]:
        mark(scope, room, child, MONDAY)
    mark(scope, room, room[1][3], MONDAY, "present", late=True)
    row = report(scope, room[1][0], MONDAY)
    report(scope, room[1][1], MONDAY, by="office")
    report(scope, room[1][2], MONDAY, status="cancelled")
    assert absences_by_cloud([school.id], MONDAY, FRIDAY) == {school.id: Share(1, 3)}
    row.delete()
    assert absences_by_cloud([school.id], MONDAY, FRIDAY) == {school.id: Share(0, 3)}


def test_school_without_an_absence_is_unknown(scope, school):
    assert absences_by_cloud([school.id], MONDAY, FRIDAY) == {}
    sunday = date(2026, 11, 8)
    assert classes_confirmed([school.id], sunday, sunday) == {}


def test_confirmed_days_of_all_days_with_lessons(scope, school):
    rooms = Enrollment.objects.filter(school=school, ends_on=None).values("homeroom_id").distinct()
    everything = rooms.count() * 5
    assert classes_confirmed([school.id], MONDAY, FRIDAY) == {
        school.id: Share(everything, everything)
    }
    day = ClassDay.objects.filter(homeroom__school=school, date=MONDAY)[0]
    day.confirmed_at = day.confirmed_by = None
    day.save()
    assert classes_confirmed([school.id], MONDAY, FRIDAY)[school.id].numerator == everything - 1


def test_closed_class_owes_no_confirmation(scope, school):
    before = classes_confirmed([school.id], MONDAY, FRIDAY)[school.id]
    homeroom = Homeroom.objects.get(pk=scope.homeroom_id("1年1組"))
    DayChange.objects.create(
        school=school, kind="closed", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=1),
        homeroom=homeroom, cause="infection",
        set_by_id=actor(scope, "principal").person_id, set_at=scope.now(7, 0),
    )  # fmt: skip
    after = classes_confirmed([school.id], MONDAY, FRIDAY)[school.id]
    assert after.denominator == before.denominator - 2


def test_number_of_questions_does_not_grow_with_schools_and_days(scope):
    schools = list(School.objects.values_list("id", flat=True))
    for evidence in EVIDENCE:
        with CaptureQueriesContext(connection) as one:
            evidence.compute(schools[:1], MONDAY, MONDAY)
        with CaptureQueriesContext(connection) as everything:
            evidence.compute(schools, date(2026, 4, 1), FRIDAY)
        assert len(one) <= len(everything) <= len(one) + 1


def test_each_stands_in_the_registry_beside_a_question_there_is():
    for evidence in EVIDENCE:
        assert registry.evidence[evidence.key] is evidence
        assert evidence.item in ITEMS
