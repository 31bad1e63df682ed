"""長期欠席 as counted here: who was absent for 30 days or more in a school year, and why.

A + S, as ``law.attendance_figures`` says; the cause is what the school judged, never computed.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from manabiya.apps.statistics.counting import Counted, Tally
from manabiya.apps.statistics.models import LongAbsenceCause
from manabiya.law.attendance_figures import DEFAULT_RULES

ALL, UNDECIDED = "all", "undecided"
CAUSES = {**dict(LongAbsenceCause.Cause.choices), UNDECIDED: "まだ決めていません"}
"""The columns of the survey, and what nobody judged yet."""


@dataclass(frozen=True, slots=True)
class LongAbsent:
    """A child absent for long: class and grade of the newest days, both parts of the count."""

    student_id: UUID
    homeroom_id: UUID
    grade_level: int
    absent_days: int
    excused_days: int
    cause: str

    @property
    def days(self) -> int:
        """Return A + S."""
        return self.absent_days + self.excused_days


def causes_of(school_year: int) -> dict[UUID, str]:
    """Return what was judged of the children of the municipality (one query)."""
    rows = LongAbsenceCause.objects.filter(school_year=school_year)
    return dict(rows.values_list("student_id", "cause"))


def long_absent(counted: Counted, place: int, causes: dict[UUID, str]) -> list[LongAbsent]:
    """Return the children absent for long in a span that is a school year.

    A child that changed its class counts once, in the class it was counted in last.
    """
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    last = {}
    for key, tally in counted.tallies.items():
        if key.place == place:
            tallies[key.student_id].add(tally)
            last[key.student_id] = key
    return [
        LongAbsent(
            student_id=student_id,
            homeroom_id=last[student_id].homeroom_id,
            grade_level=last[student_id].grade_level,
            absent_days=tally.absent,
            excused_days=tally.excused,
            cause=causes.get(student_id, UNDECIDED),
        )
        for student_id, tally in tallies.items()
        if tally.absent + tally.excused >= DEFAULT_RULES.long_absence_days
    ]
