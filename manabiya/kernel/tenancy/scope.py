"""The municipality in whose name the running code reads and writes.

``with tenant(municipality_id):`` is the transaction (or a savepoint inside one) and sets the
transaction-local setting ``app.municipality_id`` on which row-level security is keyed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar
from uuid import UUID

from django.db import connection, transaction

_current: ContextVar[UUID | None] = ContextVar("municipality", default=None)


class NoTenant(RuntimeError):
    """A tenant table was touched outside ``tenant()``."""


class ForeignTenant(RuntimeError):
    """A row of one municipality was about to be written or joined in the name of another."""


def current() -> UUID:
    """Return the id of the municipality in scope; raise :class:`NoTenant` when there is none."""
    municipality_id = _current.get()
    if municipality_id is None:
        raise NoTenant("no municipality in scope: open `with tenant(municipality_id):` first")
    return municipality_id


def current_or_none() -> UUID | None:
    """Return the id of the municipality in scope, or None outside any."""
    return _current.get()


def _set_config(municipality_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.municipality_id', %s, true)",
            [str(municipality_id) if municipality_id else ""],
        )


class _Named(Protocol):
    id: UUID


Found = TypeVar("Found", bound=_Named)


@contextmanager
def tenant(municipality_id: UUID) -> Iterator[None]:
    """Run the block as one transaction in the name of ``municipality_id``.

    Nested inside another transaction it is a savepoint and gives the outer municipality back
    afterwards. After an SQL error nothing is set: the rollback takes the setting back itself.
    """

    def enter() -> UUID:
        _set_config(municipality_id)
        return municipality_id

    with _transaction(enter):
        yield


@contextmanager
def transaction_in(find: Callable[[], Found | None]) -> Iterator[Found | None]:
    """Run the block in the municipality that ``find`` returns after setting it itself, or in none.

    For :func:`.models.tenant_at` only; everybody else knows the id and takes :func:`tenant`.
    """
    found: list[Found | None] = []

    def enter() -> UUID | None:
        found.append(find())
        return found[0].id if found[0] is not None else None

    with _transaction(enter):
        yield found[0]


@contextmanager
def _transaction(enter: Callable[[], UUID | None]) -> Iterator[None]:
    nested, before = connection.in_atomic_block, _current.get()
    with transaction.atomic():
        token = _current.set(enter())
        try:
            yield
            if nested and not connection.needs_rollback:
                _set_config(before)
        finally:
            _current.reset(token)
