"""``backup FILE``: take an encrypted backup; ``backup --new-key FILE``: make a key."""

import os
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.audit.sealer import seal_all
from manabiya.kernel.backup.errors import BackupRefused
from manabiya.kernel.backup.key import make_key, read_key
from manabiya.kernel.backup.services import note_backup
from manabiya.kernel.backup.taking import take
from manabiya.kernel.clock import SCHOOL_ZONE, real_now


class Command(BaseCommand):
    help = "暗号化した控えを取り、読みなおして確かめます"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file or folder of the backup and the key."""
        parser.add_argument("target", type=Path, nargs="?", help="控えのファイルかフォルダー")
        parser.add_argument("--key-file", type=Path, help="鍵のファイル(16進の64文字)")
        parser.add_argument("--new-key", type=Path, help="新しい鍵を作るファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make a key, or take a backup and print its sizes."""
        try:
            if options["new_key"]:
                make_key(options["new_key"])
                self.stdout.write(
                    f"鍵を {options['new_key']} に作りました。控えとは別の所に置いてください。"
                )
            elif options["target"]:
                self._take(options)
            else:
                raise CommandError("控えのファイルかフォルダーを指定してください。")
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _take(self, options: dict[str, Any]) -> None:
        key = read_key(options["key_file"], os.environ.get("MANABIYA_BACKUP_KEY", ""))
        now, start = real_now(), perf_counter()
        target: Path = options["target"]
        if target.is_dir():
            target /= f"manabiya-{now.astimezone(SCHOOL_ZONE):%Y%m%d-%H%M%S}.backup"
        seal_all()
        taken = take(target=target, key=key, now=now)
        note_backup(taken, now=now)
        manifest = taken.manifest
        plain = sum(measure.bytes for measure in manifest.tables.values())
        files = sum(measure.bytes for measure in manifest.files.values())
        self.stdout.write(
            f"控えを取り、読みなおして確かめました: {taken.file}\n"
            f"表 {len(manifest.tables)}・行 {manifest.row_count:,}({plain:,} バイト)、"
            f"ファイル {len(manifest.files):,}({files:,} バイト)→ {taken.size:,} バイト、"
            f"{perf_counter() - start:.1f} 秒"
        )
        for municipality, (sequence, digest) in sorted(manifest.heads.items()):
            self.stdout.write(f"足あとの先頭 {municipality} {sequence} {digest}")
