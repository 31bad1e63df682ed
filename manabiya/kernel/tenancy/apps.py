"""Django application of the tenancy room."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "manabiya.kernel.tenancy"
    label = "tenancy"
    verbose_name = "自治体の区切り"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from manabiya.kernel.tenancy import lookups  # noqa: F401  registers the prefix lookup
        from manabiya.kernel.tenancy.weakness import refuse_strong_role

        connection_created.connect(refuse_strong_role, dispatch_uid="refuse_strong_role")
