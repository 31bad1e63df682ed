"""From cells to clean records: every value checked, every doubt said with its cell."""

from manabiya.apps.imports.values.problems import Bad, Level, Note, Problem
from manabiya.apps.imports.values.records import (
    EnrollmentRecord,
    GuardianRecord,
    Name,
    PlaceRecord,
    Records,
    SchoolRecord,
    Source,
    StaffRecord,
    StudentRecord,
)
from manabiya.apps.imports.values.rows import records_of

__all__ = [
    "Bad",
    "EnrollmentRecord",
    "GuardianRecord",
    "Level",
    "Name",
    "Note",
    "PlaceRecord",
    "Problem",
    "Records",
    "SchoolRecord",
    "Source",
    "StaffRecord",
    "StudentRecord",
    "records_of",
]
