"""The scoped manager: refuses reads and writes without or outside the municipality in scope."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

from manabiya.kernel.tenancy import scope

M = TypeVar("M", bound="models.Model")


class TenantQuerySet(models.QuerySet[M]):
    """A queryset that writes only rows of the municipality in scope."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Insert rows after checking each one's municipality."""
        rows = list(objs)
        for row in rows:
            check_row(row)
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kw: Any) -> int:
        """Update rows after checking each one's municipality."""
        rows = list(objs)
        for row in rows:
            check_row(row)
        return super().bulk_update(rows, fields, *args, **kw)

    def update(self, **values: Any) -> int:
        """Update columns; the municipality is no column to change, foreign objects are refused."""
        scope.current()
        if "municipality" in values or "municipality_id" in values:
            raise scope.ForeignTenant("a row never moves to another municipality by update()")
        for value in values.values():
            _check_value(value)
        return super().update(**values)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raw SQL does not belong behind a scoped manager."""
        raise scope.NoTenant("raw() is not scoped; write a query or use a cursor knowingly")


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """The only manager of tenant tables, also their base manager."""

    def get_queryset(self) -> TenantQuerySet[Any]:
        """Return the rows of the municipality in scope; raise ``NoTenant`` outside any."""
        queryset: TenantQuerySet[Any] = super().get_queryset()
        return queryset.filter(municipality_id=scope.current())


def check_row(row: models.Model) -> None:
    """Fill in the municipality of ``row`` and refuse a foreign one, also in its loaded relations."""
    here = scope.current()
    mine = getattr(row, "municipality_id", None)
    if mine is None:
        row.municipality_id = here  # type: ignore[attr-defined]
    elif mine != here:
        raise scope.ForeignTenant("the row belongs to another municipality")
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            _check_value(field.get_cached_value(row))


def _check_value(value: Any) -> None:
    theirs = getattr(value, "municipality_id", None)
    if isinstance(value, models.Model) and theirs is not None and theirs != scope.current():
        raise scope.ForeignTenant("a related row belongs to another municipality")
