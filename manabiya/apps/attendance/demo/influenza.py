"""The influenza of January and February: class by class, with 出席停止 and 学級閉鎖.

Closures are decided as changes of the school's days; nobody marks the children of a closed class.
"""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta

from manabiya.apps.attendance.demo.course import Classroom, Closing, Course
from manabiya.apps.attendance.demo.marks import INFECTED
from manabiya.law.closures import closure_effect

PEAK = (2, 2)
SCHOOL_SPREAD, CLASS_SPREAD, CHILD_SPREAD = 6.0, 3.0, 4.0
ATTACK = (0.12, 0.44)
"""The smallest and largest share of a class that falls ill."""
AWAY_DAYS = (5, 5, 5, 6, 7)
"""Days after the onset on which the child still stays at home."""
CLOSING_SHARE, SMALLEST = 0.25, 8
CLOSED_DAYS = (2, 2, 3)


def outbreak(chance: random.Random, course: Course) -> None:
    """Write one winter of a school: who was ill when, which classes and grades were closed."""
    peak = date(course.year + 1, *PEAK) + timedelta(days=chance.gauss(0, SCHOOL_SPREAD))
    closed: dict[date, list[Classroom]] = defaultdict(list)
    for room in course.rooms:
        ill = _infect(chance, course, room, peak + timedelta(days=chance.gauss(0, CLASS_SPREAD)))
        for day in _closures(chance, course, room, ill):
            closed[day].append(room)
    for day, rooms in closed.items():
        _close(course, day, rooms)
    course.close()
    for grade, day in course.closed:
        for room in course.rooms:
            for sitting in room.sittings:
                if sitting.grade == grade:
                    course.marks.pop((sitting.student, day), None)


def _infect(chance: random.Random, course: Course, room: Classroom, peak: date) -> Counter[date]:
    """Keep the ill of a class at home; return how many are ill on each day."""
    share = chance.uniform(*ATTACK)
    ill: Counter[date] = Counter()
    for sitting in room.sittings:
        if chance.random() >= share:
            continue
        onset = peak + timedelta(days=round(chance.gauss(0, CHILD_SPREAD)))
        back = onset + timedelta(days=chance.choice(AWAY_DAYS))
        for day in course.days_of(sitting):
            if onset <= day <= back:
                course.marks[sitting.student, day] = INFECTED
                ill[day] += 1
    return ill


def _closures(
    chance: random.Random, course: Course, room: Classroom, ill: Counter[date]
) -> list[date]:
    """Return the days on which the class stays at home: the next ones after a quarter is ill.

    A quarter of the children who belong to the class on that day. The closing is noted.
    """
    if room.is_special:
        return []
    days = sorted({day for grade in room.grades for day in course.days[grade]})
    for day, count in sorted(ill.items()):
        size = sum(sitting.first <= day <= sitting.last for sitting in room.sittings)
        if size >= SMALLEST and count >= size * CLOSING_SHARE:
            later = [d for d in days if d > day][: chance.choice(CLOSED_DAYS)]
            if later:
                course.closings.append(Closing(room.key, day, later[0], later[-1]))
            return later
    return []


def _close(course: Course, day: date, rooms: list[Classroom]) -> None:
    """Judge a day's closures grade by grade: a day off for the grade, or an excused one (S4)."""
    for grade in sorted({grade for room in rooms for grade in room.grades}):
        together = [room for room in course.rooms if grade in room.grades]
        effect = closure_effect(
            [room.key for room in together],
            [room.key for room in rooms],
            special_needs_classes=[room.key for room in together if room.is_special],
        )
        if effect == "not_school_day":
            course.closed.add((grade, day))
        elif effect == "excused":
            for room in rooms:
                if grade in room.grades:
                    room.closed.add(day)
