"""A real worker is killed with -9 fifty times: effects equal events."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection

from manabiya.kernel.events.publish import publish
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from tests.tinyapp.models import TinyEffect

ROOT = Path(__file__).parents[4]
PLACES = ["before", "after", "committed"]
KILLS = 50


def database_url():
    found = connection.settings_dict
    password = f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else ""
    return f"postgresql://{found['USER']}{password}@/{found['NAME']}?host={quote(found['HOST'])}"


def worker(deaths, log):
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "manabiya.site.settings_test",
        "DATABASE_URL": database_url(),
        "MANABIYA_WORKER_HEARTBEAT": "0.2",
        "TINYAPP_DEATHS": str(deaths),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "manabiya", "worker", "--queue", "events"],
        cwd=ROOT,
        env=environ,
        stdout=log,
        stderr=log,
    )


def waiting():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')),"
            " count(*) FILTER (WHERE status = 'failed')"
            " FROM procrastinate_jobs WHERE queue_name = 'events'"
        )
        return cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_effects_equal_events_after_fifty_kills(tmp_path):
    municipality = Municipality.objects.create(code="012345", slug="teststadt", name="試し市")
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    subjects = [uuid4() for _ in range(KILLS + 10)]
    for number, subject in enumerate(subjects[:KILLS]):
        (deaths / f"{PLACES[number % 3]}-{subject}").touch()
    with tenant(municipality.id):
        for subject in subjects:
            publish("tinyapp.happened", subject=subject, date=date(2026, 11, 20))

    kills = 0
    end = time.monotonic() + 400
    with open(tmp_path / "log", "w+") as log:
        process = worker(deaths, log)
        while waiting()[0] and time.monotonic() < end:
            if process.poll() is not None:
                kills += process.returncode == -9
                time.sleep(0.7)
                process = worker(deaths, log)
            time.sleep(0.05)
        process.terminate()
        assert process.wait(20) == 0, (tmp_path / "log").read_text()[-3000:]

    # who was killed for another job's sake right after the commit doesn't do its own again
    assert {death.name.split("-")[0] for death in deaths.iterdir()} <= {"committed"}
    assert kills >= KILLS / 2
    assert waiting() == (0, 0)
    with tenant(municipality.id):
        assert sorted(TinyEffect.objects.values_list("subject", flat=True)) == sorted(subjects)
