"""The morning of a school as another may copy it (写せる設定)."""

from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance.queries.settings import VALUES, morning_settings, value_lines
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.settings import set_morning
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry.setups import Setup, SetupRefused


def _lines(school_id: UUID, day: date) -> list[tuple[str, str]]:
    return [(line.label, line.word) for line in value_lines(morning_settings(school_id, day))]


def _copy(*, actor: Actor, from_school: UUID, now: datetime) -> None:
    theirs = morning_settings(from_school, now.date())
    values = {name: getattr(theirs, name) for name in VALUES}
    try:
        set_morning(actor=actor, valid_from=now.date(), values=values, now=now)
    except AttendanceRefused as refusal:
        raise SetupRefused(str(refusal)) from refusal


MORNING = Setup("attendance-morning", "朝の設定(時刻と、未着の知らせ方)", _lines, _copy)
