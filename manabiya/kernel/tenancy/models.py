"""The municipality directory and the three declared kinds of tables.

*Municipality* (設置者): a city, town, village or union that runs schools. Its row is a system
row: it is needed before a tenant can be in scope, and holds nothing about people.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import RegexValidator
from django.db import connection, models

from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.kernel.tenancy.managers import TenantManager, check_row

if TYPE_CHECKING:
    _ForeignKey = models.ForeignKey[Any, Any]
else:
    _ForeignKey = models.ForeignKey


class SystemModel(models.Model):
    """A table of the installation itself: no municipality, no people."""

    table_kind: ClassVar[str] = "system"

    class Meta:
        abstract = True


class AccountModel(models.Model):
    """A table of credentials, sessions and memberships: no names, no schools."""

    table_kind: ClassVar[str] = "account"

    class Meta:
        abstract = True


class Municipality(SystemModel):
    """A founder of public schools (設置者), one tenant of the installation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(
        "団体コード", max_length=6, unique=True, validators=[RegexValidator(r"^\d{6}$")]
    )
    slug = models.SlugField("アドレスの名前", max_length=40, unique=True)
    name = models.CharField("名称", max_length=60)
    is_demo = models.BooleanField("試し用", default=False)
    clock_offset_seconds = models.BigIntegerField(
        "学校の時計のずれ", default=0, help_text="試し用の自治体だけ。実時刻に足す秒数"
    )

    def __str__(self) -> str:
        return self.name


FIND = """
SELECT id, code, slug, name, is_demo, clock_offset_seconds,
       set_config('app.municipality_id', id::text, true)
FROM tenancy_municipality WHERE slug = %s
"""
FOUND = ("id", "code", "slug", "name", "is_demo", "clock_offset_seconds")


@contextmanager
def tenant_at(slug: str) -> Iterator[Municipality | None]:
    """Run the block as one transaction in the municipality of an address; None: there is none.

    Finds it and opens its scope in one question, since every page begins with it.
    """
    with scope.transaction_in(lambda: _found(slug)) as municipality:
        yield municipality


def _found(slug: str) -> Municipality | None:
    with connection.cursor() as cursor:
        cursor.execute(FIND, [slug])
        row = cursor.fetchone()
    return Municipality.from_db("default", FOUND, row[:-1]) if row else None


class TenantModel(models.Model):
    """A row that belongs to one municipality and is seen by no other.

    ``append_only``: the application's database role may insert and read, never change.
    """

    table_kind: ClassVar[str] = "tenant"
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in the municipality in scope; refuse a foreign row or relation."""
        check_row(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete in the municipality in scope; refuse a foreign row."""
        check_row(self)
        return super().delete(*args, **kwargs)


class TenantForeignKey(_ForeignKey):
    """A foreign key between tenant tables.

    The plain constraint is left out: :func:`.protect.protect` makes the composite one
    ``(municipality_id, x_id)``, since a plain one would accept a row of another municipality.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        """Describe the field for migrations without the constraint it never has."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs
