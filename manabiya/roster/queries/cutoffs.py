"""Until when a report about a day is in time: a school's own hour, else the board's of that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from manabiya.roster.models import ReportCutoff, School

DEFAULT: time = ReportCutoff().cutoff


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """``own``: the school's hour, which goes first; ``of_city``: the board's, each from its day."""

    own: time | None = None
    of_city: tuple[tuple[date, time], ...] = ()

    def on(self, day: date) -> time:
        """Return the hour valid on ``day``, when the day starts as always."""
        if self.own is not None:
            return self.own
        begun = [row for row in self.of_city if row[0] <= day]
        return max(begun)[1] if begun else DEFAULT


def cutoffs_json() -> ArraySubquery:
    """Return an annotation with what the board decided; read it with :func:`read_cutoffs`."""
    rows = ReportCutoff.objects.order_by("valid_from")
    return ArraySubquery(rows.values(found=JSONObject(day="valid_from", cutoff="cutoff")))


def read_cutoffs(own: time | None, found: Iterable[dict[str, Any]]) -> Cutoffs:
    """Return a school's cut-offs from its own hour and what :func:`cutoffs_json` found."""
    citys = ((date.fromisoformat(row["day"]), time.fromisoformat(row["cutoff"])) for row in found)
    return Cutoffs(own, tuple(citys))


def city_cutoff(day: date) -> time:
    """Return the board's hour on ``day`` (one query)."""
    row = ReportCutoff.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return row.cutoff if row else DEFAULT


def cutoff_of(school: School, day: date) -> time:
    """Return a school's hour on ``day`` (one query where it keeps none of its own)."""
    return school.report_cutoff if school.keeps_own_cutoff else city_cutoff(day)
