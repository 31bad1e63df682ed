"""A class of the demo with its children, inside the municipality's scope."""

import pytest

ROOM = "1年1組"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def room(scope):
    """Return the id of a class and the ids of its children."""
    from manabiya.roster.queries import seats_on

    homeroom_id = scope.homeroom_id(ROOM)
    return homeroom_id, [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
