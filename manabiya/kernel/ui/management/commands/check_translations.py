"""``check-translations``: what families read exists in English and やさしい日本語.

Of each further language it prints how far it is checked, and refuses an entry without its mark.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from manabiya.kernel.registry import registry
from manabiya.kernel.ui.standings import faults, standing
from manabiya.kernel.ui.translations import LANGUAGES, family_texts, missing


class Command(BaseCommand):
    help = "訳を調べます"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is missing or unmarked; end with 1 if anything is."""
        root = settings.BASE_DIR / "manabiya"
        texts = family_texts(root, registry.family_files)
        found = missing(root, registry.family_files)
        for code, name in settings.FURTHER_LANGUAGES:
            found += faults(root, code)
            now = standing(root, code, texts)
            self.stdout.write(
                f"{name}: {now.total}の文のうち、確認済 {now.checked}、未確認 {now.unchecked}、"
                f"訳なし {now.missing}"
            )
        for item in found:
            self.stdout.write(f"{item.language}\t{item.reason}\t{item.text}")
        if found:
            raise CommandError(f"{len(found)}件の訳が足りないか、確認の印がありません。")
        self.stdout.write(f"{len(texts)}の文を{len(LANGUAGES)}言語で調べました。")
