"""The sums of a school year, for 通知表 and 指導要録: added from the newest closed months."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.register.document import added
from manabiya.apps.register.queries.stored import document_of, newest_versions
from manabiya.roster.models import Homeroom


@dataclass(frozen=True, slots=True)
class YearTotals:
    """A child's sums at one school: quantities of ``document.SUMS`` and causes S1 to S7.

    ``months``: the closed months that are in it; ``remarks``: their 備考, by month. Several classes
    of the school in one year are added up.
    """

    sums: Mapping[str, int]
    months: tuple[date, ...]
    remarks: tuple[str, ...]


def year_totals(
    school_id: UUID, school_year: int, through: date, *, students: Collection[str] | None = None
) -> dict[str, YearTotals]:
    """Return by student id the sums of the closed months up to ``through`` (two queries).

    ``students``: only those, read from the classes they were in; None: the whole school. A month
    nobody closed is in no sum: compare ``months`` before writing a year down. Authorise first.
    """
    rooms = Homeroom.objects.filter(school_id=school_id, school_year=school_year)
    if students is not None:
        rooms = rooms.filter(enrollments__student_id__in=students).distinct()
    found: dict[str, list[tuple[date, Mapping[str, int], str]]] = {}
    for version in newest_versions(rooms.values_list("id", flat=True), school_year):
        if version.month > through:
            continue
        for row in document_of(version)["rows"]:
            if students is not None and row["student"] not in students:
                continue
            line = (version.month, row["sums"], row["remarks"])
            found.setdefault(row["student"], []).append(line)
    return {student: _totals(lines) for student, lines in found.items()}


def _totals(lines: list[tuple[date, Mapping[str, int], str]]) -> YearTotals:
    return YearTotals(
        added(sums for _, sums, _ in lines),
        tuple(sorted({month for month, _, _ in lines})),
        tuple(f"{month.month}月 {words}" for month, _, words in lines if words),
    )
