"""How many questions a request asks: every statement the application sends, through the real stack.

The request runs in this process with all middleware, on the durable database. Statements that
only steer the transaction (SAVEPOINT, RELEASE) are counted apart.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK TO")


@dataclass
class Asked:
    """The statements of a request."""

    statements: list[str] = field(default_factory=list)

    @property
    def queries(self) -> list[str]:
        """Return the statements that ask or write something."""
        return [sql for sql in self.statements if not sql.startswith(CONTROL)]

    @property
    def savepoints(self) -> int:
        """Return how many statements only steered the transaction."""
        return len(self.statements) - len(self.queries)

    def __call__(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        self.statements.append(str(sql))
        return execute(sql, params, many, context)


@contextmanager
def counting() -> Iterator[Asked]:
    """Count what the block asks the database."""
    from django.db import connection

    asked = Asked()
    with connection.execute_wrapper(asked):
        yield asked


def client(session: str) -> Any:
    """Return a client of this process that wears a session."""
    from django.test import Client

    found = Client(SERVER_NAME="localhost")
    found.cookies["manabiya"] = session
    return found


def ask(session: str, path: str, data: Any = None) -> tuple[Any, Asked]:
    """Ask for a page (or post ``data``) once warm; return the response and what it asked.

    The page is asked for once before, so that templates are loaded; a post is sent only once.
    """
    visitor = client(session)
    visitor.get(path)
    with counting() as asked:
        response = visitor.post(path, data) if data is not None else visitor.get(path)
    return response, asked
