"""The board looks into a school with a reason, for a time, and every look is logged."""

from datetime import timedelta

import pytest
from django.http import Http404

from manabiya.kernel.access.models import SupportSession
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.access.support import services
from manabiya.kernel.clock import real_now

STUDENTS = "/m/shirakabano/school/midorigaoka/students/"


def school_id(city):
    return city.actor("principal", "midorigaoka").school_id


def opened(city, minutes=15):
    with city.tenant():
        return services.open_support(
            actor=city.actor("board_administrator"),
            school_id=school_id(city),
            reason="名簿が開かないとの相談",
            minutes=minutes,
            now=real_now(),
        )


def test_a_session_ends_by_itself(city):
    session = opened(city)
    client = city.client("board_administrator")
    assert client.get(STUDENTS).status_code == 200
    with city.tenant():
        past = real_now() - timedelta(minutes=16)
        SupportSession.objects.update(started_at=past, ends_at=past + timedelta(minutes=15))
    assert client.get(STUDENTS).status_code == 404
    with city.tenant(), pytest.raises(Http404):
        services.end_support(
            actor=city.actor("board_administrator"), session_id=session.id, now=real_now()
        )


def test_a_session_opens_only_for_the_account_that_opened_it(city):
    opened(city)
    assert city.client("board_officer").get(STUDENTS).status_code == 404


def test_a_session_asks_for_the_second_factor(city):
    opened(city)
    answer = city.client("board_administrator", is_strong=False).get(STUDENTS)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/strong/")


@pytest.mark.parametrize("role", ["board_officer"])
def test_who_may_not_open_a_session_changes_nothing(city, role):
    with city.tenant():
        with pytest.raises(Refused):
            services.open_support(
                actor=city.actor(role),
                school_id=school_id(city),
                reason="見てみたいだけ",
                minutes=15,
                now=real_now(),
            )
        assert not SupportSession.objects.exists()


@pytest.mark.parametrize("minutes", [0, -5, 121])
def test_length_is_limited(city, minutes):
    with pytest.raises(services.SupportRefused, match="120分"):
        opened(city, minutes)
