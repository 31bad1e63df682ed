"""``init``: make a municipality from nothing and print the link of its first board officer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils.timezone import localtime

from manabiya.apps.founding.links import Link
from manabiya.apps.founding.municipalities import (
    FoundingRefused,
    Officer,
    found_municipality,
    renew_first_link,
)
from manabiya.kernel.clock import SCHOOL_ZONE, real_now


class Command(BaseCommand):
    help = "自治体を作り、教育委員会の最初の人のリンクを出します"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the municipality and the name of its first board administrator."""
        parser.add_argument("--slug", required=True, help="アドレスの名前(例: aobashi)")
        parser.add_argument("--code", help="団体コード(6桁)")
        parser.add_argument("--name", help="名称(例: 青葉市)")
        parser.add_argument("--officer", help="教育委員会の最初の管理者(例: 「青葉 花子」)")
        parser.add_argument("--officer-kana", help="そのかな(例: 「あおば はなこ」)")
        parser.add_argument("--new-link", action="store_true", help="最初のリンクを出し直す")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say what comes next."""
        try:
            link = self._renew(options) if options["new_link"] else self._found(options)
        except FoundingRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        until = localtime(link.invitation.expires_at, SCHOOL_ZONE)
        self.stdout.write(
            "教育委員会の最初の方に、次のリンクを渡してください。1回だけ使えます。\n\n"
            f"  {link.address}\n\n"
            f"期限: {until:%Y年%-m月%-d日 %-H:%M}(72時間)。リンクはここにしか出ません。\n"
            "これからの手順: docs/guides/first_morning.md"
        )

    def _renew(self, options: dict[str, Any]) -> Link:
        return renew_first_link(slug=options["slug"], now=real_now())

    def _found(self, options: dict[str, Any]) -> Link:
        if missing := [k for k in ("code", "name", "officer", "officer_kana") if not options[k]]:
            names = "、".join(f"--{name.replace('_', '-')}" for name in missing)
            raise CommandError(f"{names} を指定してください。何も作っていません。")
        validate_slug(options["slug"])
        family, given = _halves(options["officer"])
        family_kana, given_kana = _halves(options["officer_kana"])
        now = real_now()
        link = found_municipality(
            code=options["code"],
            slug=options["slug"],
            name=options["name"],
            officer=Officer(family, given, family_kana, given_kana),
            now=now,
            today=now.astimezone(SCHOOL_ZONE).date(),
        )
        self.stdout.write(f"{options['name']}({options['code']})を作りました。")
        return link


def _halves(name: str) -> tuple[str, str]:
    parts = name.split(maxsplit=1)
    if len(parts) != 2:
        raise CommandError(f"姓と名の間を空けてください: 「{name}」。何も作っていません。")
    return parts[0], parts[1]
