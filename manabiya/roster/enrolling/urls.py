"""Addresses of enrolling, its tabs and its tiles."""

from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, View, route
from manabiya.kernel.registry import MenuEntry, Tile
from manabiya.roster.enrolling import tiles
from manabiya.roster.enrolling.policies import CLASS_CHANGE, NEW_YEAR_VIEW, TRANSFER, YEAR_CLOSE
from manabiya.roster.enrolling.views import classes, outside, transfers

PAGES: tuple[tuple[str, View, Policy, str], ...] = (
    ("transfers/", transfers.transfers, TRANSFER, "transfers"),
    ("transfers/<uuid:transfer>/accept/", transfers.accept, TRANSFER, "transfer-accept"),
    ("transfers/<uuid:transfer>/cancel/", transfers.cancel, TRANSFER, "transfer-cancel"),
    ("transfers/arrival/", outside.admit, TRANSFER, "arrival-record"),
    ("transfers/departures/<uuid:departure>/cancel/", outside.cancel, TRANSFER, "departure-cancel"),
)
SCHOOL_PAGES: tuple[tuple[str, View, Policy, str], ...] = (
    *PAGES,
    ("students/<uuid:student>/transfer/", transfers.leave, TRANSFER, "student-transfer"),
    ("students/<uuid:student>/departure/", outside.depart, TRANSFER, "student-departure"),
    ("students/<uuid:student>/class/", classes.change_class, CLASS_CHANGE, "student-class"),
    ("school-year/close/", classes.close_year, YEAR_CLOSE, "school-year-close"),
)
BOARD_PAGES = (
    *PAGES,
    ("transfers/record/", transfers.leave_by_number, TRANSFER, "transfer-record"),
    ("transfers/departure/", outside.depart_by_number, TRANSFER, "departure-record"),
)
ROUTES = (
    *(route(p, v, policy=o, name=n, area=Area.SCHOOL) for p, v, o, n in SCHOOL_PAGES),
    *(route(p, v, policy=o, name=f"board-{n}", area=Area.BOARD) for p, v, o, n in BOARD_PAGES),
)
MENU = (
    MenuEntry("students-transfers", "転出入", "transfers", Area.SCHOOL, TRANSFER, 30, "students"),
    MenuEntry(
        "office-year", "年度末確定", "school-year-close", Area.SCHOOL, YEAR_CLOSE, 60, "office"
    ),
    MenuEntry("board-roster", "名簿", "board-transfers", Area.BOARD, TRANSFER, 45),
    MenuEntry(
        "board-transfers", "転出入", "board-transfers", Area.BOARD, TRANSFER, 10, "board-roster"
    ),
)
TILES = tuple(
    Tile(key, Area.SCHOOL, f"roster/enrolling/tile_{template}.html", policy, build, order)
    for key, template, policy, build, order in (
        ("new-year", "new_year", NEW_YEAR_VIEW, tiles.new_year_tile, 5),
        ("transfers", "waiting", TRANSFER, tiles.waiting_tile, 15),
    )
)
