"""Kinds of schools under the School Education Act (学校教育法1条, 1947-03-31)."""

from enum import Enum


class SchoolKind(Enum):
    """Kind of a compulsory school 「義務教育諸学校」."""

    ELEMENTARY = "elementary_school"
    JUNIOR_HIGH = "junior_high_school"
    COMPULSORY_EDUCATION = "compulsory_education_school"

    @property
    def label(self) -> str:
        """Return the Japanese term."""
        return LABELS[self]


LABELS = {
    SchoolKind.ELEMENTARY: "小学校",
    SchoolKind.JUNIOR_HIGH: "中学校",
    SchoolKind.COMPULSORY_EDUCATION: "義務教育学校",
}
