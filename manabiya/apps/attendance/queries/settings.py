"""What a school decided about its morning, on a day; and the page that shows and plans it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from manabiya.apps.attendance.models import MorningSettings
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import School
from manabiya.roster.queries import names_of
from manabiya.roster.queries.cutoffs import cutoff_of

VALUES = (
    "confirm_by",
    "escalate_after_minutes",
    "lunch_by",
    "grade_head_sees_reasons",
    "shows_names_on_monitor",
    "monitor_dark_from",
    "closure_threshold_percent",
)

LABELS = {field.name: field.verbose_name for field in MorningSettings._meta.fields}


def morning_settings(school_id: UUID | None, day: date) -> MorningSettings:
    """Return the settings of a school valid on ``day``: its own before the city's (one query).

    Where nobody decided anything, an unsaved row with the defaults.
    """
    rows = MorningSettings.objects.filter(
        Q(school_id=school_id) | Q(school_id=None), valid_from__lte=day
    )
    return in_force(rows, school_id, day)


def in_force(rows: Iterable[MorningSettings], school_id: UUID | None, day: date) -> MorningSettings:
    """Return which of ``rows`` holds for a school on ``day``; an unsaved row when none does."""
    begun = sorted((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from)
    own = [row for row in begun if row.school_id == school_id]
    if own and not own[-1].follows_city:
        return own[-1]
    citys = [row for row in begun if row.school_id is None]
    return citys[-1] if citys else MorningSettings(school_id=school_id, valid_from=day)


def deciding_school_count(day: date) -> int:
    """Return how many schools have settings of their own on ``day`` (one query)."""
    rows = MorningSettings.objects.filter(valid_from__lte=day).exclude(school_id=None)
    newest = rows.order_by("school_id", "-valid_from").distinct("school_id")
    return sum(not row.follows_city for row in newest)


@dataclass(frozen=True, slots=True)
class SettingsValue:
    """A value in words; ``is_new``: it differs from what held before."""

    name: str
    label: str
    word: str
    is_new: bool = False


def value_lines(row: MorningSettings) -> tuple[SettingsValue, ...]:
    """Return what a row says, label and word by value."""
    return tuple(_value(row, name, None) for name in VALUES)


@dataclass(frozen=True, slots=True)
class SettingsLine:
    """What begins on a day: ``begins`` (None: always was so), the values, who set it and when.

    ``source``: whose values they are: ``school``, ``city`` or ``default``. ``own_id``: the row of
    the place itself, None where only the city's changed beneath it.
    """

    begins: date | None
    source: str
    row: MorningSettings
    values: tuple[SettingsValue, ...]
    set_by: str
    set_at: datetime | None
    own_id: UUID | None

    @property
    def changed(self) -> tuple[SettingsValue, ...]:
        """Return the values that differ from what held before."""
        return tuple(value for value in self.values if value.is_new)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What holds today at a school, what will hold, what held."""

    school: School
    cutoff: time
    now: SettingsLine
    coming: tuple[SettingsLine, ...]
    past: tuple[SettingsLine, ...]

    @property
    def has_own(self) -> bool:
        """Return whether the school decides for itself, now or later."""
        lines = (self.now, *self.coming)
        return any(line.source == "school" for line in lines)


def settings_page(viewer: Actor, *, day: date) -> SettingsPage:
    """Return the settings of the viewer's school (seven queries at most). The route asked who may."""
    school = School.objects.get(pk=viewer.at)
    asked = Q(school_id=viewer.at) | Q(school_id=None)
    lines = _lines(list(MorningSettings.objects.filter(asked).order_by("valid_from")), viewer.at)
    begun = [line for line in lines if line.begins is None or line.begins <= day]
    return SettingsPage(
        school=school,
        cutoff=cutoff_of(school, day),
        now=begun[-1],
        coming=tuple(line for line in lines if line.begins is not None and line.begins > day),
        past=tuple(reversed(begun[:-1])),
    )


def _lines(rows: list[MorningSettings], school_id: UUID | None) -> list[SettingsLine]:
    """Return what begins when; a row of the city beneath one of the school begins nothing."""
    names = names_of({row.set_by for row in rows if row.set_by})
    own = {row.valid_from: row for row in rows if row.school_id == school_id}
    holds = in_force([], school_id, date.min)
    lines = [_line(None, holds, None, None, names)]
    for start in sorted({row.valid_from for row in rows}):
        before, holds = holds, in_force(rows, school_id, start)
        if start in own or holds is not before:
            lines.append(_line(start, holds, own.get(start), before, names))
    return lines


def _line(
    begins: date | None,
    holds: MorningSettings,
    own: MorningSettings | None,
    before: MorningSettings | None,
    names: dict[UUID, str],
) -> SettingsLine:
    said = own or holds
    return SettingsLine(
        begins=begins,
        source=_source(holds),
        row=holds,
        values=tuple(_value(holds, name, before) for name in VALUES),
        set_by=names.get(said.set_by, "") if said.set_by else "",
        set_at=said.set_at,
        own_id=own.pk if own else None,
    )


def _source(row: MorningSettings) -> str:
    if row._state.adding:
        return "default"
    return "school" if row.school_id else "city"


def _value(row: MorningSettings, name: str, before: MorningSettings | None) -> SettingsValue:
    label = str(LABELS[name])
    is_new = before is not None and getattr(before, name) != getattr(row, name)
    return SettingsValue(name, label, value_word(row, name), is_new)


def value_word(row: MorningSettings, name: str) -> str:
    """Return a value of the settings in words."""
    value: time | int | bool = getattr(row, name)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, time):
        return f"{value:%-H:%M}"
    return f"{value}%" if name.endswith("percent") else f"{value}分"
