"""``import roster``: try files against the roster of a municipality, and apply them."""

import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.apps.imports import queries
from manabiya.apps.imports.refusals import ImportRefused
from manabiya.apps.imports.terminal import import_roster, uploads_of
from manabiya.kernel.clock import school_now
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.law.era import parse_date
from manabiya.law.school_year import first_day, school_year_of


class Command(BaseCommand):
    help = "名簿のファイルを取り込みます(まず試し、--apply で反映)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files, municipality, day, and whether to apply."""
        nouns = parser.add_subparsers(dest="noun", required=True)
        roster = nouns.add_parser("roster", help="学校・教職員・児童生徒・保護者・在籍")
        roster.add_argument("files", nargs="+", type=Path, metavar="FILE")
        roster.add_argument("--municipality", required=True, metavar="SLUG")
        roster.add_argument("--from", dest="day", type=_day, help="いつから(例 令和8年4月1日)")
        roster.add_argument("--apply", action="store_true", help="結果を反映する")
        roster.add_argument("--skip-problems", action="store_true", help="問題の行を除いて反映する")
        roster.add_argument("--report", type=Path, metavar="OUT.xlsx", help="結果を書くファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        """Try and apply; ends with 1 when there are problems."""
        municipality = Municipality.objects.filter(slug=options["municipality"]).first()
        if municipality is None:
            known = "、".join(Municipality.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"その自治体はありません。次のどれかを選んでください: {known}")
        started = time.monotonic()

        def say(line: str) -> None:
            self.stdout.write(f"[{time.monotonic() - started:5.1f}秒] {line}")
            self.stdout.flush()

        try:
            uploads = uploads_of(options["files"])
            with tenant(municipality.id):
                result = import_roster(
                    municipality_id=municipality.id,
                    uploads=uploads,
                    effective_on=options["day"] or _today(municipality),
                    applies=options["apply"],
                    skips_problems=options["skip_problems"],
                    report_to=options["report"],
                    say=say,
                )
        except ImportRefused as error:
            raise CommandError(str(error)) from error
        if result.written:
            say(f"反映しました({result.written:,}行)")
        elif result.plan.is_empty:
            say("変わるものはありません")
        elif not options["apply"]:
            say("試しただけです。反映するには --apply を付けてください")
        if result.has_problems:
            if options["apply"] and not result.written and not result.plan.is_empty:
                say("問題があるので反映していません。直すか、--skip-problems を付けてください")
            raise SystemExit(1)


def _today(municipality: Municipality) -> date:
    """Return the school's today, or the first day of its year when nobody is enrolled yet."""
    today = school_now(municipality).date()
    return today if queries.has_children(None) else first_day(school_year_of(today))


def _day(text: str) -> date:
    return parse_date(text)
