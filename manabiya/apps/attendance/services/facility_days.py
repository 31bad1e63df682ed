"""Note on which days a child of a decided 出席扱い learned at its facility."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import ExcusedPeriod, ExcusedPeriodChange, FacilityDay
from manabiya.apps.attendance.policies import PERIOD_PROPOSE
from manabiya.apps.attendance.queries.excused_page import period_days
from manabiya.apps.attendance.queries.facility_days import visited_days
from manabiya.apps.attendance.services.decided_days import rewrite_days
from manabiya.apps.attendance.services.decisions import (
    days_of_period,
    facts,
    keep_change,
    locked,
    recorded,
    saved,
)
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def note_facility_days(
    *,
    actor: Actor,
    period_id: UUID,
    month: date,
    visited: Collection[date],
    version: int,
    now: datetime,
) -> ExcusedPeriod:
    """Note the days of a month the facility reported; absences on them become 出席扱い.

    ``month``: its first day. Days of the month that are not in ``visited`` are noted as not
    visited and get back what stood before. Raises ``Refused``, ``Http404``,
    :class:`AttendanceRefused` (not decided, a day that is no 授業日 of the period up to today,
    a closed month, nothing to change, somebody was first).
    """
    period = locked(actor, PERIOD_PROPOSE, period_id, version)
    if period.kind != excused.DEEMED_PRESENT or period.status not in excused.EXCUSING:
        raise AttendanceRefused(_("通った日は、出席扱いが決まってから入れます。"))
    days = {day.date for day in period_days(period, now.date())}
    asked = {day for day in days if day.replace(day=1) == month}
    if not set(visited) <= asked:
        raise AttendanceRefused(
            _("この月の授業日ではない日があります。画面を見なおして、選びなおしてください。")
        )
    before = visited_days(period.id)
    changed = sorted(day for day in asked if (day in visited) != (day in before))
    if not changed:
        raise AttendanceRefused(_("もうそうなっています。変わるところはありません。"))
    FacilityDay.objects.bulk_create(
        FacilityDay(
            period=period, date=day, is_visited=day in visited,
            noted_by_id=actor.person_id, noted_at=now,
        )
        for day in changed
    )  # fmt: skip
    old = facts(period)
    saved(period, [])
    keep_change(actor, period, ExcusedPeriodChange.Deed.VISITED, old, now, _words(changed, visited))
    count = rewrite_days(actor=actor, period=period, now=now, before=days_of_period(period))
    recorded(actor, "note-facility-days", period, count)
    return period


def _words(changed: Collection[date], visited: Collection[date]) -> str:
    """Return what changed as the history says it: 9/1, 9/4 通った · 9/8 通っていない."""
    groups = (
        (_("通った"), [day for day in changed if day in visited]),
        (_("通っていない"), [day for day in changed if day not in visited]),
    )
    return " · ".join(
        ", ".join(f"{day.month}/{day.day}" for day in found) + f" {word}"
        for word, found in groups
        if found
    )
