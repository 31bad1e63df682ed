"""Addresses of changed school days, the tab and the tile."""

from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.registry import MenuEntry, Tile
from manabiya.roster.calendar import views
from manabiya.roster.calendar.policies import DAY_CHANGE_SET, DAY_CHANGE_VIEW
from manabiya.roster.calendar.tiles import changes_tile

ROUTES = (
    route(
        "day-changes/", views.day_changes, policy=DAY_CHANGE_VIEW, name="day-changes",
        area=Area.SCHOOL,
    ),
    route(
        "day-changes/new/", views.new, policy=DAY_CHANGE_SET, name="day-change-new",
        area=Area.SCHOOL,
    ),
    route(
        "day-changes/<uuid:change>/withdraw/", views.withdraw, policy=DAY_CHANGE_SET,
        name="day-change-withdraw", area=Area.SCHOOL,
    ),
)  # fmt: skip
MENU = (
    MenuEntry(
        "office-day-changes",
        "今日の変更",
        "day-changes",
        Area.SCHOOL,
        DAY_CHANGE_VIEW,
        17,
        "office",
    ),
)
TILES = (
    Tile("day-changes", Area.SCHOOL, "roster/calendar/tile.html", DAY_CHANGE_VIEW, changes_tile, 1),
)
