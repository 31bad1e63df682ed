"""``checklist table``: the plan's table of a shipped round, as printed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.apps.checklist.plan_table import as_csv, as_text, plan_rows
from manabiya.apps.checklist.shipped import UnknownRound, shipped_set


class Command(BaseCommand):
    help = "校務DXチェックリストの、計画に印刷された表を出します"
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, the round and the format."""
        actions = parser.add_subparsers(dest="action", required=True)
        table = actions.add_parser("table", help="計画の表を出します")
        table.add_argument("--round", required=True, help="回(例 r5)")
        table.add_argument("--format", choices=["csv", "text"], default="text", help="形式")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table to the terminal or a pipe."""
        try:
            questions = shipped_set(options["round"])
        except UnknownRound as error:
            raise CommandError(str(error)) from error
        rows = plan_rows(questions)
        if not rows:
            raise CommandError(
                f"{questions.title}には、計画に印刷された表がありません。{questions.missing}"
            )
        write = as_csv if options["format"] == "csv" else as_text
        self.stdout.write(write(rows), ending="")
