"""Reads about changed school days: what was decided, and what would follow."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import registry
from manabiya.roster.calendar import words
from manabiya.roster.calendar.policies import DAY_CHANGE_VIEW
from manabiya.roster.calendar.rules import CLOSED, DELAYED, Change, later
from manabiya.roster.models import DayChange, Enrollment, School
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.day_change import standing
from manabiya.roster.queries.calendar import school_days, with_change
from manabiya.roster.queries.cutoffs import cutoff_of

NEWEST = 60


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class with the grades of its children."""

    id: UUID
    name: str
    grades: frozenset[int]


def classes_of(school_id: UUID, day: date) -> list[SchoolClass]:
    """Return the classes of a school that have children on ``day``, in the school's order (one query)."""
    grades: dict[UUID, set[int]] = defaultdict(set)
    names: dict[UUID, str] = {}
    rows = Enrollment.objects.filter(on_day(day), school_id=school_id)
    for homeroom_id, name, grade_level in (
        rows.order_by("homeroom__position", "homeroom__name", "grade_level")
        .values_list("homeroom_id", "homeroom__name", "grade_level")
        .distinct()
    ):
        grades[homeroom_id].add(grade_level)
        names[homeroom_id] = name
    return [SchoolClass(key, name, frozenset(grades[key])) for key, name in names.items()]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in words; ``is_over``: nothing of it is left to withdraw."""

    row: DayChange
    change: Change
    what: str
    for_whom: str
    days: str
    is_over: bool
    cause: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Return whether somebody took it back."""
        return self.row.withdrawn_at is not None


def change_lines(viewer: Actor, *, today: date) -> list[ChangeLine]:
    """Return what was decided at the viewer's school, the newest days first (one query)."""
    rows = DAY_CHANGE_VIEW.filter(viewer, DayChange.objects.all())
    rows = rows.select_related("homeroom", "set_by", "withdrawn_by")
    return [line_of(row, today) for row in rows.order_by("-ends_on", "-set_at")[:NEWEST]]


def changes_today(viewer: Actor, *, today: date) -> list[ChangeLine]:
    """Return what holds today at the viewer's school (one query)."""
    rows = DAY_CHANGE_VIEW.filter(viewer, DayChange.objects.filter(standing(today, today)))
    return [line_of(row, today) for row in rows.select_related("homeroom").order_by("set_at")]


def line_of(row: DayChange, today: date) -> ChangeLine:
    """Return a change in words."""
    change = row.as_change
    names = {row.homeroom_id: row.homeroom.name} if row.homeroom_id and row.homeroom else {}
    decided = Change(kind=row.kind, first=row.starts_on, last=row.ends_on)
    return ChangeLine(
        row=row,
        change=change,
        what=words.kind_of(change),
        for_whom=words.scope_of(change, names),
        days=words.days_of(decided),
        cause=words.CAUSES[row.cause],
        is_over=row.withdrawn_at is not None or row.ends_on < today,
    )


def consequences(school: School, change: Change, classes: list[SchoolClass]) -> list[str]:
    """Return in words what follows from a change, before it is decided."""
    names = {one.id: one.name for one in classes}
    whom = words.scope_of(change, names)
    if change.kind == CLOSED:
        return _of_closing(school, change, classes, whom)
    if change.kind == DELAYED:
        return [_of_delay(school, change, whom), *_after_delay(change, whom)]
    return [
        _("%(whom)sは%(time)sに終わります。家庭と教職員の画面に出ます。出欠は変わりません。")
        % {"whom": whom, "time": f"{change.ends_at:%-H:%M}" if change.ends_at else "—"}
    ]


def _of_delay(school: School, change: Change, whom: str) -> str:
    def at(moment: time) -> str:
        return f"{later(moment, change.delay):%-H:%M}"

    hours = [(_("欠席連絡の締切"), cutoff_of(school, change.first))]
    if registry.hours is not None:
        hours += registry.hours(school.id, change.first)
    if change.scope != "school":
        hours = [(word, moment) for word, moment in hours if word != _("給食の数")]
    said = "、".join(f"{word}は{at(moment)}" for word, moment in hours)
    return _("%(whom)sは%(time)sはじまり。%(hours)sになります。") % {
        "whom": whom, "time": at(school.starts_at), "hours": said,
    }  # fmt: skip


def _after_delay(change: Change, whom: str) -> list[str]:
    return [
        _("その時刻より後に来た人が遅刻です。未着の電話も、その分おそくなります。"),
        _("%(whom)sの保護者の画面のいちばん上に出ます。") % {"whom": whom},
    ]


def _of_closing(school: School, change: Change, classes: list[SchoolClass], whom: str) -> list[str]:
    found = [_("出欠は聞きません。欠席連絡もいりません。届いている連絡はそのまま残ります。")]
    off, excused = _judged(school, change, classes)
    if off:
        found.insert(0, _("%(whom)s: 授業日数に入りません。") % {"whom": "、".join(off)})
    if excused:
        found.insert(
            len(found) - 1,
            _(
                "%(whom)s: 授業日のままです。休む人は出席停止・忌引等(S4)に数えます。だれも印を付けなくてかまいません。"
            )
            % {"whom": "、".join(excused)},
        )
    found.append(_("%(whom)sの保護者の画面のいちばん上に出ます。") % {"whom": whom})
    return found


def _judged(
    school: School, change: Change, classes: list[SchoolClass]
) -> tuple[list[str], list[str]]:
    """Return the grades whose day is lost, and the classes whose children are excused."""
    known = school_days(school.id, change.first, change.last)
    calendar = with_change(school.id, known, change)
    day = next((d for d in calendar.planned_days() if change.covers(d)), change.first)
    off: dict[str, None] = {}
    excused: dict[str, None] = {}
    for one in classes:
        for grade in sorted(one.grades):
            if not change.concerns(grade, one.id):
                continue
            if calendar.is_excused(day, grade, one.id):
                excused[one.name] = None
            elif not calendar.is_school_day(day, grade):
                off[_("%(n)d年生") % {"n": grade}] = None
    return list(off), list(excused)
