"""The board's cut-off in reports: the one of the day a report is about, and no later version."""

from datetime import time, timedelta

import pytest

from manabiya.apps.attendance import services
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services.phone import take_phone_report
from manabiya.apps.attendance.services.reports import Word
from manabiya.roster.models import ReportCutoff, School

FEVER = Word("absent", "fever")


def send(family, city, minute):
    AbsenceReport.objects.all().delete()
    return services.submit_report(
        actor=family.actor, student_id=family.child.student_id, day=city.today, word=FEVER,
        key=f"cutoff-{minute}", now=city.now(8, minute),
    )  # fmt: skip


def call(family, city, minute):
    AbsenceReport.objects.all().delete()
    return take_phone_report(
        actor=city.actor("office_staff", family.school_slug), student_id=family.child.student_id,
        day=city.today, word=FEVER, key=f"call-{minute}", now=city.now(8, minute),
    )  # fmt: skip


@pytest.mark.parametrize("take", [send, call])
def test_the_boards_hour_of_the_day_decides_who_is_late(family, city, take):
    ReportCutoff.objects.create(valid_from=city.today + timedelta(days=1), cutoff=time(8, 0))
    assert not take(family, city, 10).is_after_cutoff
    ReportCutoff.objects.create(valid_from=city.today, cutoff=time(8, 5))
    assert not take(family, city, 5).is_after_cutoff
    assert take(family, city, 6).is_after_cutoff


@pytest.mark.parametrize("take", [send, call])
def test_a_school_with_its_own_hour_keeps_it(family, city, take):
    ReportCutoff.objects.create(valid_from=city.today, cutoff=time(8, 0))
    School.objects.filter(pk=family.child.school_id).update(
        report_cutoff=time(8, 20), keeps_own_cutoff=True
    )
    assert not take(family, city, 20).is_after_cutoff
    assert take(family, city, 21).is_after_cutoff


def test_a_guardian_may_change_a_report_until_the_hour_of_its_day(family, city):
    report = send(family, city, 1)
    ReportCutoff.objects.create(valid_from=city.today, cutoff=time(8, 5))
    with pytest.raises(services.AttendanceRefused, match="8:05"):
        services.change_report(
            actor=family.actor, report_id=report.pk, word=FEVER, now=city.now(8, 6)
        )
