"""Declaring and deferring jobs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.blueprints import Blueprint
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from manabiya.kernel.tenancy.scope import tenant

NAMESPACE = "manabiya"
RETRIES = 5
ID = re.compile(r"^[0-9a-zA-Z_.:\-]{1,80}$")

blueprint = Blueprint()


class BadArgument(TypeError):
    """A job's argument is not an id or a date: job rows are no place for personal data."""


@dataclass(frozen=True)
class Job:
    """A declared job: its name and task."""

    name: str
    task: "Task[..., Any, Any]"


def job(
    *, name: str, queue: str = "default", retries: int = RETRIES
) -> Callable[[Callable[..., None]], Job]:
    """Declare a job; the function gets ``municipality_id`` first and runs inside its scope.

    A raised error is tried again after 2, 4, 8 … seconds, ``retries`` times in all.
    """

    def declare(function: Callable[..., None]) -> Job:
        @wraps(function)
        def run(municipality_id: str, **arguments: Any) -> None:
            with tenant(UUID(municipality_id)):
                function(municipality_id, **arguments)

        strategy = RetryStrategy(max_attempts=retries, exponential_wait=2)
        task = blueprint.task(name=name, queue=queue, retry=strategy)(run)
        return Job(f"{NAMESPACE}:{name}", task)

    return declare


def periodic(cron: str, *, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a function of the system by a cron expression (a sixth field counts seconds)."""

    def declare(function: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            function()

        task = blueprint.task(name=name, queue="periodic", queueing_lock=name)(run)
        blueprint.periodic(cron=cron)(task)
        return function

    return declare


def defer(work: Job, *, municipality_id: UUID, **arguments: str | UUID | int) -> int:
    """Enqueue a job in the running transaction; return its id."""
    plain: dict[str, Any] = {}
    for name, value in arguments.items():
        if isinstance(value, int) or ID.match(str(value)):
            plain[name] = value if isinstance(value, int) else str(value)
        else:
            raise BadArgument(f"{work.name}: {name}")
    with transaction.atomic():
        found: int = app.tasks[work.name].defer(municipality_id=str(municipality_id), **plain)
        return found


def defer_once(
    work: Job, *, municipality_id: UUID, key: str, minutes: int, **arguments: str | UUID
) -> None:
    """Enqueue a job to run in some ``minutes`` unless one of the same ``key`` waits already.

    For work that is done anew as a whole, however often its cause happens meanwhile; it stands
    behind everything else.
    """
    plain = {name: str(value) for name, value in arguments.items()}
    if not all(ID.match(value) for value in plain.values()):
        raise BadArgument(work.name)
    later = app.tasks[work.name].configure(
        queueing_lock=key, schedule_in={"minutes": minutes}, priority=-10
    )
    try:
        with transaction.atomic():
            later.defer(municipality_id=str(municipality_id), **plain)
    except AlreadyEnqueued:
        return
