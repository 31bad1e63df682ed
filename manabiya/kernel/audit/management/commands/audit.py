"""``audit seal``, ``audit head`` and ``audit verify``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.audit.heads import folder, keep_heads, read_heads
from manabiya.kernel.audit.sealer import seal_all
from manabiya.kernel.audit.verify import verify
from manabiya.kernel.tenancy.models import Municipality


class Command(BaseCommand):
    help = "記録の鎖をつなぐ・先頭を控える・確かめる"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the deed."""
        parser.add_argument("deed", choices=["seal", "head", "verify"])
        parser.add_argument("--municipality", help="アドレスの名前(なければ全部)")
        parser.add_argument("--heads", type=Path, help="外に控えた先頭のフォルダー")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; ``verify`` ends with 1 when something is wrong."""
        if options["deed"] == "seal":
            self.stdout.write(f"{seal_all()}件をつなぎました。")
        elif options["deed"] == "head":
            seal_all()
            self.stdout.write(f"{len(keep_heads())}件の先頭を控えました。")
        else:
            self._verify(options)

    def _verify(self, options: dict[str, Any]) -> None:
        rows = Municipality.objects.order_by("slug")
        if options["municipality"]:
            rows = rows.filter(slug=options["municipality"])
        wrong = 0
        for municipality in rows:
            heads = read_heads((options["heads"] or folder()) / f"{municipality.id}.jsonl")
            findings = verify(municipality.id, heads)
            wrong += len(findings)
            for finding in findings:
                self.stdout.write(f"{municipality.slug}: {finding.message}")
            self.stdout.write(
                f"{municipality.slug}: {'異常なし' if not findings else f'{len(findings)}件の異常'}"
                f"(外の控え {len(heads)}件)"
            )
        if wrong:
            raise CommandError(f"{wrong}件の異常があります。")
