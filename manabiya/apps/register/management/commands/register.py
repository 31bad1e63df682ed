"""``manabiya register verify``: prove every closed register of a school, or of all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.apps.register.models import RegisterVersion
from manabiya.apps.register.verify import Difference, verify_school
from manabiya.kernel.clock import school_now
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.models import Homeroom, School


class Command(BaseCommand):
    help = "締めた出席簿を、日々の記録と控えから計算しなおして確かめる"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the deed and the place."""
        parser.add_argument("deed", choices=["verify"])
        parser.add_argument("--municipality", help="アドレスの名前(なければ全部)")
        parser.add_argument("--school", help="学校のアドレスの名前(なければ全部)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what differs, school by school; end with 1 when anything does."""
        rows = Municipality.objects.order_by("slug")
        if options["municipality"]:
            rows = rows.filter(slug=options["municipality"])
        wrong = sum(self._verify(municipality, options["school"]) for municipality in rows)
        if wrong:
            raise CommandError(f"{wrong}件のちがいがあります。")

    def _verify(self, municipality: Municipality, school: str | None) -> int:
        today, wrong = school_now(municipality).date(), 0
        with tenant(municipality.id):
            schools = School.objects.order_by("code")
            for row in schools.filter(slug=school) if school else schools:
                found = verify_school(row.id, today)
                months = RegisterVersion.objects.filter(homeroom__school_id=row.id).count()
                for difference in found:
                    self.stdout.write(f"{municipality.slug}/{row.slug}: {_line(difference)}")
                said = f"{len(found)}件のちがい" if found else "異常なし"
                self.stdout.write(f"{municipality.slug}/{row.slug}: {said}(控え {months}件)")
                wrong += len(found)
        return wrong


def _line(difference: Difference) -> str:
    name = Homeroom.objects.values_list("name", flat=True).get(pk=difference.homeroom_id)
    return f"{name} {difference.month:%Y-%m} 第{difference.number}版: {difference.message}"
