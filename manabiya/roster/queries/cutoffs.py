"""Until when a report about a day is in time: a school's own hour, else the board's of that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from manabiya.roster.models import ReportCutoff, School

DEFAULT: time = ReportCutoff().cutoff


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """``of_school``: what the board decided for the school, each from its day (None: the city's).

    ``own``: the school's hour before all of them; ``of_city``: the board's, each from its day.
    """

    own: time | None = None
    of_city: tuple[tuple[date, time], ...] = ()
    of_school: tuple[tuple[date, time | None], ...] = ()

    def own_on(self, day: date) -> time | None:
        """Return the school's own hour on ``day``; None where the city's holds."""
        begun = [row for row in self.of_school if row[0] <= day]
        return max(begun, key=lambda row: row[0])[1] if begun else self.own

    def on(self, day: date) -> time:
        """Return the hour valid on ``day``, when the day starts as always."""
        own = self.own_on(day)
        if own is not None:
            return own
        begun = [row for row in self.of_city if row[0] <= day]
        return max(begun)[1] if begun else DEFAULT


def cutoffs_json() -> ArraySubquery:
    """Return an annotation with what the board decided for the row's school and for the city.

    Of rows with a ``school_id``; read it with :func:`read_cutoffs`.
    """
    rows = ReportCutoff.objects.filter(Q(school=None) | Q(school_id=OuterRef("school_id")))
    said = JSONObject(day="valid_from", cutoff="cutoff", school="school_id", follows="follows_city")
    return ArraySubquery(rows.order_by("valid_from").values(found=said))


def read_cutoffs(own: time | None, found: Iterable[dict[str, Any]]) -> Cutoffs:
    """Return a school's cut-offs from its own hour and what :func:`cutoffs_json` found."""
    citys: list[tuple[date, time]] = []
    schools: list[tuple[date, time | None]] = []
    for row in found:
        day, cutoff = date.fromisoformat(row["day"]), time.fromisoformat(row["cutoff"])
        if row["school"]:
            schools.append((day, None if row["follows"] else cutoff))
        else:
            citys.append((day, cutoff))
    return Cutoffs(own, tuple(citys), tuple(schools))


def city_cutoff(day: date) -> time:
    """Return the board's hour of the city on ``day`` (one query)."""
    rows = ReportCutoff.objects.filter(school=None, valid_from__lte=day)
    row = rows.order_by("-valid_from").first()
    return row.cutoff if row else DEFAULT


def cutoff_of(school: School, day: date) -> time:
    """Return a school's hour on ``day`` (one query)."""
    rows = ReportCutoff.objects.filter(Q(school=None) | Q(school=school), valid_from__lte=day)
    return _cutoffs(school, rows).on(day)


def own_cutoffs(day: date) -> dict[UUID, time]:
    """Return the hour of each school that has its own on ``day``, by name (two queries)."""
    rows = list(ReportCutoff.objects.filter(valid_from__lte=day).exclude(school=None))
    found = {}
    for school in School.objects.order_by("name"):
        mine = [row for row in rows if row.school_id == school.id]
        if own := _cutoffs(school, mine).own_on(day):
            found[school.id] = own
    return found


def _cutoffs(school: School, rows: Iterable[ReportCutoff]) -> Cutoffs:
    own = school.report_cutoff if school.keeps_own_cutoff else None
    rows = list(rows)
    return Cutoffs(
        own,
        tuple((row.valid_from, row.cutoff) for row in rows if row.school_id is None),
        tuple(
            (row.valid_from, None if row.follows_city else row.cutoff)
            for row in rows
            if row.school_id is not None
        ),
    )
