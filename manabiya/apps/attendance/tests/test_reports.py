"""Services of reports: what a guardian may, and what stays unchanged when refused."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.attendance.services.reports import Word
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import GuardianRight, Student

FEVER = Word("absent", "fever")
LATE = Word("late", "clinic", time(9, 30))


def send(family, city, *, word=FEVER, key="k1", day=None, student_id=None, hour=7, minute=50):
    return services.submit_report(
        actor=family.actor,
        student_id=student_id or family.child.student_id,
        day=day or city.today,
        word=word,
        key=key,
        now=city.now(hour, minute),
    )


def test_guardian_reports_absence_of_today(family, city, heard):
    before = AbsenceReport.objects.count()
    report = send(family, city)
    stored = AbsenceReport.objects.get(pk=report.pk)
    assert AbsenceReport.objects.count() == before + 1
    assert (stored.kind, stored.reason, stored.status) == ("absent", "fever", "submitted")
    assert stored.guardian_id == family.actor.person_id
    assert stored.staff_member_id is None
    assert stored.submitted_at == city.now()
    assert not stored.is_after_cutoff
    assert stored.receipt_number.startswith("1120-0750-")
    entry = AuditEntry.objects.get(action="attendance.report:submit")
    assert entry.subject_id == family.child.student_id
    assert entry.data_class == 2
    assert heard == [
        (
            "attendance.report_received",
            {"report": report.id, "school": family.child.school_id, "date": city.today},
        )
    ]


def test_double_tap_returns_the_first_receipt(family, city):
    first = send(family, city)
    before = AbsenceReport.objects.count()
    again = send(family, city, minute=51)
    assert again.id == first.id
    assert again.receipt_number == first.receipt_number
    assert AbsenceReport.objects.count() == before


def test_same_words_sent_again_from_a_new_page_return_the_first_receipt(family, city):
    first = send(family, city)
    again = send(family, city, key="k2", minute=52)
    assert again.receipt_number == first.receipt_number
    assert AbsenceReport.objects.filter(guardian_id=family.actor.person_id).count() == 1


def test_other_words_are_not_taken_for_the_first_report(family, city):
    send(family, city)
    with pytest.raises(services.AlreadyReported):
        send(family, city, word=Word("absent", "fever", note="39度です"), key="k2")


def test_key_of_another_guardian_is_refused(family, city):
    other = AbsenceReport.objects.exclude(guardian_id=family.actor.person_id)[0]
    with pytest.raises(services.AttendanceRefused):
        send(family, city, key=other.idempotency_key)


def test_second_report_of_the_same_day_points_to_the_first(family, city):
    first = send(family, city)
    with pytest.raises(services.AlreadyReported) as refusal:
        send(family, city, word=LATE, key="k2")
    assert refusal.value.report.id == first.id
    assert AbsenceReport.objects.filter(guardian_id=family.actor.person_id).count() == 1


def test_late_and_left_early_of_one_day_stand_beside_each_other(family, city):
    send(family, city, word=LATE)
    send(family, city, word=Word("left_early", "clinic"), key="k2")
    assert AbsenceReport.objects.filter(guardian_id=family.actor.person_id).count() == 2


def test_guardian_cannot_report_absence_for_other_child(family, city):
    other = Student.objects.exclude(pk=family.child.student_id)[0]
    before = AbsenceReport.objects.count()
    with pytest.raises(Http404):
        send(family, city, student_id=other.id)
    assert AbsenceReport.objects.count() == before


def test_guardian_without_the_right_to_report_is_refused(family, city):
    GuardianRight.objects.filter(guardian_id=family.actor.person_id).update(can_report=False)
    with pytest.raises(Refused):
        send(family, city)
    assert not AbsenceReport.objects.filter(guardian_id=family.actor.person_id).exists()


def test_teacher_is_no_guardian(family, city):
    family.actor = city.actor("vice_principal", family.school_slug)
    with pytest.raises(Refused):
        send(family, city)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 19),  # past
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 23),  # holiday
        date(2026, 12, 7),  # more than fourteen days ahead
    ],
)
def test_day_that_takes_no_report(family, city, day):
    with pytest.raises(services.AttendanceRefused):
        send(family, city, day=day)
    assert not AbsenceReport.objects.filter(guardian_id=family.actor.person_id).exists()


def test_after_the_cutoff_a_report_is_taken_and_says_so(family, city):
    report = send(family, city, hour=8, minute=16)
    assert report.is_after_cutoff
    assert report.status == "submitted"


def test_report_for_tomorrow_in_the_evening_is_not_late(family, city):
    report = send(family, city, day=city.today + timedelta(days=4), hour=21)
    assert not report.is_after_cutoff


def test_guardian_changes_an_open_report(family, city, heard):
    report = send(family, city)
    services.change_report(actor=family.actor, report_id=report.id, word=LATE, now=city.now(8, 15))
    report.refresh_from_db()
    assert (report.kind, report.reason, report.status) == ("late", "clinic", "changed")
    assert report.changed_at == city.now(8, 15)
    assert AuditEntry.objects.filter(action="attendance.report:change").count() == 1
    assert len(heard) == 2


def test_guardian_cannot_change_after_the_cutoff(family, city):
    report = send(family, city)
    with pytest.raises(services.AttendanceRefused) as refusal:
        services.change_report(
            actor=family.actor, report_id=report.id, word=LATE, now=city.now(8, 16)
        )
    assert family.child.school_phone in str(refusal.value)
    report.refresh_from_db()
    assert (report.kind, report.status) == ("absent", "submitted")


def test_guardian_cancels_an_open_report_and_may_send_anew(family, city):
    report = send(family, city)
    services.cancel_report(actor=family.actor, report_id=report.id, now=city.now(8, 0))
    report.refresh_from_db()
    assert report.status == "cancelled"
    assert AuditEntry.objects.filter(action="attendance.report:cancel").count() == 1
    assert send(family, city, key="k2").status == "submitted"


def test_guardian_cannot_cancel_after_the_cutoff(family, city):
    report = send(family, city)
    with pytest.raises(services.AttendanceRefused):
        services.cancel_report(actor=family.actor, report_id=report.id, now=city.now(9, 0))
    report.refresh_from_db()
    assert report.status == "submitted"


def test_guardian_cannot_touch_the_report_of_another_guardian(family, city):
    other = AbsenceReport.objects.exclude(guardian_id=family.actor.person_id)[0]
    with pytest.raises(Http404):
        services.cancel_report(actor=family.actor, report_id=other.id, now=city.now())
    other.refresh_from_db()
    assert other.status == "submitted"


def confirm(family, city):
    return services.confirm_day(
        actor=city.actor("vice_principal", family.school_slug),
        homeroom_id=family.homeroom_id,
        day=city.today,
        entries=[],
        now=city.now(8, 31),
    )


def test_report_after_confirmation_becomes_a_conflict_and_changes_no_mark(family, city):
    confirm(family, city)
    report = send(family, city, hour=9)
    assert report.status == "conflict"
    assert not AttendanceMark.objects.filter(
        student_id=family.child.student_id, date=city.today
    ).exists()


def test_conflict_is_settled_when_the_teacher_decides(family, city):
    confirm(family, city)
    report = send(family, city, hour=9)
    services.confirm_day(
        actor=city.actor("vice_principal", family.school_slug),
        homeroom_id=family.homeroom_id,
        day=city.today,
        entries=[rules.Entry(family.child.student_id, "present", "absent")],
        settled=[report.id],
        now=city.now(9, 5),
    )
    report.refresh_from_db()
    assert report.status == "applied"
    mark = AttendanceMark.objects.get(student_id=family.child.student_id, date=city.today)
    assert mark.report_id == report.id


def test_applied_report_cannot_be_changed(family, city):
    report = send(family, city)
    confirm(family, city)
    with pytest.raises(services.AttendanceRefused):
        services.change_report(
            actor=family.actor, report_id=report.id, word=LATE, now=city.now(8, 10)
        )
    report.refresh_from_db()
    assert report.status == "applied"


def test_receipt_numbers_are_unique_in_the_municipality(family, city):
    from django.db import IntegrityError, transaction

    report = send(family, city)
    twin = AbsenceReport(
        student_id=report.student_id,
        date=report.date,
        kind="late",
        reason="clinic",
        guardian_id=report.guardian_id,
        submitted_at=city.now(),
        idempotency_key=uuid4().hex,
        receipt_number=report.receipt_number,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
