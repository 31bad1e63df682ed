"""The rows behind a number: the children of each class and their days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.statistics.counting import KINDS, Counted, Tally, total
from manabiya.apps.statistics.long_absence import ALL
from manabiya.apps.statistics.periods import Period
from manabiya.apps.statistics.policies import ATTENDANCE_VIEW, ILLNESS_VIEW
from manabiya.apps.statistics.queries.reading import cards_for, count_school, find_period
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import HomeroomCard, called

RATE = "rate"
OF_ILLNESS = ("absent_sick", "suspended")
"""What the nurse, too, opens."""
WITHOUT_DATES = ("required", "attended", RATE)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child's part of the number: how many, and on which days where those are exceptions."""

    student_id: UUID
    name: str
    grade_level: int
    tally: Tally
    number: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ClassRows:
    """The children of a class and their sum."""

    card: HomeroomCard
    children: tuple[ChildRow, ...]
    tally: Tally
    number: int


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A number and the rows it is the sum of."""

    period: Period
    quantity: str
    label: str
    place: str
    classes: tuple[ClassRows, ...]
    tally: Tally
    number: int

    @property
    def is_rate(self) -> bool:
        """Return whether the number is 出席率, of which the rows show P and M."""
        return self.quantity == RATE

    @property
    def has_dates(self) -> bool:
        """Return whether the days themselves are shown."""
        return self.quantity not in WITHOUT_DATES


def rows_page(viewer: Actor, *, slug: str, quantity: str, where: str, today: date) -> RowsPage:
    """Return the rows behind a number (nine queries at most).

    ``where``: ``all``, a grade (``g3``) or a class's id. ``Http404`` for what is no number, or out
    of the viewer's reach.
    """
    policy = ATTENDANCE_VIEW if ATTENDANCE_VIEW.may(viewer) else ILLNESS_VIEW
    if quantity not in (*KINDS, RATE) or (policy is ILLNESS_VIEW and quantity not in OF_ILLNESS):
        raise Http404
    period = find_period(viewer.at, slug, today)
    cards = cards_for(viewer, policy, period.school_year, today)
    grade = int(where[1:]) if where[:1] == "g" and where[1:].isdecimal() else None
    if where != ALL and grade is None:
        cards = [card for card in cards if str(card.id) == where]
        if not cards:
            raise Http404
    counted = count_school(viewer.at, [period], today, homeroom_ids={card.id for card in cards})
    classes = _classes(counted, cards, quantity, grade)
    if grade is not None and not classes:
        raise Http404
    tally = total(rows.tally for rows in classes)
    return RowsPage(
        period=period,
        quantity=quantity,
        label=KINDS.get(quantity, "出席率"),
        place="" if where == ALL else f"{grade}年" if grade is not None else cards[0].name,
        classes=tuple(classes),
        tally=tally,
        number=_number(tally, quantity),
    )


def _number(tally: Tally, quantity: str) -> int:
    return tally.attended if quantity == RATE else tally.of(quantity)


def _classes(
    counted: Counted, cards: list[HomeroomCard], quantity: str, grade: int | None
) -> list[ClassRows]:
    """Return the classes that hold a row, each with its children in the order of the list."""
    found = defaultdict(list)
    for key, tally in counted.tallies.items():
        is_part = tally.required if quantity == RATE else tally.of(quantity)
        if is_part and grade in (None, key.grade_level):
            found[key.homeroom_id].append((key, tally))
    names = called([key.student_id for rows in found.values() for key, _ in rows])
    classes = []
    for card in cards:
        children = tuple(
            ChildRow(
                student_id=key.student_id,
                name=names[key.student_id],
                grade_level=key.grade_level,
                tally=tally,
                number=_number(tally, quantity),
                days=tuple(sorted(counted.days.get((key, quantity), ()))),
            )
            for key, tally in found.get(card.id, ())
        )
        if children:
            whole = total(child.tally for child in children)
            classes.append(ClassRows(card, children, whole, _number(whole, quantity)))
    return classes
