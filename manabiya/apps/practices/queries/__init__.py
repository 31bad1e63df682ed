"""Reads of practices; what the viewer may not see does not exist."""

from manabiya.apps.practices.queries.items import (
    LOW,
    ItemChoice,
    item_choices,
    low_items,
    practices_for,
    ways,
)
from manabiya.apps.practices.queries.lists import PracticeLine, PracticeList, practice_list
from manabiya.apps.practices.queries.page import (
    FollowLine,
    PracticePage,
    SetupLine,
    paper_of,
    practice_page,
)
from manabiya.apps.practices.queries.reading import readable

__all__ = [
    "LOW",
    "FollowLine",
    "ItemChoice",
    "PracticeLine",
    "PracticeList",
    "PracticePage",
    "SetupLine",
    "item_choices",
    "low_items",
    "paper_of",
    "practice_list",
    "practice_page",
    "practices_for",
    "readable",
    "ways",
]
