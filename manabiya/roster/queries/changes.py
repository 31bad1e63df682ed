"""Changes of school days inside the query of something else, as JSON."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from manabiya.roster.calendar.rules import CLOSED, ONE_DAY, Change
from manabiya.roster.models import DayChange
from manabiya.roster.models.day_change import standing

FURTHEST_DAY = date(9999, 12, 31)


def changes_json(first: date, last: date = FURTHEST_DAY, *, own: bool = False) -> ArraySubquery:
    """Return an annotation for rows with a ``school_id``: what holds from ``first`` to ``last``.

    ``own``: only what is about the ``grade_level`` and ``homeroom_id`` of the row. Read it with
    :func:`read_changes`.
    """
    rows = DayChange.objects.filter(standing(first, last), school_id=OuterRef("school_id"))
    if own:
        rows = rows.filter(
            Q(homeroom_id=OuterRef("homeroom_id"))
            | Q(homeroom=None, grade_level=0)
            | Q(homeroom=None, grade_level=OuterRef("grade_level"))
        )
    return ArraySubquery(
        rows.order_by("starts_on", "id").values(
            found=JSONObject(
                kind="kind",
                first="starts_on",
                last="ends_on",
                gone="withdrawn_from",
                grade="grade_level",
                room="homeroom_id",
                minutes="delay_minutes",
                at="ends_at",
                cause="cause",
                note="note",
                id="id",
            )
        )
    )


def closures_of_seat(day: date) -> QuerySet[DayChange]:
    """Return, for rows of enrollments, what keeps the child at home on ``day`` (休校, 閉鎖)."""
    return DayChange.objects.filter(
        Q(homeroom_id=OuterRef("homeroom_id"))
        | Q(homeroom=None, grade_level=0)
        | Q(homeroom=None, grade_level=OuterRef("grade_level")),
        standing(day, day),
        school_id=OuterRef("school_id"),
        kind=CLOSED,
    )


def changes_of_day(school_id: UUID, day: date) -> tuple[Change, ...]:
    """Return what was decided about a day of a school (one query)."""
    rows = DayChange.objects.filter(standing(day, day), school_id=school_id)
    return tuple(row.as_change for row in rows.order_by("starts_on", "id"))


def read_changes(found: list[dict[str, Any]]) -> tuple[Change, ...]:
    """Return the changes of an annotation."""
    return tuple(_read(one) for one in found)


def _read(one: dict[str, Any]) -> Change:
    last = date.fromisoformat(one["last"])
    if one["gone"]:
        last = min(last, date.fromisoformat(one["gone"]) - ONE_DAY)
    return Change(
        kind=one["kind"],
        first=date.fromisoformat(one["first"]),
        last=last,
        grade_level=one["grade"],
        homeroom_id=UUID(one["room"]) if one["room"] else None,
        minutes=one["minutes"],
        ends_at=time.fromisoformat(one["at"]) if one["at"] else None,
        cause=one["cause"],
        note=one["note"],
        id=UUID(one["id"]),
    )
