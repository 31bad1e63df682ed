"""Reads of the checklist; what the viewer may not see does not exist."""

from manabiya.apps.checklist.plan_table import PlanFigure, plan_figure_of
from manabiya.apps.checklist.queries.behind import BehindPage, behind_page
from manabiya.apps.checklist.queries.city import CityPage, ItemLine, city_page
from manabiya.apps.checklist.queries.items import ItemPage, item_page
from manabiya.apps.checklist.queries.outreach import board_people
from manabiya.apps.checklist.queries.own_items import OwnItem, own_item
from manabiya.apps.checklist.queries.progress import ProgressPage, progress_page, waiting_of
from manabiya.apps.checklist.queries.rounds import RoundsPage, rounds_page
from manabiya.apps.checklist.queries.sets import SetLine, SetPage, answer_pattern, set_of, set_page
from manabiya.apps.checklist.queries.sheets import (
    SheetPage,
    board_sheet,
    school_sheet,
    sheet_of,
    typed_otherwise,
    with_typed,
)
from manabiya.apps.checklist.queries.standing import Standing, own_standing, school_standing
from manabiya.apps.checklist.shipped import shipped_set

__all__ = [
    "BehindPage",
    "CityPage",
    "ItemLine",
    "ItemPage",
    "OwnItem",
    "PlanFigure",
    "ProgressPage",
    "RoundsPage",
    "SetLine",
    "SetPage",
    "SheetPage",
    "Standing",
    "answer_pattern",
    "behind_page",
    "board_people",
    "board_sheet",
    "city_page",
    "item_page",
    "own_item",
    "own_standing",
    "plan_figure_of",
    "progress_page",
    "rounds_page",
    "school_sheet",
    "school_standing",
    "set_of",
    "set_page",
    "sheet_of",
    "shipped_set",
    "typed_otherwise",
    "waiting_of",
    "with_typed",
]
