"""Two people close the same month at once: one closes it, the other hears that it is closed."""

import threading

import pytest
from django.db import connection

from manabiya.apps.register import services
from manabiya.apps.register.models import RegisterStep, RegisterVersion
from manabiya.apps.register.tests.conftest import OCTOBER, Room, confirm_days

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_closers_make_one_version(city):
    from datetime import date

    with city.tenant():
        room = Room(city, city.homeroom_id("1年1組"))
        confirm_days(room.id, OCTOBER, date(2026, 10, 31), city.now())
        services.check_month(**room.of(room.teacher))
    said, start = [], threading.Barrier(2)

    def close():
        try:
            with city.tenant():
                asked = room.of(room.actor("vice_principal"))
                start.wait(timeout=20)
                services.close_month(**asked)
                said.append("closed")
        except services.RegisterRefused as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(said) == ["closed", "もう締めてあります。何も変えていません。"]
    with city.tenant():
        assert RegisterVersion.objects.count() == 1
        assert RegisterStep.objects.filter(kind="closed").count() == 1
