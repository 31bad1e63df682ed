"""通った日: which days of a decided 出席扱い the facility confirmed, and the month to note them in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import ExcusedPeriod, FacilityDay


def visited_days(period_id: UUID) -> frozenset[date]:
    """Return the days on which the child learned at the facility (one query)."""
    rows = FacilityDay.objects.filter(period_id=period_id).order_by("noted_at", "id")
    newest = dict(rows.values_list("date", "is_visited"))
    return frozenset(day for day, is_visited in newest.items() if is_visited)


def excuses(day: date) -> Case:
    """Return the expression over periods: is the day what was decided?

    出席停止, 忌引 and 変災 excuse each of their days; 出席扱い those the facility confirmed.
    """
    said = FacilityDay.objects.filter(period=OuterRef("pk"), date=day)
    newest = said.order_by("-noted_at", "-id").values("is_visited")[:1]
    is_visited = Coalesce(Subquery(newest, output_field=BooleanField()), Value(False))
    return Case(
        When(~Q(status__in=excused.EXCUSING), then=Value(False)),
        When(kind=excused.DEEMED_PRESENT, then=is_visited),
        default=Value(True),
        output_field=BooleanField(),
    )


@dataclass(frozen=True, slots=True)
class FacilityMonth:
    """The 授業日 of one month inside a period; months before and after it, where there are any."""

    first: date
    days: tuple[tuple[date, str, bool], ...]
    before: date | None
    after: date | None

    @property
    def visited(self) -> int:
        """Return on how many days the child learned at the facility."""
        return sum(is_visited for _day, _code, is_visited in self.days)


def facility_month(
    period: ExcusedPeriod, days: Collection[tuple[date, str]], month: date | None
) -> FacilityMonth | None:
    """Return a month of a decided 出席扱い (``None``: the last one), None where there are no days.

    ``days``: the 授業日 of the period up to today with the code that stands ("": unconfirmed).
    """
    is_open_to_notes = period.kind == excused.DEEMED_PRESENT and period.status in excused.EXCUSING
    months = sorted({day.replace(day=1) for day, _code in days})
    if not months or not is_open_to_notes:
        return None
    first = month if month in months else months[-1]
    place, visited = months.index(first), visited_days(period.id)
    return FacilityMonth(
        first=first,
        days=tuple(
            (day, code, day in visited) for day, code in days if day.replace(day=1) == first
        ),
        before=months[place - 1] if place else None,
        after=months[place + 1] if place + 1 < len(months) else None,
    )


def excusing_on(day: date) -> QuerySet[ExcusedPeriod]:
    """Return the periods that decide what an absence on ``day`` is."""
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day
    )
    return rows.alias(excuses=excuses(day)).filter(excuses=True)
