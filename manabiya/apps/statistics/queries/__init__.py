"""Reads of the statistics; what the viewer may not see does not exist."""

from manabiya.apps.statistics.queries.city import CityStatistics, city_statistics
from manabiya.apps.statistics.queries.illness import (
    IllnessPage,
    SuspensionRows,
    illness_page,
    suspension_rows,
)
from manabiya.apps.statistics.queries.long_absence import (
    LongAbsencePage,
    LongAbsenceRows,
    long_absence_page,
    long_absence_rows,
)
from manabiya.apps.statistics.queries.rows import RowsPage, rows_page
from manabiya.apps.statistics.queries.school import SchoolStatistics, school_statistics

__all__ = [
    "CityStatistics",
    "IllnessPage",
    "LongAbsencePage",
    "LongAbsenceRows",
    "RowsPage",
    "SchoolStatistics",
    "SuspensionRows",
    "city_statistics",
    "illness_page",
    "long_absence_page",
    "long_absence_rows",
    "rows_page",
    "school_statistics",
    "suspension_rows",
]
