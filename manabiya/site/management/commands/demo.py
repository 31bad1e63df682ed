"""``demo``: build the demo city when the database is empty."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from manabiya.kernel.clock import SCHOOL_ZONE, real_now
from manabiya.kernel.tenancy.protect import as_owner
from manabiya.roster.demo.plan import CITIES
from manabiya.site import demo


class Command(BaseCommand):
    help = "試し用の市を作ります(空のデータベースだけ)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size of the city and the date it is built for."""
        parser.add_argument("--city", choices=sorted(CITIES), default="small")
        parser.add_argument("--today", type=date.fromisoformat, default=None)
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say that there is data already."""
        if not demo.is_empty():
            if options["if_empty"]:
                return
            raise CommandError(
                "データがすでにあります。試し用の市は空のデータベースにだけ作れます。"
            )
        today = options["today"] or real_now().astimezone(SCHOOL_ZONE).date()
        demo.build(built_for=today, city=options["city"], say=self._say)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _say(self, line: str) -> None:
        """Print at once: the launcher shows it while the city is built."""
        self.stdout.write(line)
        self.stdout.flush()
