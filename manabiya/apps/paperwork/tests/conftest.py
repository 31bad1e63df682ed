"""The demo city with the demo's lists put aside: every test writes its own."""

from dataclasses import dataclass
from typing import Any

import pytest

SCHOOL, OTHER = "midorigaoka", "higashikawabata"


def put_aside(city: Any) -> None:
    """Take what the demo listed, offered and proposed out of the numbers (inside ``tenant()``)."""
    from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse, Partner

    PaperProposal.objects.all().delete()
    PaperUse.objects.update(removed_at=city.now(), partner=None)
    CatalogPaper.objects.update(retired_at=city.now())
    Partner.objects.all().delete()


@dataclass
class Desk:
    """Somebody with a list: writes lines by name."""

    city: Any
    actor: Any

    def add(self, name: str, kind: str = "paper", **fields: Any) -> Any:
        from manabiya.apps.paperwork import services

        given = {"with_whom": "inside", "basis": "habit", **fields}
        entry = services.UseFields(name=name, kind=kind, **given)
        return services.add_use(actor=self.actor, entry=entry, now=self.city.now())

    def decide(self, use: Any, decision: str = "digital", **said: Any) -> Any:
        from manabiya.apps.paperwork import services

        if decision != "keep":
            said.setdefault("due_on", self.city.today)
        return services.decide_use(
            actor=self.actor,
            use_id=use.id,
            version=use.version,
            said=services.Decision(decision, **said),
            now=self.city.now(),
        )

    def finish(self, use: Any, done_on: Any = None) -> Any:
        from manabiya.apps.paperwork import services

        return services.finish_use(
            actor=self.actor,
            use_id=use.id,
            version=use.version,
            done_on=done_on or self.city.today,
            now=self.city.now(),
        )


@pytest.fixture
def scope(city):
    with city.tenant():
        put_aside(city)
        yield city


@pytest.fixture
def desk(scope):
    """Return a function (role, school) → :class:`Desk`."""

    def at(role: str = "vice_principal", school: str = SCHOOL) -> Desk:
        return Desk(scope, scope.actor(role, school))

    return at


@pytest.fixture
def board(desk):
    return desk("board_administrator", "")


@pytest.fixture
def common(board):
    """Return a function that writes a common paper."""
    from manabiya.apps.paperwork import services

    def write(name: str, kind: str = "paper", **fields: Any) -> Any:
        given = {"with_whom": "guardians", "basis": "habit", **fields}
        entry = services.UseFields(name=name, kind=kind, **given)
        return services.keep_catalog_paper(
            actor=board.actor, paper_id=None, version=0, entry=entry, now=board.city.now()
        )

    return write
