"""Ordinary days: colds, family matters, late mornings; a few children who often stay away."""

import random
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from manabiya.apps.attendance.demo import marks
from manabiya.apps.attendance.demo.course import Course, Sitting
from manabiya.apps.attendance.demo.marks import Happening

SEASON = {4: 0.95, 5: 0.95, 6: 0.95, 7: 0.95, 8: 0.95, 9: 0.95, 10: 1.0, 11: 1.1, 12: 1.25,
          1: 1.25, 2: 1.25, 3: 1.05}  # fmt: skip
MONDAY = 1.15
OUTBREAK = (1, 2, 3)
FEVER = marks.sick("fever")
Kind = tuple[tuple[Happening, ...], tuple[int, ...]]
"""What may happen, and for how many days in a row."""

KINDS: tuple[tuple[float, Kind], ...] = (
    (0.0068, (tuple(map(marks.sick, ("fever", "cold", "stomach_ache", "fever"))), (1, 1, 1, 2, 3))),
    (0.0037, (tuple(map(marks.off, ("family", "consultation", "", "other"))), (1, 1, 1, 2))),
    (0.0050, ((marks.late("clinic", 10, 20), marks.late("", 8, 50), marks.late("", 9, 35)), (1,))),
    (0.0030, ((marks.left_early("clinic", 13, 40), marks.left_early("fever", 10, 55)), (1,))),
    (0.0002, ((marks.INFECTED,), (3, 4, 5))),
    (0.0001, ((marks.BEREAVED,), (1, 2, 3))),
)
RATE = sum(rate for rate, _ in KINDS)
SHARES = tuple(accumulate(rate for rate, _ in KINDS))
OFTEN = {"elementary_school": 0.003, "junior_high_school": 0.008}
"""Children who stay away more often than not (不登校), by kind of school."""
AWAY, ELSEWHERE = 0.55, 0.12


def ordinary_days(chance: random.Random, course: Course) -> None:
    """Write what happens to each child of a school's year on top of what stands already."""
    often = OFTEN.get(course.kind, 0.005)
    for room in course.rooms:
        for sitting in room.sittings:
            days = course.days_of(sitting)
            if chance.random() < often:
                _stay_away(chance, course, sitting, days)
            else:
                _events(chance, course, sitting, days)


def _events(chance: random.Random, course: Course, sitting: Sitting, days: list[date]) -> None:
    rate = RATE * chance.gammavariate(1.5, 1 / 1.5)
    for start in _starts(chance, days, rate):
        happenings, lengths = chance.choices(KIND_ORDER, cum_weights=SHARES)[0]
        happening = chance.choice(happenings)
        for day in days[start : start + chance.choice(lengths)]:
            course.marks.setdefault((sitting.student, day), _in_season(happening, day))


def _in_season(happening: Happening, day: date) -> Happening:
    """Return what happens; while the influenza goes round, its story alone tells who has it.

    Its closures follow from the share of the ill, so nobody is added to them afterwards.
    """
    is_its_story = happening is marks.INFECTED and day.month in OUTBREAK
    return FEVER if is_its_story else happening


def _starts(chance: random.Random, days: list[date], rate: float) -> Iterator[int]:
    """Yield the places in ``days`` at which something begins, more of them in winter."""
    weights = list(accumulate(map(weight, days)))
    at = chance.expovariate(rate)
    while weights and at < weights[-1]:
        yield bisect_left(weights, at)
        at += chance.expovariate(rate)


def weight(day: date) -> float:
    """Return how much more often than in October something happens on a day."""
    return SEASON[day.month] * (MONDAY if day.weekday() == 0 else 1.0)


def _stay_away(chance: random.Random, course: Course, sitting: Sitting, days: list[date]) -> None:
    for day in days:
        roll = chance.random()
        if roll < AWAY:
            course.marks.setdefault((sitting.student, day), marks.off("consultation"))
        elif roll < AWAY + ELSEWHERE:
            course.marks.setdefault((sitting.student, day), marks.DEEMED_PRESENT)


KIND_ORDER = tuple(kind for _, kind in KINDS)
