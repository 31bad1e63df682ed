"""The nurse's board: who is ill today, by class, and the last fourteen school days."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from manabiya.apps.attendance.queries import (
    HomeroomLine,
    homeroom_lines,
    morning_settings,
    waiting_count,
)
from manabiya.apps.attendance.queries.illness import ill_days
from manabiya.apps.nurse_office import rules
from manabiya.apps.nurse_office.policies import BOARD_VIEW
from manabiya.apps.nurse_office.rules import Ill
from manabiya.apps.observation.queries import SYMPTOMS, observations_between
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import school_days

DAYS = 14
LOOK_BACK = timedelta(days=80)
"""Far enough for fourteen school days after the summer vacation."""


@dataclass(frozen=True, slots=True)
class IllChild:
    """A child of the board with its name."""

    ill: Ill
    name: str
    homeroom_name: str
    roll_number: int


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A class today: who is away with what, who is here with what, and the share of the ill."""

    line: HomeroomLine
    sick: int
    suspended: int
    here: int
    symptoms: tuple[int, ...]
    fresh: int
    is_proposed: bool
    share: rules.Share
    behind: tuple[IllChild, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The day of a school in the eyes of its nurse."""

    day: date
    lines: tuple[BoardLine, ...]
    fresh: tuple[IllChild, ...]
    here: tuple[IllChild, ...]
    days: tuple[date, ...]
    series: tuple[rules.Series, ...]
    diseases: Mapping[str, tuple[int, ...]]
    threshold_percent: int
    undecided: int = 0

    @property
    def over(self) -> list[BoardLine]:
        """Return the classes at or above the threshold that are not closed already."""
        return [x for x in self.lines if x.share.is_reached and x.line.closure is None]

    @property
    def open_lines(self) -> list[BoardLine]:
        """Return the classes that have school today."""
        return [line for line in self.lines if line.line.is_school_day]


def nurse_board(viewer: Actor, *, day: date) -> Board:
    """Return the board of the viewer's school on ``day`` (a fixed number of queries)."""
    BOARD_VIEW.require(viewer)
    open_days = school_days(viewer.at, day - LOOK_BACK, day).open_days()[-DAYS:]
    days = tuple(d for d in open_days if d <= day)
    rows = _ill(viewer, days[0] if days else day, day)
    yesterday = next((d for d in reversed(days) if d < day), None)
    fresh = rules.newly_ill(rows, today=day, yesterday=yesterday)
    today = [row for row in rows if row.date == day]
    children = _children(today, day)
    threshold = morning_settings(viewer.at, day).closure_threshold_percent
    return Board(
        day=day,
        lines=_lines(viewer, day, today, fresh, children, threshold),
        fresh=_named(fresh, children),
        here=_named([row for row in today if row.kind == rules.HERE], children),
        days=days,
        series=rules.trend(rows, days),
        diseases=rules.diseases(rows, days),
        threshold_percent=threshold,
        undecided=waiting_count(viewer),
    )


def _ill(viewer: Actor, first: date, last: date) -> list[Ill]:
    away = [
        Ill(
            student_id=row.student_id,
            homeroom_id=row.homeroom_id,
            date=row.date,
            kind=rules.SUSPENDED if row.is_suspended else rules.SICK,
            words=(row.reason,) if row.reason else (),
            disease=row.disease,
            is_proposed=row.is_proposed,
        )
        for row in ill_days(viewer, first=first, last=last)
    ]
    here = [
        Ill(row.student_id, row.homeroom_id, row.date, rules.HERE, row.health.symptoms)
        for row in observations_between(viewer, first=first, last=last)
        if row.health.is_ill
    ]
    return away + here


@dataclass(frozen=True, slots=True)
class _Child:
    name: str
    homeroom_name: str
    position: int
    roll_number: int


def _children(rows: Collection[Ill], day: date) -> dict[UUID, _Child]:
    """Return the names and classes of the ill children of the day (one query)."""
    seats = Enrollment.objects.filter(
        on_day(day), student_id__in={row.student_id for row in rows}
    ).select_related("student", "homeroom")
    return {
        seat.student_id: _Child(
            seat.student.display_name, seat.homeroom.name, seat.homeroom.position, seat.roll_number
        )
        for seat in seats
    }


def _named(rows: Sequence[Ill], children: Mapping[UUID, _Child]) -> tuple[IllChild, ...]:
    """Return the rows with names, by class and 出席番号."""
    known = [(children[row.student_id], row) for row in rows if row.student_id in children]
    known.sort(key=lambda pair: (pair[0].position, pair[0].homeroom_name, pair[0].roll_number))
    return tuple(
        IllChild(row, child.name, child.homeroom_name, child.roll_number) for child, row in known
    )


def _lines(
    viewer: Actor,
    day: date,
    today: Sequence[Ill],
    fresh: Sequence[Ill],
    children: Mapping[UUID, _Child],
    threshold: int,
) -> tuple[BoardLine, ...]:
    by_class: dict[UUID, list[Ill]] = defaultdict(list)
    for row in today:
        by_class[row.homeroom_id].append(row)
    new = Counter(row.homeroom_id for row in fresh)
    return tuple(
        _line(line, by_class[line.card.id], new[line.card.id], children, threshold)
        for line in homeroom_lines(viewer, day=day)
    )


def _line(
    line: HomeroomLine,
    rows: Sequence[Ill],
    fresh: int,
    children: Mapping[UUID, _Child],
    threshold: int,
) -> BoardLine:
    kinds = Counter(row.kind for row in rows)
    symptoms = rules.count_words(rows, rules.HERE)
    away = [row for row in rows if row.is_away]
    return BoardLine(
        line=line,
        sick=kinds[rules.SICK],
        suspended=kinds[rules.SUSPENDED],
        here=kinds[rules.HERE],
        symptoms=tuple(symptoms[symptom] for symptom in SYMPTOMS),
        fresh=fresh,
        is_proposed=any(row.is_proposed for row in rows),
        share=rules.Share(len(away), line.counts.enrolled, threshold),
        behind=_named(away, children),
    )
