"""The projection: counts of a school × date, recomputed from class days and marks."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import Count

from manabiya.apps.attendance.models import AttendanceMark, ClassDay, SchoolDayCount
from manabiya.roster.models import School
from manabiya.roster.queries import enrolled_counts, school_days

Kind = SchoolDayCount.Kind
KINDS = {
    "present": Kind.PRESENT,
    "deemed_present": Kind.PRESENT,
    "absent_sick": Kind.ABSENT_SICK,
    "absent_other": Kind.ABSENT_OTHER,
    "attendance_suspension": Kind.SUSPENDED,
    "bereavement": Kind.BEREAVED,
    "not_arrived": Kind.NOT_ARRIVED,
}


def recount(keys: dict[str, str]) -> None:
    """Handle an event: recount its school × date; order and repetition don't matter."""
    recount_school_day(UUID(keys["school"]), date.fromisoformat(keys["date"]))


def recount_school_day(school_id: UUID, day: date) -> None:
    """Write the counts of a school on ``day`` from the truth (seven statements)."""
    list(School.objects.select_for_update(no_key=True).filter(pk=school_id).values_list("id"))
    counts = counted(school_id, day)
    SchoolDayCount.objects.bulk_create(
        [
            SchoolDayCount(school_id=school_id, date=day, kind=kind, count=counts[kind])
            for kind in Kind
        ],
        update_conflicts=True,
        unique_fields=["municipality", "school", "date", "kind"],
        update_fields=["count"],
    )


def counted(school_id: UUID, day: date) -> Counter[str]:
    """Return the counts of the confirmed classes; children without a row are present.

    A closed class (学級閉鎖) counts here no more, whatever was confirmed before.
    """
    calendar = school_days(school_id, day, day)
    enrolled: Counter[UUID] = Counter()
    for row in enrolled_counts(day, school_id):
        if calendar.has_lessons(day, row.grade_level, row.homeroom_id):
            enrolled[row.homeroom_id] += row.count
    confirmed = set(
        ClassDay.objects.filter(
            homeroom_id__in=list(enrolled), date=day, confirmed_at__isnull=False
        ).values_list("homeroom_id", flat=True)
    )
    found: Counter[str] = Counter({Kind.CONFIRMED_CLASSES: len(confirmed)})
    rows = AttendanceMark.objects.filter(homeroom_id__in=confirmed, date=day)
    grouped = rows.values_list("status", "late", "left_early").annotate(Count("id")).order_by()
    marked = 0
    for status, late, left_early, number in grouped:
        marked += number
        found[KINDS[status]] += number
        found[Kind.LATE] += number * late
        found[Kind.LEFT_EARLY] += number * left_early
    found[Kind.PRESENT] += sum(enrolled[i] for i in confirmed) - marked
    return found
