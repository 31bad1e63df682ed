"""``calendar``: write the school days of a year for the schools of a municipality."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.apps.founding.calendars import CalendarRefused, parse_vacation, write_calendars
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant


class Command(BaseCommand):
    help = "学校の1年の授業日と休業日を書きます"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the municipality, the year, the vacations and the schools."""
        parser.add_argument("--municipality", required=True, help="アドレスの名前")
        parser.add_argument("--year", type=int, required=True, help="年度(例: 2027)")
        parser.add_argument(
            "--vacation",
            action="append",
            default=[],
            help="例: 7/25-8/20=夏季休業(いくつでも。なければ、市の決まりの休業)",
        )
        parser.add_argument(
            "--school", action="append", default=[], help="学校のアドレスの名前(なければ全校)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and say how many."""
        found = Municipality.objects.filter(slug=options["municipality"]).first()
        if found is None:
            raise CommandError(f"{options['municipality']} という自治体はありません。")
        try:
            year = options["year"]
            vacations = [parse_vacation(text, year) for text in options["vacation"]]
            with tenant(found.id):
                count = write_calendars(
                    school_year=year, vacations=vacations, school_slugs=options["school"]
                )
        except CalendarRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{count}校の{year}年度の授業日を書きました。もう日のある学校は、そのままです。"
        )
