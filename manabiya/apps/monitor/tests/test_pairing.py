"""Pairing a screen, and taking it away: who may, once, within ten minutes, without anybody's login."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from manabiya.apps.monitor import services
from manabiya.apps.monitor.models import MonitorDevice
from manabiya.apps.monitor.tests.conftest import BOARD, ENTRY, MONITORS, SCREEN, pair
from manabiya.apps.monitor.wall import COOKIE
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now

MAY = ["office_staff", "vice_principal", "principal"]
MAY_NOT = ["homeroom_teacher", "grade_head", "school_nurse", "subject_teacher", "ict_supporter"]


def code_on(page):
    return re.search(r'class="secret">(\d{4} \d{4})<', page.content.decode())[1]


def test_office_makes_a_code_and_the_screen_types_it(city, clock):
    office = city.client("office_staff", "midorigaoka")
    page = office.post(MONITORS, {"name": "職員室 北側"})
    assert "localhost:8000/m/shirakabano/wall/" in page.content.decode()
    code = code_on(page)
    screen = Client()
    assert "職員室の画面をつなぐ" in screen.get(ENTRY).content.decode()
    answer = screen.post(
        ENTRY, {"code": code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))}
    )
    assert (answer.status_code, answer.url) == (302, SCREEN)
    cookie = screen.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", ENTRY)
    assert "緑が丘小学校" in screen.get(SCREEN).content.decode()
    assert screen.get(ENTRY).url == SCREEN
    with city.tenant():
        device = MonitorDevice.objects.get()
        assert (device.name, device.code_hash) == ("職員室 北側", "")
        assert cookie.value not in (device.token_hash, device.code_hash)
        assert len(device.token_hash) == 64
        entries = AuditEntry.objects.filter(action__prefix="monitor.device:").order_by("at", "id")
        assert [(e.action, e.subject_id, e.account_id is None) for e in entries] == [
            ("monitor.device:start", device.id, False),
            ("monitor.device:pair", device.id, True),
        ]
    assert "最後の通信" in office.get(MONITORS).content.decode()
    assert code not in office.get(MONITORS).content.decode()


def test_code_is_used_once(city, clock):
    code = code_on(city.client("office_staff", "midorigaoka").post(MONITORS, {"name": "北"}))
    assert Client().post(ENTRY, {"code": code}).status_code == 302
    again = Client().post(ENTRY, {"code": code})
    assert again.status_code == 422
    assert COOKIE not in again.cookies
    assert "この番号ではつながりません" in again.content.decode()


def test_code_ends_after_ten_minutes_and_its_row_is_forgotten(scope):
    now = real_now()
    actor = scope.actor("office_staff", "midorigaoka")
    old = services.start_pairing(actor=actor, name="北", now=now)
    with pytest.raises(services.PairingRefused):
        services.pair_device(code=old.code, now=now + timedelta(minutes=10))
    services.start_pairing(actor=actor, name="南", now=now + timedelta(minutes=11))
    assert [row.name for row in MonitorDevice.objects.all()] == ["南"]


def test_code_of_another_municipality_pairs_nothing(city, clock):
    code = code_on(city.client("office_staff", "midorigaoka").post(MONITORS, {"name": "北"}))
    assert Client().post("/m/sawanose/wall/", {"code": code}).status_code == 422
    assert Client().post(ENTRY, {"code": code}).status_code == 302


def test_guessing_is_locked_after_ten_tries(city, clock):
    code = code_on(city.client("office_staff", "midorigaoka").post(MONITORS, {"name": "北"}))
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"
    for _try in range(10):
        assert Client().post(ENTRY, {"code": wrong}).status_code == 422
    assert Client().post(ENTRY, {"code": code}).status_code == 429
    assert Client().post(ENTRY, {"code": code}, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_whole_city_is_locked_after_a_hundred_tries_from_anywhere(city, clock):
    for number in range(100):
        address = f"10.0.{number}.1"
        assert Client().post(ENTRY, {"code": "00000000"}, REMOTE_ADDR=address).status_code == 422
    assert Client().post(ENTRY, {"code": "00000000"}, REMOTE_ADDR="10.1.0.1").status_code == 429


@pytest.mark.parametrize("typed", ["", "1234", "abcd efgh", "123456789"])
def test_what_is_no_code_is_said_at_the_field(city, clock, typed):
    page = Client().post(ENTRY, {"code": typed})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()


def test_revoked_screen_loses_the_board_at_once(city, clock):
    screen, device = pair(city)
    assert screen.get(BOARD).status_code == 200
    answer = city.client("principal", "midorigaoka").post(f"{MONITORS}{device.id}/revoke/")
    assert answer.url == MONITORS
    for address in (SCREEN, BOARD):
        assert screen.get(address).status_code == 404
    assert "職員室の画面をつなぐ" in screen.get(ENTRY).content.decode()
    with city.tenant():
        device.refresh_from_db()
        assert device.token_hash == ""
        assert device.revoked_by_id == city.actor("principal", "midorigaoka").person_id
    assert (
        "玄関のテレビ" not in city.client("principal", "midorigaoka").get(MONITORS).content.decode()
    )


@pytest.mark.parametrize("role", MAY)
def test_these_pair_and_revoke(city, role):
    _, device = pair(city, role=role)
    with city.tenant():
        actor = city.actor(role, "midorigaoka")
        assert services.revoke_device(actor=actor, device_id=device.id, now=real_now()).revoked_at


@pytest.mark.parametrize("role", MAY_NOT)
def test_these_do_not_and_nothing_changes(city, role):
    _, device = pair(city)
    client = city.client(role, "midorigaoka")
    assert client.get(MONITORS).status_code == 403
    assert client.post(f"{MONITORS}{device.id}/revoke/").status_code == 403
    with city.tenant():
        actor = city.actor(role, "midorigaoka")
        with pytest.raises(Refused):
            services.start_pairing(actor=actor, name="x", now=real_now())
        with pytest.raises(Refused):
            services.revoke_device(actor=actor, device_id=device.id, now=real_now())
        assert MonitorDevice.objects.get().revoked_at is None


def test_another_schools_screen_does_not_exist_for_the_office(city):
    _, device = pair(city, role="principal", school="higashikawabata")
    office = city.client("office_staff", "midorigaoka")
    assert "玄関のテレビ" not in office.get(MONITORS).content.decode()
    assert office.post(f"{MONITORS}{device.id}/revoke/").status_code == 404


def test_last_contact_is_noted_every_five_minutes(city, clock):
    screen, device = pair(city)
    with city.tenant():
        before = real_now() - timedelta(minutes=6)
        MonitorDevice.objects.update(last_seen_at=before)
    screen.get(BOARD)
    with city.tenant():
        device.refresh_from_db()
        assert device.last_seen_at - before > timedelta(minutes=5)
        noted = device.last_seen_at
    screen.get(BOARD)
    with city.tenant():
        device.refresh_from_db()
        assert device.last_seen_at == noted


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("monitor_device_code_or_token", {"token_hash": "b" * 64, "paired_at": True}),
        ("monitor_device_code_or_token", {"code_expires_at": None}),
        ("monitor_device_token_while_paired", {"code_hash": "", "token_hash": "b" * 64}),
        ("monitor_device_revoked_by_somebody", {"revoked_at": True}),
    ],
)
def test_database_refuses_a_device_that_is_neither_waiting_nor_paired(scope, constraint, values):
    now = real_now()
    actor = scope.actor("office_staff", "midorigaoka")
    plain = {
        "school_id": actor.at,
        "name": "北",
        "code_hash": "a" * 64,
        "code_expires_at": now,
        "created_by_id": actor.person_id,
        "created_at": now,
    }
    given = {name: now if value is True else value for name, value in values.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MonitorDevice.objects.create(**{**plain, **given})
