"""``jobs failures`` and ``jobs retry ID``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.jobs.failures import failures, retry


class Command(BaseCommand):
    help = "失敗した裏の仕事を見る・やり直す"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the deed."""
        parser.add_argument("deed", choices=["failures", "retry"])
        parser.add_argument("id", type=int, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """List or retry."""
        if options["deed"] == "failures":
            for row in failures():
                self.stdout.write(f"{row.id} {row.name} {row.attempts}回 {row.failed_at}")
            return
        if options["id"] is None or not retry(options["id"]):
            raise CommandError("その番号の失敗した仕事はありません。")
        self.stdout.write("列に戻しました。")
