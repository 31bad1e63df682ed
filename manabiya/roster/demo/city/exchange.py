"""交流学級: the children of 特別支援学級 also belong to a class of their grade."""

import random
from collections import defaultdict

from manabiya.kernel.tenancy.bulk import pour
from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.school_year import last_day
from manabiya.roster.demo.city.classes import Room
from manabiya.roster.models import ExchangePlacement


def exchanges(key: Keys, chance: random.Random, rooms: list[Room], *, is_over: bool) -> int:
    """Write the exchange placements of one school year; ``is_over``: they ended with it."""
    by_grade: dict[tuple[str, int], list[Room]] = defaultdict(list)
    for room in rooms:
        if not room.is_special:
            for grade in room.plan.grades:
                by_grade[room.school.key, grade].append(room)
    found = [
        (seat, chance.choice(fitting))
        for room in rooms
        if room.is_special
        for seat in room.seats
        if (fitting := by_grade[seat.school.key, seat.grade_level])
    ]
    return pour(
        ExchangePlacement,
        ("id", "student_id", "homeroom_id", "starts_on", "ends_on"),
        (
            (key(), seat.child.key, room.key, seat.starts_on,
             seat.ends_on or (last_day(room.year) if is_over else None))
            for seat, room in found
        ),
    )  # fmt: skip
