"""年度末確定: a school closes a school year; its enrollments end on 3/31."""

from datetime import datetime

from django.db.models import Q

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.school_year import last_day
from manabiya.roster.enrolling import queries, rules
from manabiya.roster.enrolling.policies import YEAR_CLOSE
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.models import Enrollment, ExchangePlacement, School, SchoolYearClosing


@service
def close_school_year(*, actor: Actor, school_year: int, now: datetime) -> SchoolYearClosing:
    """End every enrollment of the year at the actor's school on 3/31: 進級 or 卒業.

    Who has left before stays as it is. Raises ``Refused``, :class:`EnrollingRefused` (before
    3/31, another year, closed already).
    """
    YEAR_CLOSE.require(actor)
    if school_year != rules.year_to_close(actor.today):
        raise EnrollingRefused("年度を確定できるのは、3月31日から4月30日までです。")
    school = YEAR_CLOSE.get(actor, School.objects.select_for_update(), pk=actor.at)
    if SchoolYearClosing.objects.filter(school=school, school_year=school_year).exists():
        raise EnrollingRefused("この年度は、もう確定してあります。")
    counts = _end_enrollments(school, school_year)
    closing = SchoolYearClosing.objects.create(
        school=school, school_year=school_year, closed_at=now, closed_by=actor.person_id
    )
    record(
        actor=actor,
        action="roster.school-year:close",
        subject_type="school",
        subject_id=school.id,
        subject_count=sum(counts.values()),
        data_class=DataClass.II,
        details={"school_year": school_year, **counts},
    )
    return closing


def _end_enrollments(school: School, school_year: int) -> dict[str, int]:
    """End the rows that would go on, or end that day without a word; return how many of each."""
    last = last_day(school_year)
    rows = queries.enrollments_to_close(school.id, school_year)
    leaving = Q(grade_level__gte=rules.highest_grade(school.kind))
    ids = list(rows.values_list("student_id", flat=True))
    placed = ExchangePlacement.objects.filter(
        student_id__in=ids, homeroom__school_year=school_year, ends_on=None
    )
    placed.update(ends_on=last)
    graduated = list(rows.filter(leaving).values_list("id", flat=True))
    promoted = list(rows.exclude(leaving).values_list("id", flat=True))
    for found, exit_ in (
        (graduated, Enrollment.Exit.GRADUATION),
        (promoted, Enrollment.Exit.PROMOTION),
    ):
        Enrollment.objects.filter(pk__in=found).update(ends_on=last, exit=exit_)
    return {"graduated": len(graduated), "promoted": len(promoted)}
