"""``law``: explain a rule by its term, or write docs/law.md from the rules."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from manabiya.law import book


class Command(BaseCommand):
    help = "学校の記録の決まりを、根拠と例とともに示します"
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do: explain a term, or write the document."""
        actions = parser.add_subparsers(dest="action", required=True)
        explain = actions.add_parser("explain", help="用語の決まりを示します(例 出席停止)")
        explain.add_argument("term", help="用語")
        docs = actions.add_parser("docs", help="docs/law.md を作り直します")
        docs.add_argument("--output", type=Path, default=settings.BASE_DIR / "docs" / "law.md")

    def handle(self, *args: Any, **options: Any) -> None:
        """Explain or write; an unknown term ends with 1."""
        if options["action"] == "explain":
            self._explain(options["term"])
        else:
            self._write(options["output"])

    def _explain(self, term: str) -> None:
        try:
            self.stdout.write(book.explain(term))
        except book.UnknownTerm as error:
            self.stderr.write(str(error))
            raise SystemExit(1) from None

    def _write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(book.document(), encoding="utf-8")
        self.stdout.write(f"{path} に{len(book.rules())}の決まりを書きました。")
