"""Addresses of the monitor: the device's own, and the school's list of devices."""

from manabiya.apps.monitor.policies import MONITOR_MANAGE, MONITOR_SHOW
from manabiya.apps.monitor.views import devices, pairing, screen
from manabiya.kernel.access.policies import PUBLIC
from manabiya.kernel.access.routes import Area, route

ROUTES = (
    route(
        "m/<slug:municipality>/wall/",
        pairing.entry,
        policy=PUBLIC,
        name="wall-entry",
    ),
    route("screen/", screen.screen, policy=MONITOR_SHOW, name="wall-screen", area=Area.DEVICE),
    route("board/", screen.board, policy=MONITOR_SHOW, name="wall-board", area=Area.DEVICE),
    route("monitors/", devices.devices, policy=MONITOR_MANAGE, name="monitors", area=Area.SCHOOL),
    route(
        "monitors/<uuid:device>/revoke/",
        devices.revoke,
        policy=MONITOR_MANAGE,
        name="monitor-revoke",
        area=Area.SCHOOL,
    ),
)
