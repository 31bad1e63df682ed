"""Health, metrics and log lines as a balancer, Prometheus and an operator see them."""

import io
import json
import logging
import logging.config

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manabiya.kernel.backup.models import Backup
from manabiya.kernel.clock import real_now
from manabiya.kernel.health import checks
from manabiya.kernel.health.logs import logging_settings
from manabiya.roster.models import Enrollment

pytestmark = pytest.mark.django_db
FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path, monkeypatch):
    settings.MANABIYA_DATA_DIR = tmp_path
    monkeypatch.setattr(checks, "_is_migrated", False)


def test_live_asks_no_database_and_no_host_name():
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get("/health/live/", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert len(asked) == 0
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_says_what_it_found_and_the_worker_is_only_information():
    answer = Client().get("/health/ready/", headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "migrations": "ok", "worker": "silent"}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert Client().get("/health/ready/").json()["worker"] == "ok"


def test_not_ready_before_its_migrations(monkeypatch):
    loader = checks.MigrationLoader

    def with_one_more(connection):
        found = loader(connection)
        found.disk_migrations["roster", "9999_later"] = None
        return found

    monkeypatch.setattr(checks, "MigrationLoader", with_one_more)
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")
    monkeypatch.setattr(checks, "MigrationLoader", loader)
    assert Client().get("/health/ready/").status_code == 200


def test_not_ready_without_database_but_alive(monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(checks, "worker_silence", gone)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    assert Client().get("/health/live/").status_code == 200


def metrics_of(client=None, **options):
    answer = (client or Client()).get("/metrics/", **options)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))


def test_requests_are_counted_by_route_method_and_status():
    client = Client()
    client.get("/login/")
    client.get("/login/")
    client.get("/nothing-here/")
    found = metrics_of(client)
    assert found['manabiya_requests_total{route="login",method="GET",status="200"}'] == "2"
    assert found['manabiya_requests_total{route="-",method="GET",status="404"}'] == "1"
    assert found['manabiya_request_seconds_bucket{route="login",le="+Inf"}'] == "2"
    assert found['manabiya_request_seconds_count{route="login"}'] == "2"
    assert float(found['manabiya_request_seconds_sum{route="login"}']) > 0


def test_jobs_worker_and_last_backup_are_told():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
            " VALUES ('q', 't', 'failed', '{}')"
        )
    Backup.objects.create(taken_at=real_now(), size_bytes=4321, row_count=1, file_count=0)
    found = metrics_of()
    assert found["manabiya_database_up"] == "1"
    assert found['manabiya_jobs{state="failed"}'] == "1"
    assert float(found["manabiya_worker_silence_seconds"]) < 60
    assert found["manabiya_last_backup_bytes"] == "4321"
    age = real_now().timestamp() - float(found["manabiya_last_backup_timestamp_seconds"])
    assert abs(age) < 600  # the figure is rounded: it may lie a moment ahead


@pytest.mark.parametrize(
    "asked",
    [
        FAR,
        FAR | {"headers": {"authorization": "Bearer wrong"}},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"x-forwarded-proto": "https"}},
    ],
)
def test_metrics_are_for_this_machine_or_the_token_only(settings, asked):
    settings.METRICS_TOKEN = "right"
    assert Client().get("/metrics/", **asked).status_code == 404
    assert metrics_of(headers={"authorization": "Bearer right"}, **FAR)


def test_empty_token_opens_nothing():
    for given in ("Bearer ", "Bearer", ""):
        answer = Client().get("/metrics/", headers={"authorization": given}, **FAR)
        assert answer.status_code == 404


@pytest.fixture
def log():
    """Write the log as JSON into a text; the settings of before come back."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    logging.config.dictConfig(logging_settings(level="DEBUG", is_json=True))
    out = io.StringIO()
    root.handlers[0].setStream(out)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.handlers[:], root.level = before
    logging.getLogger("manabiya.request").setLevel(logging.NOTSET)


def test_a_request_is_one_line_of_ids(city, log):
    client = city.client("vice_principal", "midorigaoka")
    with city.tenant():
        seat = Enrollment.objects.filter(school__slug="midorigaoka", ends_on=None)
        student = seat.select_related("student").order_by("roll_number")[0].student
        municipality = city.municipality().id
    answer = client.get(f"/m/shirakabano/school/midorigaoka/students/{student.id}/")
    assert answer.status_code == 200
    (line,) = [line for line in log() if line["logger"] == "manabiya.request"]
    account = city.membership("vice_principal", "midorigaoka").account_id
    assert line.pop("milliseconds") > 0
    assert line.pop("time")
    assert line == {
        "level": "INFO",
        "logger": "manabiya.request",
        "message": "request",
        "request": answer.headers["X-Request-Id"],
        "route": "roster-student",
        "method": "GET",
        "status": 200,
        "account": str(account),
        "municipality": str(municipality),
    }


def test_no_name_no_address_and_no_code_comes_into_the_log(city, log):
    client = city.client("vice_principal", "midorigaoka")
    base = "/m/shirakabano/school/midorigaoka/students/"
    client.get(base, {"q": "しらかば"})
    client.get(f"{base}ひみつの子/")
    client.get("/welcome/5ec2e7c0de5ec2e7c0de5ec2e7c0de00/")
    client.get("/join/SECRET234679/")
    client.post("/login/", {"login_name": "himitsu.hanako", "password": "open-sesame-123"})
    written = json.dumps(log(), ensure_ascii=False)
    assert "roster-students" in written
    assert "staff-welcome" in written
    for word in ("しらかば", "ひみつ", "5ec2e7c0de", "SECRET234679", "himitsu", "sesame"):
        assert word not in written


def test_error_tells_its_kind_and_place_and_not_its_text(log):
    try:
        raise ValueError("山田花子 090-0000-0000")
    except ValueError:
        logging.getLogger("django.request").exception("failed: %s", "/m/yamada/")
    (line,) = [line for line in log() if line["logger"] == "django.request"]
    assert line["error"] == "ValueError"
    assert line["message"] == "failed: %s"
    assert "test_error_tells_its_kind_and_place_and_not_its_text" in line["trace"][0]
    assert "山田" not in json.dumps(line, ensure_ascii=False)


def test_lines_for_people_name_the_route_and_not_the_address():
    settings = logging_settings(level="WARNING", is_json=False)
    logging.config.dictConfig(settings)
    out = io.StringIO()
    handler = logging.getLogger().handlers[0]
    before = handler.setStream(out)
    Client().get("/welcome/5ec2e7c0de5ec2e7c0de5ec2e7c0de00/")
    handler.setStream(before)
    assert "410 staff-welcome" in out.getvalue()
    assert "5ec2e7c0de" not in out.getvalue()
