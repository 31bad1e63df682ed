"""Seats the children of one school year: who belongs to which school, how many 学級 that needs."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.homeroom_size import HomeroomKind, HomeroomPlan, homerooms_needed
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import first_day, last_day
from manabiya.roster.demo.city.people import Child, Family, Seat
from manabiya.roster.demo.city.schools import SchoolSketch
from manabiya.roster.kana import sort_text
from manabiya.roster.models import Enrollment, Homeroom

KINDS = {
    HomeroomKind.SINGLE_GRADE: Homeroom.Kind.REGULAR,
    HomeroomKind.MULTIGRADE: Homeroom.Kind.MULTIGRADE,
    HomeroomKind.SPECIAL_NEEDS: Homeroom.Kind.SPECIAL_NEEDS,
}
SPECIAL_NAMES = ("ひまわり", "なかよし", "たんぽぽ", "わかば", "すずらん", "あおぞら")
ONE_DAY = timedelta(days=1)


@dataclass(slots=True, eq=False)
class Room:
    """A homeroom of one school year with its children."""

    key: str
    school: SchoolSketch
    year: int
    name: str
    plan: HomeroomPlan
    position: int
    seats: list[Seat]

    @property
    def is_special(self) -> bool:
        """Return whether it is a 特別支援学級."""
        return self.plan.kind is HomeroomKind.SPECIAL_NEEDS


@dataclass(slots=True)
class SchoolYearSeats:
    """Decides the seats of one school year; ``back``: 0 for the year of today, 1 before it."""

    chance: random.Random
    key: Keys
    schools: dict[str, SchoolSketch]
    year: int
    back: int

    def seats_of(self, family: Family) -> Iterator[Seat]:
        """Yield where the family's children belong; a family that moved has two seats a child."""
        moved_on = family.move.on if family.move else None
        first, last = first_day(self.year), last_day(self.year)
        for child in family.children:
            if moved_on is None or family.move is None or moved_on <= first:
                yield from self._seat(child, family.home, first, None)
            elif moved_on > last:
                yield from self._seat(child, family.move.from_home, first, None)
            elif self._stays(child, family.move.from_home, family.home):
                yield from self._seat(child, family.home, first, None)
            else:
                yield from self._seat(child, family.move.from_home, first, moved_on - ONE_DAY)
                yield from self._seat(child, family.home, moved_on, None)

    def _stays(self, child: Child, before: SchoolSketch, after: SchoolSketch) -> bool:
        """Return whether both homes send the child to the same school."""
        old = self.place(before, child.grade - self.back)
        new = self.place(after, child.grade - self.back)
        return old is not None and new is not None and old[0] is new[0]

    def _seat(
        self, child: Child, home: SchoolSketch, starts_on: date, ends_on: date | None
    ) -> Iterator[Seat]:
        grade = child.grade - self.back
        placed = self.place(home, grade)
        if placed is None:
            return
        school, level = placed
        seat = Seat(child, school, level, starts_on, ends_on, "promotion")
        if starts_on > first_day(self.year):
            seat.entry = Enrollment.Entry.TRANSFER_IN
        elif grade == 1 or (grade == 7 and school.kind is SchoolKind.JUNIOR_HIGH):
            seat.entry = Enrollment.Entry.ADMISSION
        if ends_on is not None:
            seat.exit = Enrollment.Exit.TRANSFER_OUT
        elif self.back:
            seat.ends_on = last_day(self.year)
            leaves = grade == 9 or (grade == 6 and school.kind is SchoolKind.ELEMENTARY)
            seat.exit = Enrollment.Exit.GRADUATION if leaves else Enrollment.Exit.PROMOTION
        yield seat

    def place(self, home: SchoolSketch, grade: int) -> tuple[SchoolSketch, int] | None:
        """Return school and grade within its kind of an absolute grade, None outside 1 to 9."""
        if not 1 <= grade <= 9:
            return None
        if home.is_evening:
            return (home, grade - 6) if grade > 6 else None
        if home.kind is not SchoolKind.ELEMENTARY or grade <= 6:
            return home, grade
        return self.schools[home.feeds], grade - 6

    def rooms(self, school: SchoolSketch, seats: list[Seat]) -> list[Room]:
        """Return the homerooms the children of 4/1 need, filled, numbered in 五十音順."""
        first = [seat for seat in seats if seat.starts_on == first_day(self.year)]
        regular = Counter(s.grade_level for s in first if not s.child.is_special)
        special = Counter(s.grade_level for s in first if s.child.is_special)
        plans = homerooms_needed(dict(regular), school.kind, self.year, dict(special))
        rooms = self._named(school, plans)
        self._fill(rooms, first)
        for room in rooms:
            _number(room)
        for seat in seats:
            if seat.starts_on != first_day(self.year):
                _squeeze_in(rooms, seat)
        return rooms

    def _named(self, school: SchoolSketch, plans: list[HomeroomPlan]) -> list[Room]:
        special = SPECIAL_NAMES[school.number % len(SPECIAL_NAMES)]
        numbers: Counter[str] = Counter()
        rooms = []
        for position, plan in enumerate(plans, start=1):
            stem = "・".join(map(str, plan.grades)) + "年"
            stem = special if plan.kind is HomeroomKind.SPECIAL_NEEDS else stem
            numbers[stem] += 1
            name = stem if plan.kind is HomeroomKind.MULTIGRADE else f"{stem}{numbers[stem]}組"
            rooms.append(Room(self.key(), school, self.year, name, plan, position, []))
        if numbers[special] == 1:
            rooms[-1].name = f"{special}学級"
        return rooms

    def _fill(self, rooms: list[Room], seats: list[Seat]) -> None:
        """Put the children of a grade into its homerooms by chance, special needs by grade."""
        waiting: dict[tuple[bool, int], list[Seat]] = defaultdict(list)
        for seat in seats:
            waiting[seat.child.is_special, seat.grade_level].append(seat)
        for group in waiting.values():
            self.chance.shuffle(group)
        for room in rooms:
            grades = sorted(room.plan.grades)
            while len(room.seats) < room.plan.student_count:
                group = next(g for grade in grades if (g := waiting[room.is_special, grade]))
                room.seats.append(group.pop())


def _number(room: Room) -> None:
    def order(seat: Seat) -> tuple[int, str]:
        listed = seat.child.listed
        return seat.grade_level, sort_text(listed.family[1], listed.given[1])

    room.seats.sort(key=order)
    for number, seat in enumerate(room.seats, start=1):
        seat.homeroom, seat.roll_number = room.key, number


def _squeeze_in(rooms: list[Room], seat: Seat) -> None:
    """Give a child who came during the year the last number of the smallest fitting homeroom."""
    fitting = [r for r in rooms if seat.grade_level in r.plan.grades]
    same = [r for r in fitting if r.is_special == seat.child.is_special] or fitting
    room = min(same, key=lambda room: (len(room.seats), room.position))
    seat.homeroom, seat.roll_number = room.key, len(room.seats) + 1
    room.seats.append(seat)
