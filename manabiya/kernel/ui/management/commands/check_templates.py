"""``check-templates``: every template compiles and holds nothing forbidden."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from manabiya.kernel.ui.lint import findings, templates


class Command(BaseCommand):
    help = "テンプレートを調べます"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong; end with 1 if anything is."""
        found = templates(settings.BASE_DIR / "manabiya")
        wrong = 0
        for file in found:
            name = str(file).split("/templates/", 1)[1]
            problems = list(findings(file.read_text()))
            try:
                get_template(name)
            except TemplateSyntaxError as error:
                problems.append(str(error))
            for problem in problems:
                self.stdout.write(f"{name}: {problem}")
            wrong += len(problems)
        if wrong:
            raise CommandError(f"{wrong}件の誤りがあります。")
        self.stdout.write(f"{len(found)}枚のテンプレートを調べました。誤りはありません。")
