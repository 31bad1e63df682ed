"""Rules of homeroom sizes 「学級編制の標準」 as dated data, and the plan of one homeroom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

REDUCED_FROM: Mapping[int, int] = MappingProxyType(
    {1: 2011, 2: 2021, 3: 2022, 4: 2023, 5: 2024, 6: 2025, 7: 2026, 8: 2027, 9: 2028}
)
"""The school year from which an absolute grade has 35 instead of 40."""
COURSES = (range(1, 7), range(7, 10))
"""前期課程 and 後期課程: no homeroom spans both."""


@dataclass(frozen=True, slots=True)
class HomeroomRules:
    """The largest numbers of children in a homeroom, valid from a date.

    Confidence H for 35 and 40 in 小学校 and in 中学校 grade 1, M for 中学校 grades 2 and 3 (2027, 2028)
    and for multigrade and special-needs classes.
    """

    valid_from: date = date(2021, 4, 1)
    reduced_from: Mapping[int, int] = field(default_factory=lambda: REDUCED_FROM)
    reduced_size: int = 35
    full_size: int = 40
    multigrade_elementary: int = 16
    multigrade_with_first_grade: int = 8
    multigrade_junior_high: int = 8
    special_needs_size: int = 8

    def size(self, absolute: int, school_year: int) -> int:
        """Return the largest homeroom of one grade in a school year."""
        is_reduced = school_year >= self.reduced_from[absolute]
        return self.reduced_size if is_reduced else self.full_size

    def multigrade_size(self, lower: int) -> int:
        """Return the largest 「複式学級」 of the absolute grades ``lower`` and ``lower + 1``."""
        if lower > COURSES[0][-1]:
            return self.multigrade_junior_high
        return self.multigrade_with_first_grade if lower == 1 else self.multigrade_elementary


DEFAULT_RULES = HomeroomRules()


class HomeroomKind(Enum):
    """Kind of homeroom: of one grade, of two grades, or 「特別支援学級」."""

    SINGLE_GRADE = "single_grade"
    MULTIGRADE = "multigrade"
    SPECIAL_NEEDS = "special_needs"

    @property
    def label(self) -> str:
        """Return the Japanese term."""
        return {"single_grade": "単式", "multigrade": "複式", "special_needs": "特別支援"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class HomeroomPlan:
    """One homeroom to be made: its grades within the kind of school, children and limit."""

    grades: tuple[int, ...]
    student_count: int
    limit: int
    kind: HomeroomKind = HomeroomKind.SINGLE_GRADE

    def __str__(self) -> str:
        grades = "・".join(map(str, self.grades))
        return f"{grades}年({self.kind.label}){self.student_count}人"
