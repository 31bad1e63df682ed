"""``projections verify``: are the stored counts what the rows say?"""

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.clock import school_now
from manabiya.kernel.registry import Difference, Projection, registry
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.law.school_year import first_day, school_year_of


class Command(BaseCommand):
    help = "たくわえた数を行から数えなおして確かめる"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the deed, whose numbers and which days."""
        parser.add_argument("deed", choices=["verify"])
        parser.add_argument("--municipality", help="アドレスの名前(なければ全部)")
        parser.add_argument("--school", help="学校のアドレスの名前(なければ全部)")
        parser.add_argument(
            "--from", dest="first", type=date.fromisoformat, help="年度のはじめから"
        )
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="今日まで")
        parser.add_argument("--mend", action="store_true", help="ちがう数を書きなおす")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name each difference; end with 1 when one is left."""
        rows = Municipality.objects.order_by("slug")
        if options["municipality"]:
            rows = rows.filter(slug=options["municipality"])
        left = looked = 0
        for municipality in rows:
            with tenant(municipality.id):
                school = _school_id(options["school"])
                if options["school"] and school is None:
                    continue
                looked += 1
                left += self._verify(municipality, school, options)
        if not looked:
            raise CommandError("その自治体・学校はありません。")
        if left:
            raise CommandError(f"{left}件の数がちがいます。--mend で書きなおせます。")

    def _verify(
        self, municipality: Municipality, school: UUID | None, options: dict[str, Any]
    ) -> int:
        """Return how many differences are left."""
        last = options["last"] or school_now(municipality).date()
        first = options["first"] or first_day(school_year_of(last))
        left = 0
        for projection in registry.projections.values():
            found = list(projection.compare(first=first, last=last, school_id=school))
            self._say(municipality, projection, found)
            if options["mend"] and found:
                for one in {(one.day, one.school_id): one for one in found}.values():
                    projection.mend(one)
                self.stdout.write(f"{municipality.slug} {projection.label}: 書きなおしました。")
                found = list(projection.compare(first=first, last=last, school_id=school))
            left += len(found)
        return left

    def _say(
        self, municipality: Municipality, projection: Projection, found: list[Difference]
    ) -> None:
        for one in found:
            self.stdout.write(
                f"{municipality.slug} {projection.label} {one.day} {one.place or '市'} "
                f"{one.what}: {one.stored} → {one.counted}"
            )
        result = f"{len(found)}件のちがい" if found else "ちがいなし"
        self.stdout.write(f"{municipality.slug} {projection.label}: {result}")


def _school_id(slug: str | None) -> UUID | None:
    """Return the id of the school in the municipality in scope."""
    if not slug or registry.places is None:
        return None
    return next((place.id for place in registry.places() if place.slug == slug), None)
