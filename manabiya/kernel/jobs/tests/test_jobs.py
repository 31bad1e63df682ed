"""Jobs and events: with the transaction or not at all, exactly once in effect."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from manabiya.kernel.events.models import EventReceipt
from manabiya.kernel.events.publish import NotInTransaction, deliver, publish
from manabiya.kernel.jobs import BadArgument, defer
from manabiya.kernel.jobs.failures import failures
from manabiya.kernel.jobs.rescue import MOST_ATTEMPTS, rescue_stalled
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.kernel.tenancy.scope import tenant
from tests.tinyapp.models import TinyEffect


def jobs(status="todo"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status=%s", [status])
        return cursor.fetchall()


def test_event_reaches_its_subscriber_after_commit(city):
    subject = uuid4()
    with city.tenant():
        publish("tinyapp.happened", subject=subject, date=date(2026, 11, 20))
        assert TinyEffect.objects.count() == 0
        assert run_jobs() == 1
        effect = TinyEffect.objects.get()
        assert (effect.subject, effect.date) == (subject, date(2026, 11, 20))
        assert EventReceipt.objects.count() == 1


def test_event_of_a_rolled_back_service_never_happens(city):
    with pytest.raises(ZeroDivisionError), city.tenant():
        publish("tinyapp.happened", subject=uuid4(), date=date(2026, 11, 20))
        1 / 0  # noqa: B018
    assert jobs() == []


def test_a_repeated_delivery_has_no_second_effect(city):
    with city.tenant():
        event_id = publish("tinyapp.happened", subject=uuid4(), date=date(2026, 11, 20))
        keys = {"subject": str(uuid4()), "date": "2026-11-20"}
        defer(
            deliver,
            municipality_id=city.municipality().id,
            event_id=str(event_id),
            subscription="tinyapp.effect",
            **keys,
        )
        assert run_jobs() == 2
        assert TinyEffect.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransaction):
        publish("tinyapp.happened", subject=uuid4())


@pytest.mark.parametrize("value", ["山田 花子", "a b", "x" * 81, ""])
def test_jobs_take_no_words(city, value):
    with city.tenant(), pytest.raises(BadArgument):
        defer(deliver, municipality_id=city.municipality().id, event_id=value, subscription="x")


def test_job_runs_in_its_municipality(city):
    town = city.municipality("sawanose")
    with city.tenant("sawanose"):
        publish("tinyapp.happened", subject=uuid4(), date=date(2026, 11, 20))
    run_jobs()
    with city.tenant():
        assert TinyEffect.objects.count() == 0
    with tenant(town.id):
        assert TinyEffect.objects.count() == 1


def a_job(status, attempts=0, municipality_id=None):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('q', 'manabiya:test', jsonb_build_object('municipality_id', %s::text), %s, %s)"
            " RETURNING id",
            [str(municipality_id or uuid4()), status, attempts],
        )
        return cursor.fetchone()[0]


def status_of(job_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, attempts FROM procrastinate_jobs WHERE id=%s", [job_id])
        return cursor.fetchone()


def test_job_of_a_dead_worker_is_taken_up_again_until_it_is_given_up(db):
    rescued, poison = a_job("doing", 1), a_job("doing", MOST_ATTEMPTS)
    assert rescue_stalled() == 2
    assert status_of(rescued) == ("todo", 2)
    assert status_of(poison)[0] == "failed"


def test_operator_sees_and_retries_failures(city, capsys):
    mine = a_job("failed", 5, city.municipality().id)
    foreign = a_job("failed", 5, city.municipality("sawanose").id)
    client = city.client("board_administrator")
    page = client.get("/m/shirakabano/board/jobs/").content.decode()
    assert f">{mine}</td>" in page
    assert f">{foreign}</td>" not in page
    assert client.post(f"/m/shirakabano/board/jobs/{foreign}/retry/").status_code == 404
    assert client.post(f"/m/shirakabano/board/jobs/{mine}/retry/").status_code == 302
    assert status_of(mine)[0] == "todo"
    assert status_of(foreign)[0] == "failed"
    call_command("jobs", "failures")
    assert str(foreign) in capsys.readouterr().out
    call_command("jobs", "retry", foreign)
    assert failures() == []
    with pytest.raises(CommandError):
        call_command("jobs", "retry", foreign)


def test_board_officer_cannot_see_or_retry_jobs(city):
    job = a_job("failed", 5, city.municipality().id)
    client = city.client("board_officer")
    assert client.get("/m/shirakabano/board/jobs/").status_code == 403
    assert client.post(f"/m/shirakabano/board/jobs/{job}/retry/").status_code == 403
    assert status_of(job)[0] == "failed"


def test_nothing_is_deferred_by_a_savepoint_that_is_undone(city):
    with city.tenant():
        try:
            with transaction.atomic():
                publish("tinyapp.happened", subject=uuid4(), date=date(2026, 11, 20))
                raise LookupError
        except LookupError:
            pass
        assert run_jobs() == 0
