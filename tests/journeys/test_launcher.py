"""One command starts everything, and nothing is left of it afterwards."""

import os
import signal
import socket
import time
import urllib.request

import pytest

from manabiya.kernel.database.pgembed import is_running
from tests.journeys.house import House, until

DEMO_HEADING = "試し用の役割でログイン"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "試し フォルダー"


@pytest.fixture
def start(request):
    """Return a function that starts a house; what a failed test leaves is ended."""

    def begin(folder, **environ):
        house = House(folder, **environ)
        request.addfinalizer(lambda: house.process and house.stop(signal.SIGKILL))
        return house

    return begin


def test_starts_stops_starts_again_and_leaves_no_process(start, folder, browser):
    house = start(folder).start()
    assert f"学び舎 → {house.address}" in house.said()
    logins = [line.split()[0] for line in house.said().splitlines() if line.startswith("  ")]
    assert set(logins) >= {"homeroom-teacher-1", "vice-principal-2"}
    with urllib.request.urlopen(f"{house.address}/health/", timeout=10) as answer:
        assert (answer.status, answer.read()) == (200, b"ok")
    names = " ".join(house.processes().values())
    for part in ("site.launcher", "database.keeper", "postgres -D", "granian", "manabiya worker"):
        assert part in names, part
    accounts = house.ask("SELECT id FROM identity_account ORDER BY id")

    assert house.stop(signal.SIGINT) == 0
    assert house.said().rstrip().endswith("止めています…")
    assert house.processes() == {}
    assert not is_running(house.database_folder)

    began = time.monotonic()
    again = start(folder, PORT=str(house.port)).start()
    print(f"second start: {time.monotonic() - began:.1f} s (goal 10 s)")
    assert again.ask("SELECT id FROM identity_account ORDER BY id") == accounts

    os.kill(again.process.pid, signal.SIGKILL)
    again.process.wait()
    assert until(lambda: again.processes() == {}, 30), again.processes()


def test_port_in_use_is_said_before_anything_is_started(start, folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        house = start(folder, PORT=str(port)).begin()
        assert house.process.wait(60) == 1
    assert f"ポート {port} は使われています。" in house.said()
    assert f"PORT={port + 1} make run" in house.said()
    assert "Traceback" not in house.said()
    assert not (folder / "postgres").exists()


@pytest.mark.parametrize("port", ["はちせん", "65536"])
def test_port_must_be_a_number(folder, port):
    house = House(folder)
    house.environ["PORT"] = port
    assert house.begin().process.wait(60) == 1
    assert "PORT には番号を入れてください" in house.said()
    assert "Traceback" not in house.said()


def test_demo_buttons_only_on_a_demo_served_on_loopback(start, folder, people):
    from tests.journeys.people import DESK

    house = start(folder, HOST="0.0.0.0").start()
    account = house.number("SELECT account_id FROM identity_demologin ORDER BY position LIMIT 1")
    visitor = people(DESK, at=house)
    check_closed(visitor, account)
    house.stop()

    near = start(folder, PORT=str(house.port)).start()
    visitor.open("/login/")
    visitor.sees(DEMO_HEADING)
    near.ask("UPDATE tenancy_municipality SET is_demo = false")
    check_closed(visitor, account)
    assert near.stop() == 0


def check_closed(visitor, account):
    """No button on the page, and the address behind it does not exist."""
    visitor.open("/login/")
    visitor.reads("ログイン")
    assert DEMO_HEADING not in visitor.page.locator("body").inner_text()
    status = visitor.page.evaluate(
        """async (account) => {
          const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
          const body = new URLSearchParams({csrfmiddlewaretoken: token});
          return (await fetch(`/login/demo/${account}/`, {method: "POST", body})).status;
        }""",
        str(account),
    )
    assert status == 404
