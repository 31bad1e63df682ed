"""The demo: no 出席停止, 忌引 or 出席扱い stands without the decision behind it."""

from django.db.models import Exists, OuterRef

from manabiya.apps.attendance.models import AttendanceMark, ExcusedPeriod, ExcusedPeriodChange


def test_every_such_mark_of_the_demo_lies_in_a_decided_period(scope):
    behind = ExcusedPeriod.objects.filter(
        student_id=OuterRef("student_id"), first_day__lte=OuterRef("date"),
        last_day__gte=OuterRef("date"), status="ended", decided_by__isnull=False,
    )  # fmt: skip
    marks = AttendanceMark.objects.filter(
        status__in=("attendance_suspension", "bereavement", "deemed_present")
    ).exclude(cause="S4")
    assert marks.count() > 0
    assert not marks.filter(~Exists(behind)).exists()
    assert ExcusedPeriodChange.objects.count() == 2 * ExcusedPeriod.objects.count()
