"""``check-translations``: what families read exists in English and やさしい日本語."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.registry import registry
from manabiya.kernel.ui.translations import LANGUAGES, family_texts, missing


class Command(BaseCommand):
    help = "訳を調べます"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is missing; end with 1 if anything is."""
        root = settings.BASE_DIR / "manabiya"
        found = missing(root, registry.family_files)
        for item in found:
            self.stdout.write(f"{item.language}\t{item.reason}\t{item.text}")
        if found:
            raise CommandError(f"{len(found)}件の訳が足りません。")
        self.stdout.write(
            f"{len(family_texts(root, registry.family_files))}の文を{len(LANGUAGES)}言語で調べました。"
        )
