"""A class by period as a teacher posts it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from manabiya.apps.attendance import by_period
from manabiya.apps.attendance.forms.class_day import FormBroken


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """The class as posted: hidden ``b`` = children with what stood, ``c<n>-<period>`` = chosen.

    ``b`` is one list with commas, each child as ``hex 1absent 3late``; ``t`` = periods taken.
    """

    cells: tuple[by_period.Cell, ...]
    periods: tuple[int, ...]

    def changed(self) -> dict[tuple[UUID, int], str]:
        """Return the lessons the form says otherwise than it was opened with."""
        return {(c.student_id, c.period): c.chosen for c in self.cells if c.chosen != c.base}


def read_period_form(posted: QueryDict) -> PeriodForm:
    """Read the posted class; raises :class:`FormBroken`."""
    cells: list[by_period.Cell] = []
    children = [text for text in posted.get("b", "").split(",") if text]
    for number, hidden in enumerate(children):
        student, *said = hidden.split(" ")
        student_id, base = _uuid(student), {_period(s[:1]): _status(s[1:]) for s in said}
        for period in by_period.PERIODS:
            was = base.get(period, by_period.HERE)
            chosen = _status(posted.get(f"c{number}-{period}", was))
            cells.append(by_period.Cell(student_id, period, was, chosen))
    return PeriodForm(tuple(cells), tuple(_period(text) for text in posted.getlist("t")))


def base_text(student_id: UUID, lessons: by_period.Lessons) -> str:
    """Return the hidden value of a child: its id and every exception that stands."""
    said = [f"{period}{status}" for period, status in sorted((lessons.marks or {}).items())]
    return " ".join([student_id.hex, *said])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise FormBroken(text) from None


def _period(text: str) -> int:
    if not text.isdecimal() or int(text) not in by_period.PERIODS:
        raise FormBroken(text)
    return int(text)


def _status(text: str) -> str:
    if text not in by_period.STATUSES:
        raise FormBroken(text)
    return text
