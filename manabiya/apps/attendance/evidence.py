"""What attendance can show of itself: absences that came by the cloud, classes confirmed on the page."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
from manabiya.apps.attendance.queries.families import GONE
from manabiya.kernel.registry.evidence import Evidence, Share
from manabiya.roster.calendar.days import ClassOfGrade, SchoolDays
from manabiya.roster.queries import calendars_of, classes_of_grades

ABSENCES = (AttendanceMark.Status.ABSENT_SICK, AttendanceMark.Status.ABSENT_OTHER)


def absences_by_cloud(school_ids: Collection[UUID], first: date, last: date) -> dict[UUID, Share]:
    """Count the absences (病欠, 事故欠) a guardian reported over the product, of all (one query).

    What staff took down at the telephone is not among the first.
    """
    reports = AbsenceReport.objects.filter(
        student_id=OuterRef("student_id"),
        date=OuterRef("date"),
        kind=AbsenceReport.Kind.ABSENT,
        guardian__isnull=False,
    ).exclude(status__in=GONE)
    rows = (
        AttendanceMark.objects.filter(
            homeroom__school_id__in=school_ids, date__range=(first, last), status__in=ABSENCES
        )
        .order_by()
        .values_list("homeroom__school_id")
        .annotate(reported=Count("id", filter=Q(Exists(reports))), everything=Count("id"))
    )
    return {school_id: Share(reported, everything) for school_id, reported, everything in rows}


def classes_confirmed(school_ids: Collection[UUID], first: date, last: date) -> dict[UUID, Share]:
    """Count the classes' days confirmed on the page, of all their days with lessons (4 queries)."""
    calendars = calendars_of(school_ids, first, last)
    classes = classes_of_grades(school_ids, first, last)
    rows = (
        ClassDay.objects.filter(
            homeroom__school_id__in=school_ids,
            date__range=(first, last),
            confirmed_at__isnull=False,
        )
        .order_by()
        .values_list("homeroom_id")
        .annotate(days=Count("date"))
    )
    confirmed: dict[UUID, int] = dict(rows)
    found = {}
    for school_id, calendar in calendars.items():
        due = _days_due(calendar, classes.get(school_id, ()))
        if sum(due.values()):
            done = sum(min(confirmed.get(room, 0), days) for room, days in due.items())
            found[school_id] = Share(done, sum(due.values()))
    return found


def _days_due(calendar: SchoolDays, classes: Collection[ClassOfGrade]) -> dict[UUID, int]:
    """Return, by class, the days on which children of one of its grades have lessons."""
    by_grade = {one.grade_level: calendar.days(one.grade_level) for one in classes}
    days: dict[UUID, set[date]] = defaultdict(set)
    for one in classes:
        closed = set(calendar.excused_days(one.grade_level, one.homeroom_id))
        days[one.homeroom_id].update(
            day
            for day in by_grade[one.grade_level]
            if one.first <= day <= one.last and day not in closed
        )
    return {room: len(found) for room, found in days.items()}


EVIDENCE = (
    Evidence(
        "attendance-absences-by-cloud",
        "absence_contact",
        "保護者がこの画面で連絡した欠席",
        "保護者が連絡した欠席",
        "欠席の全部(病欠・事故欠)",
        absences_by_cloud,
    ),
    Evidence(
        "attendance-classes-confirmed",
        "absence_contact",
        "この画面で確定した学級の日",
        "確定した学級の日",
        "授業のあった学級の日",
        classes_confirmed,
    ),
)
"""Both beside the question 欠席・遅刻・早退の連絡のクラウド化."""
