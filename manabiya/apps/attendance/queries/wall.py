"""What a screen on the wall of the staff room may know: marks without causes, and counts.

No reason, no symptom, no 出席停止 or 忌引: every kind of day off is 欠席 here, as for everybody at
school (class Ⅲ). The reader is a device, so there is no viewer: its school is the limit.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    TimeField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AttendanceMark, ClassDay, MarkChange, MorningSettings
from manabiya.apps.attendance.queries.class_day import masked


def wall_version(day: date) -> dict[str, Subquery]:
    """Return annotations for rows with a ``school_id``: they change when a mark of the day does.

    A mark taken away changes the count, one written later the newest time, an edit after the
    confirmation the history.
    """
    here = {"homeroom__school_id": OuterRef("school_id"), "date": day}
    days = ClassDay.objects.filter(confirmed_at__isnull=False, **here)
    marks = AttendanceMark.objects.filter(**here)
    changes = MarkChange.objects.filter(**here)
    return {
        "wall_confirmed": _one(days, Count("id")),
        "wall_confirmed_at": _one(days, Max("confirmed_at")),
        "wall_marks": _one(marks, Count("id")),
        "wall_marked_at": _one(marks, Max("decided_at")),
        "wall_changed_at": _one(changes, Max("changed_at")),
    }


def _one(rows: QuerySet[Any], expression: Any) -> Subquery:
    grouped = rows.order_by().values("homeroom__school_id").annotate(found=expression)
    return Subquery(grouped.values("found"))


def wall_settings(day: date) -> dict[str, Any]:
    """Return annotations for rows with a ``school_id``: what its morning settings say on ``day``.

    ``shows_names``, ``dark_from`` and ``confirm_by``, the school's own before the city's.
    """
    own = MorningSettings.objects.filter(school_id=OuterRef("school_id"), valid_from__lte=day)
    own = own.order_by("-valid_from")
    city = MorningSettings.objects.filter(school_id=None, valid_from__lte=day)
    names = {
        "shows_names": "shows_names_on_monitor",
        "dark_from": "monitor_dark_from",
        "confirm_by": "confirm_by",
    }
    default = MorningSettings(valid_from=day)
    return {
        short: Coalesce(
            Subquery(own.values(found=_unless_city(name))[:1]),
            Subquery(city.order_by("-valid_from").values(name)[:1]),
            Value(getattr(default, name)),
        )
        for short, name in names.items()
    }


def _unless_city(name: str) -> Case:
    """Return a column of a school's own row; nothing where the row hands back to the city."""
    return Case(When(follows_city=False, then=F(name)), default=None)


@dataclass(frozen=True, slots=True)
class WallMark:
    """A child with 欠, 遅 or 未着; ``at``: when a late child is expected, where somebody said it."""

    student_id: UUID
    homeroom_id: UUID
    word: str
    at: time | None


@dataclass(slots=True)
class WallDay:
    """A school's day: when each class was confirmed, the codes of its marks, the children behind."""

    confirmed: dict[UUID, datetime] = field(default_factory=dict)
    codes: Mapping[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))
    marks: list[WallMark] = field(default_factory=list)

    def counts(self, homeroom_id: UUID, enrolled: int) -> rules.Counts:
        """Return the counts of a class, without causes; nobody of an open class is present."""
        codes = self.codes[homeroom_id]
        everybody = [*codes, *[rules.PRESENT] * (enrolled - len(codes))]
        is_confirmed = homeroom_id in self.confirmed
        return rules.without_cause(rules.count(everybody, is_confirmed=is_confirmed))


def wall_day(school_id: UUID, day: date) -> WallDay:
    """Return the day of a school (one query over two tables)."""
    found = WallDay()
    rows = _confirmed(school_id, day).union(_marks(school_id, day), all=True)
    for row in sorted(rows, key=lambda row: row[0]):
        kind, homeroom_id, student_id, status, late, left_early, at, moment = row
        if kind == "day":
            found.confirmed[homeroom_id] = at
        elif homeroom_id in found.confirmed:
            code = rules.code_of(status, late=late, left_early=left_early)
            found.codes[homeroom_id].append(code)
            found.marks += [
                WallMark(student_id, homeroom_id, word, moment if word == "late" else None)
                for word in masked(code)
                if word != "left_early"
            ]
    return found


def _confirmed(school_id: UUID, day: date) -> QuerySet[Any, Any]:
    rows = ClassDay.objects.filter(
        homeroom__school_id=school_id, date=day, confirmed_at__isnull=False
    )
    found: QuerySet[Any, Any] = rows.order_by().values_list(
        Value("day"), "homeroom_id", Value(None, output_field=UUIDField()),
        Value("", output_field=CharField()), Value(False, output_field=BooleanField()),
        Value(False, output_field=BooleanField()), "confirmed_at",
        Value(None, output_field=TimeField()),
    )  # fmt: skip
    return found


def _marks(school_id: UUID, day: date) -> QuerySet[Any, Any]:
    rows = AttendanceMark.objects.filter(homeroom__school_id=school_id, date=day)
    found: QuerySet[Any, Any] = rows.order_by().values_list(
        Value("mark"), "homeroom_id", "student_id", "status", F("late"), F("left_early"),
        Value(None, output_field=DateTimeField()),
        Coalesce("arrived_time", "report__expected_time"),
    )  # fmt: skip
    return found
