"""Reads of the city: counts only."""

from manabiya.apps.city.queries.board import BoardDay, BoardRow, board_day
from manabiya.apps.city.queries.infections import DiseaseLine, Infections, Tile, infections
from manabiya.apps.city.queries.trend import (
    DayLine,
    ReasonLine,
    Trend,
    WeekLine,
    school_trend,
    trend,
)

__all__ = [
    "BoardDay",
    "BoardRow",
    "DayLine",
    "DiseaseLine",
    "Infections",
    "ReasonLine",
    "Tile",
    "Trend",
    "WeekLine",
    "board_day",
    "infections",
    "school_trend",
    "trend",
]
