"""``@service``: a write is one transaction with exactly one audit entry.

The count is held by construction: a service that returns without its entry, or with two,
raises and its transaction is rolled back. Services called by a service count for themselves.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

_entries: ContextVar[list[int] | None] = ContextVar("audit_entries", default=None)


class AuditCountWrong(RuntimeError):
    """A service wrote no audit entry, or more than one."""


def note_entry() -> None:
    """Count an entry for the service that is running, if any."""
    counter = _entries.get()
    if counter is not None:
        counter[0] += 1


def service(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` a service: one transaction, exactly one audit entry."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        counter = [0]
        token = _entries.set(counter)
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if counter[0] != 1:
                    raise AuditCountWrong(f"{function.__qualname__}: {counter[0]} audit entries")
                return result
        finally:
            _entries.reset(token)

    return inner
