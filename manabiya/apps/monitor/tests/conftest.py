"""A paired screen of the demo's school, and its own browser."""

from datetime import time

import pytest
from django.test import Client

SCREEN = "/m/shirakabano/wall/screen/"
BOARD = "/m/shirakabano/wall/board/"
ENTRY = "/m/shirakabano/wall/"
MONITORS = "/m/shirakabano/school/midorigaoka/monitors/"
ROOM, OTHER = "1年1組", "2年1組"


@pytest.fixture
def clock(city, monkeypatch):
    """Set the school's clock; 8:41 until somebody moves it."""
    state = {"at": city.now(8, 41)}
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: state["at"])

    def move(hour, minute=0, day=None):
        state["at"] = city.now(hour, minute) if day is None else day

    return move


def pair(city, name="玄関のテレビ", role="office_staff", school="midorigaoka", slug="shirakabano"):
    """Pair a screen as people do; return its browser and the device."""
    from manabiya.apps.monitor import services
    from manabiya.apps.monitor.wall import COOKIE
    from manabiya.kernel.clock import real_now

    with city.tenant(slug):
        started = services.start_pairing(
            actor=city.actor(role, school, slug), name=name, now=real_now()
        )
        paired = services.pair_device(code=started.code, now=real_now())
    browser = Client(raise_request_exception=False)
    browser.cookies[COOKIE] = paired.token
    return browser, paired.device


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


class School:
    """Marks and confirmations of the demo's school, written as the class page writes them."""

    def __init__(self, city):
        from manabiya.roster.queries import seats_on

        self.city = city
        self.room, self.other = city.homeroom_id(ROOM), city.homeroom_id(OTHER)
        self.seats = {r: seats_on(r, city.today) for r in (self.room, self.other)}

    def confirm(self, entries=(), room=None, at=(8, 31)):
        from manabiya.apps.attendance import rules, services

        room = room or self.room
        with self.city.tenant():
            services.confirm_day(
                actor=self.city.actor("vice_principal", "midorigaoka"),
                homeroom_id=room,
                day=self.city.today,
                entries=[rules.Entry(self.child(n, room), base, c) for n, base, c in entries],
                now=self.city.now(*at),
            )

    def child(self, place, room=None):
        return self.seats[room or self.room][place].student_id

    def name(self, place, room=None):
        return self.seats[room or self.room][place].name

    def settings(self, **values):
        from manabiya.apps.attendance.models import MorningSettings
        from manabiya.roster.models import School as Row

        with self.city.tenant():
            school = Row.objects.get(slug="midorigaoka")
            MorningSettings.objects.update_or_create(
                school=school, valid_from=self.city.today, defaults=values
            )

    def dark_from(self, hour):
        self.settings(monitor_dark_from=time(hour))


@pytest.fixture
def school(city, clock):
    """Return the school on a morning without reports."""
    from manabiya.apps.attendance.models import AbsenceReport

    with city.tenant():
        AbsenceReport.objects.filter(date=city.today).delete()
        return School(city)
