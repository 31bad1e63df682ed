"""``restore FILE``: fill an empty place from a backup, and prove that it is the same."""

import os
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.backup.checking import Checked, check
from manabiya.kernel.backup.errors import BackupRefused
from manabiya.kernel.backup.key import read_key
from manabiya.kernel.backup.restoring import refuse_living_city, refuse_other_schema, restore
from manabiya.kernel.backup.services import note_restore, verify_chains


class Command(BaseCommand):
    help = "控えを、何もない所に戻します"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the key."""
        parser.add_argument("file", type=Path, help="控えのファイル")
        parser.add_argument("--key-file", type=Path, help="鍵のファイル(16進の64文字)")
        parser.add_argument("--check", action="store_true", help="読んで確かめるだけで、戻しません")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file, restore it, verify the chains; say what came."""
        start = perf_counter()
        try:
            key = read_key(options["key_file"], os.environ.get("MANABIYA_BACKUP_KEY", ""))
            checked = check(options["file"], key)
            if not options["check"]:
                self._restore(options["file"], key, checked)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        manifest = checked.manifest
        self.stdout.write(
            f"{'確かめました' if options['check'] else '戻しました'}"
            f"({checked.about.taken_at} の控え): 表 {len(manifest.tables)}・"
            f"行 {manifest.row_count:,}、ファイル {len(manifest.files):,}、"
            f"{perf_counter() - start:.1f} 秒"
        )
        for municipality, (sequence, digest) in sorted(manifest.heads.items()):
            self.stdout.write(f"足あとの先頭 {municipality} {sequence} {digest}")

    def _restore(self, file: Path, key: bytes, checked: Checked) -> None:
        refuse_other_schema(checked.about)
        refuse_living_city()
        call_command("migrate", verbosity=0)
        restore(file=file, key=key, checked=checked)
        findings = verify_chains(checked.manifest.heads, at=checked.about.taken_at)
        if findings:
            raise CommandError("\n".join(finding.message for finding in findings))
        note_restore()
