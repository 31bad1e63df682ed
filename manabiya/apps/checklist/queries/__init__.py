"""Reads of the checklist; what the viewer may not see does not exist."""

from manabiya.apps.checklist.queries.city import CityPage, ItemLine, city_page
from manabiya.apps.checklist.queries.items import ItemPage, item_page
from manabiya.apps.checklist.queries.progress import ProgressPage, progress_page, waiting_of
from manabiya.apps.checklist.queries.sets import SetLine, SetPage, answer_pattern, set_of, set_page
from manabiya.apps.checklist.queries.sheets import (
    SheetPage,
    board_sheet,
    school_sheet,
    sheet_of,
    typed_otherwise,
    with_typed,
)
from manabiya.apps.checklist.shipped import shipped_set

__all__ = [
    "CityPage",
    "ItemLine",
    "ItemPage",
    "ProgressPage",
    "SetLine",
    "SetPage",
    "SheetPage",
    "answer_pattern",
    "board_sheet",
    "city_page",
    "item_page",
    "progress_page",
    "school_sheet",
    "set_of",
    "set_page",
    "sheet_of",
    "shipped_set",
    "typed_otherwise",
    "waiting_of",
    "with_typed",
]
