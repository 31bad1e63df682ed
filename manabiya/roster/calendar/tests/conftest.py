"""The principal of 緑が丘小学校, and a short way to decide something."""

from datetime import time

import pytest

from manabiya.kernel.registry import registry
from manabiya.roster.calendar.rules import DELAYED, EARLY, Change
from manabiya.roster.calendar.services import set_day_change

SCHOOL = "midorigaoka"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def decide(scope):
    """Return a function that decides a change of today as the principal: ``decide("closed")``."""

    def of(kind, *, room=None, grade=0, minutes=120, role="principal", school=SCHOOL, **more):
        first = more.pop("first", scope.today)
        service = {name: more.pop(name) for name in ("replaces", "says_again") if name in more}
        change = Change(
            kind=kind,
            first=first,
            last=more.pop("last", first),
            grade_level=grade,
            homeroom_id=scope.homeroom_id(room, school) if room else None,
            minutes=minutes if kind == DELAYED else 0,
            ends_at=time(13, 30) if kind == EARLY else None,
            cause=more.pop("cause", "weather"),
            **more,
        )
        actor = scope.actor(role, school)
        return set_day_change(actor=actor, change=change, now=scope.now(6, 40), **service)

    return of


@pytest.fixture
def confirmed(scope, monkeypatch):
    """Return a function after which the registry says that a class is confirmed today."""

    def of(room):
        known = {scope.homeroom_id(room)}
        monkeypatch.setattr(
            registry,
            "confirmed_classes",
            lambda ids, day: known & set(ids) if day == scope.today else set(),
        )

    return of
