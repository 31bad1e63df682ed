"""Take a class by period: exceptions of children in lessons, and which periods were taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import by_period
from manabiya.apps.attendance.models import MarkChange, PeriodMark, PeriodRoll
from manabiya.apps.attendance.policies import PERIOD_MARK
from manabiya.apps.attendance.queries.by_period import period_marks, taken_periods
from manabiya.apps.attendance.queries.class_day import refuse_other_days
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.seals import refuse_sealed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import school_days, seats_on

Lesson = tuple[UUID, int]


class PeriodClash(AttendanceRefused):
    """The same lesson of a child was changed by two people to different values."""

    def __init__(self, clashes: Sequence[by_period.CellClash]) -> None:
        super().__init__(
            _("ほかの人も同じ時間を変えていました。下で確かめて、もう一度保存してください。")
        )
        self.clashes = tuple(clashes)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lessons of children changed, and which periods were taken for the first time."""

    changed: int
    periods: tuple[int, ...]


@service
def mark_periods(
    *,
    actor: Actor,
    homeroom_id: UUID,
    day: date,
    cells: Sequence[by_period.Cell],
    periods: Collection[int],
    now: datetime,
) -> Taken:
    """Save a form by period: ``cells`` with what they were opened with, ``periods`` taken.

    A period with a changed lesson is taken with it, and stays taken. A change in a period that was
    taken before leaves a ``MarkChange`` with the period. The child's day is not written: it is
    derived and confirmed on the class page. Raises ``Http404``, ``Refused``,
    :class:`AttendanceRefused` (a day ahead, a day without lessons, a closed month),
    :class:`PeriodClash`.
    """
    PERIOD_MARK.require(actor)
    homeroom = PERIOD_MARK.get(
        actor,
        Homeroom.objects.select_related("school").select_for_update(no_key=True, of=("self",)),
        pk=homeroom_id,
    )
    refuse_other_days(PERIOD_MARK, actor, homeroom.id, day)
    _check(homeroom, day, actor.today, cells)
    marks = period_marks(homeroom.id, day)
    standing = {(i, period): status for i, row in marks.items() for period, status in row.items()}
    merged = by_period.merge(cells, standing)
    if merged.clashes:
        raise PeriodClash(merged.clashes)
    taken = taken_periods(homeroom.id, day)
    fresh = tuple(sorted({*periods, *(p for _child, p in merged.values)} - taken))
    place = _Place(homeroom.id, day, actor.person_id, now)
    _write(place, merged.values)
    _keep(place, [(lesson, standing.get(lesson, ""), new)
                  for lesson, new in merged.values.items() if lesson[1] in taken])  # fmt: skip
    PeriodRoll.objects.bulk_create(place.roll(period) for period in fresh)
    record(
        actor=actor,
        action="attendance.period:mark",
        subject_type="homeroom",
        subject_id=homeroom.id,
        subject_count=len(merged.values),
        data_class=DataClass.II,
        details={
            "date": day.isoformat(),
            "periods": list(fresh),
            "changed": sorted({str(child) for child, _period in merged.values}),
        },
    )
    return Taken(len(merged.values), fresh)


def _check(homeroom: Homeroom, day: date, today: date, cells: Sequence[by_period.Cell]) -> None:
    if day > today:
        raise AttendanceRefused(
            _("これからの日は記録できません。その日になってから記録してください。")
        )
    refuse_sealed([homeroom.id], day)
    calendar = school_days(homeroom.school_id, day, day)
    seats = [
        seat
        for seat in seats_on(homeroom.id, day)
        if by_period.is_by_period(homeroom.school.kind, seat.grade_level)
    ]
    known = {s.student_id for s in seats if calendar.has_lessons(day, s.grade_level, homeroom.id)}
    if not known:
        raise AttendanceRefused(
            _("この日、この学級は時間ごとに記録しません。記録するものはありません。")
        )
    if any(cell.student_id not in known and cell.chosen != cell.base for cell in cells):
        raise AttendanceRefused(
            _(
                "この学級にいない人が入っています。何も保存していません。画面を開きなおしてください。"
            )
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where, when and by whom something is written."""

    homeroom_id: UUID
    day: date
    person_id: UUID
    now: datetime

    def roll(self, period: int) -> PeriodRoll:
        """Return the row of a taken period."""
        return PeriodRoll(
            homeroom_id=self.homeroom_id,
            date=self.day,
            period=period,
            taken_by_id=self.person_id,
            taken_at=self.now,
        )


def _write(place: _Place, values: Mapping[Lesson, str]) -> None:
    """Write what is said of lessons: one statement for exceptions, one for what is none any more."""
    said = [
        PeriodMark(
            student_id=student_id,
            date=place.day,
            homeroom_id=place.homeroom_id,
            period=period,
            status=status,
            marked_by_id=place.person_id,
            marked_at=place.now,
        )
        for (student_id, period), status in values.items()
        if status
    ]
    if said:
        PeriodMark.objects.bulk_create(
            said,
            update_conflicts=True,
            unique_fields=["municipality", "student", "date", "period"],
            update_fields=["homeroom", "status", "marked_by", "marked_at"],
        )
    for period in {period for (_child, period), status in values.items() if not status}:
        gone = [child for (child, p), status in values.items() if p == period and not status]
        PeriodMark.objects.filter(date=place.day, period=period, student_id__in=gone).delete()


def _keep(place: _Place, changes: Sequence[tuple[Lesson, str, str]]) -> None:
    """Keep old → new of lessons in periods that were taken before."""
    MarkChange.objects.bulk_create(
        MarkChange(
            student_id=student_id,
            date=place.day,
            homeroom_id=place.homeroom_id,
            old={"period": period, "status": old},
            new={"period": period, "status": new},
            changed_by_id=place.person_id,
            changed_at=place.now,
        )
        for (student_id, period), old, new in changes
    )
