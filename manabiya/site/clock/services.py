"""Move the school clock of a demo on."""

from datetime import date, datetime
from math import ceil

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.clock import MORNING, ROLL_CALL, SCHOOL_ZONE, Step, school_now
from manabiya.kernel.tenancy.models import Municipality
from manabiya.roster.queries.calendar import next_open_day


class ClockStays(Exception):
    """The clock was not moved; the message says why."""


@service
def move_clock_on(*, actor: Actor, step: Step, day: date, now: datetime) -> datetime:
    """Move the clock of the actor's demo municipality on and return what it shows then.

    ``day``: the school's date on the page the button was pressed on, so that a page left open
    moves nothing; ``now``: the real time. The clock only goes forward. Raises ``Http404`` where
    there is no demo, :class:`ClockStays`.
    """
    municipality = Municipality.objects.select_for_update().get(pk=actor.municipality_id)
    if not municipality.is_demo:
        raise Http404
    before = school_now(municipality, now)
    target = _target(step, day, before)
    if target <= before:
        raise ClockStays(_("学校の時計は、もうその時刻を過ぎています。"))
    municipality.clock_offset_seconds += ceil((target - before).total_seconds())
    municipality.save(update_fields=["clock_offset_seconds"])
    record(
        actor=actor,
        action="demo.clock:move",
        subject_type="municipality",
        subject_id=municipality.id,
        data_class=DataClass.IV,
        details={"from": before.isoformat(timespec="minutes"), "to": target.isoformat()},
    )
    return target


def _target(step: Step, day: date, before: datetime) -> datetime:
    if step is Step.ROLL_CALL:
        return datetime.combine(day, ROLL_CALL, tzinfo=SCHOOL_ZONE)
    following = next_open_day(day)
    if following is None:
        raise ClockStays(_("このあとの授業日は、行事予定にありません。"))
    return datetime.combine(following, MORNING, tzinfo=SCHOOL_ZONE)
