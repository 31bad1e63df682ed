"""The pages of the register: a class's month, and the classes of a school by month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries import months_of_year
from manabiya.apps.register.document import Document, digest
from manabiya.apps.register.grid import Grid, grid_of
from manabiya.apps.register.models import CorrectionRequest, RegisterStep, RegisterVersion
from manabiya.apps.register.policies import MONTH_VIEW
from manabiya.apps.register.queries.live import Obstacle, live_month
from manabiya.apps.register.queries.stored import (
    MonthSteps,
    document_of,
    open_request,
    steps_of,
    versions_of,
)
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import HomeroomCard, homeroom_ids_for, homerooms_at


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A class's month: the document shown (stored, or live while it is open) and its standing.

    ``is_stale``: the open month is no longer what was checked.
    """

    homeroom: Homeroom
    month: date
    document: Document
    grid: Grid
    version: RegisterVersion | None
    versions: tuple[RegisterVersion, ...]
    steps: MonthSteps
    obstacles: tuple[Obstacle, ...]
    request: CorrectionRequest | None
    is_stale: bool

    @property
    def state(self) -> str:
        """Return the month's state in a word."""
        if self.version is None:
            is_checked = self.steps.checked and not self.is_stale
            return "点検済み(締める前)" if is_checked else "まだ締めていません"
        return "確認済み" if self.steps.confirmed else "締め済み(確認前)"


def month_page(
    viewer: Actor, *, homeroom_id: UUID, month: date, today: date, number: int | None = None
) -> MonthPage:
    """Return the month as it was written down (version ``number``, else the newest), or live.

    Raises ``Http404`` for a class out of reach, another year's month, an unknown version.
    """
    room = MONTH_VIEW.get(viewer, Homeroom.objects.all(), pk=homeroom_id)
    if school_year_of(month) != room.school_year or month > today:
        raise Http404
    versions = versions_of(room.id, month)
    shown = next((v for v in versions if number in (None, v.number)), None)
    if shown is None and number is not None:
        raise Http404
    live = None if shown else live_month(room.id, month, today)
    document = live.document if live else document_of(shown) if shown else {}
    steps = steps_of(room.id, month)
    return MonthPage(
        homeroom=room,
        month=month,
        document=document,
        grid=grid_of(document),
        version=shown,
        versions=tuple(versions),
        steps=steps,
        obstacles=live.obstacles if live else (),
        request=open_request(room.id, month),
        is_stale=bool(live and steps.checked and steps.checked.sha256 != digest(live.text)),
    )


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A class and the state of each month, the newest first: empty, checked, closed, confirmed."""

    card: HomeroomCard
    states: tuple[tuple[date, str], ...]


def overview(viewer: Actor, *, today: date) -> list[MonthLine]:
    """Return the classes the viewer may read, each with its months (four queries)."""
    year = school_year_of(today)
    mine = set(homeroom_ids_for(viewer, MONTH_VIEW, year))
    cards = [card for card in homerooms_at(viewer.at, year, today) if card.id in mine]
    states: dict[tuple[UUID, date], set[str]] = defaultdict(set)
    steps = RegisterStep.objects.filter(homeroom_id__in=mine)
    for homeroom_id, month, kind in steps.values_list("homeroom_id", "month", "kind"):
        states[homeroom_id, month].add(kind)
    waiting = CorrectionRequest.objects.filter(homeroom_id__in=mine, state="open")
    for homeroom_id, month in waiting.values_list("homeroom_id", "month"):
        states[homeroom_id, month].add("waiting")
    order = ("waiting", "confirmed", "closed", "checked")
    return [
        MonthLine(
            card,
            tuple(
                (month, next((kind for kind in order if kind in states[card.id, month]), ""))
                for month in reversed(months_of_year(year, today))
            ),
        )
        for card in cards
    ]
