"""Reads of the city: counts only."""

from manabiya.apps.city.queries.board import BoardDay, BoardRow, board_day
from manabiya.apps.city.queries.infections import DiseaseLine, Infections, Tile, infections
from manabiya.apps.city.queries.trend import ReasonLine, Trend, school_trend, trend

__all__ = [
    "BoardDay",
    "BoardRow",
    "DiseaseLine",
    "Infections",
    "ReasonLine",
    "Tile",
    "Trend",
    "board_day",
    "infections",
    "school_trend",
    "trend",
]
