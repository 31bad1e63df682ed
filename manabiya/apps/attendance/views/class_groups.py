"""How the rows of a class page stand together: by grade, and the guests of the class apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries import ClassRow


class HasRow(Protocol):
    """A line of a page that shows a child of the class."""

    @property
    def row(self) -> ClassRow:
        """Return the child."""


L = TypeVar("L", bound=HasRow)


@dataclass(frozen=True, slots=True)
class Group(Generic[L]):
    """Rows under one heading: the children of a grade, or the guests of the class."""

    key: str
    heading: str
    lines: Sequence[L]
    is_grade: bool


def groups_of(lines: Sequence[L]) -> list[Group[L]]:
    """Return the rows by grade where a class has several (複式), guests (交流学級) last."""
    own = [line for line in lines if not line.row.is_guest]
    guests = [line for line in lines if line.row.is_guest]
    grades = sorted({line.row.seat.grade_level for line in own})
    found = [
        Group(
            f"g{grade}",
            _("%(grade)d年") % {"grade": grade} if len(grades) > 1 else "",
            [line for line in own if line.row.seat.grade_level == grade],
            is_grade=len(grades) > 1,
        )
        for grade in grades
    ]
    if guests:
        found.append(Group("guests", _("交流学級で来る人"), guests, is_grade=False))
    return found
