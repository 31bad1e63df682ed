"""``worker``: run the jobs until asked to stop; a running job is finished first.

When the database is gone the worker waits for it: whoever started it need not start it again.
"""

import asyncio
import logging
import signal
import time
from argparse import ArgumentParser
from typing import Any

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from manabiya.kernel.jobs.rescue import HEARTBEAT_SECONDS, SILENCE_SECONDS, rescue_stalled

logger = logging.getLogger(__name__)
PAUSE = 2.0
"""Seconds between two tries to reach a database that is gone."""


class Command(BaseCommand):
    help = "裏の仕事をします"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the queues to serve (default: all)."""
        parser.add_argument("--queue", action="append", dest="queues")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve the queues until asked to stop."""
        while True:
            try:
                rescue_stalled()
                if asyncio.run(_serve(options["queues"])):
                    return
            except (OperationalError, InterfaceError, ConnectorException):
                logger.warning("the database is out of reach; trying again in %d s", PAUSE)
            connections.close_all()
            time.sleep(PAUSE)


async def _serve(queues: Any) -> bool:
    """Serve the queues; return whether we were asked to stop (False: the database went away)."""
    await sync_to_async(connections.close_all)()  # of the thread that defers periodic jobs
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        work = asyncio.create_task(
            worker_app.run_worker_async(
                queues=queues,
                concurrency=2,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=SILENCE_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, work.cancel)
        try:
            await work
        except asyncio.CancelledError:
            return True
    return False
