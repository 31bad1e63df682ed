"""``demo-logins``: print address, login name and password of each role of the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from manabiya.kernel.identity.models import DemoLogin
from manabiya.site.demo import PASSWORD


class Command(BaseCommand):
    help = "試し用のログインを一覧にします"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a role."""
        rows = DemoLogin.objects.filter(municipality__is_demo=True).select_related("account")
        if not rows:
            return
        self.stdout.write(
            f"試し用の役割(ログイン画面のボタンでも入れます。パスワードはどれも {PASSWORD})"
        )
        for row in rows.order_by("position"):
            self.stdout.write(f"  {row.account.login_name:<28} {row.label} {row.place}")
        self.stdout.write(f"  入口 {settings.PUBLIC_ADDRESS}/login/")
