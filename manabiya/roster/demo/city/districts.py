"""Fills the districts: behind every 小学校 families with children of ten grades.

No full name stands twice in the district of a 中学校 (nor in the one a family moved from), so
none stands twice in any class of any year.
"""

import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.school_year import school_year_of
from manabiya.roster.demo.city.calendars import last_school_day
from manabiya.roster.demo.city.names import DOMESTIC, FOREIGN, OLDER_WOMEN, Name, Stock
from manabiya.roster.demo.city.people import GRADUATED, Adult, Child, Family, Move
from manabiya.roster.demo.city.schools import FEW, SchoolSketch

CHILDREN = ((1, 0.62), (2, 0.93), (3, 1.0))
"""How many children of these grades a family has: cumulative shares."""
ABROAD, RENAMED, MOVED, SPECIAL, BY_OTHER_NAME = 0.016, 0.005, 0.006, 0.055, 0.004
FOREIGN_BY_OTHER_NAME, LOCAL_GIVEN_NAME, TWINS, GRANDMOTHER = 0.4, 0.15, 0.04, 0.15
HOMES = (("couple", 0.835), ("mother", 0.935), ("father", 0.95), ("apart", 1.0))
LARGE = 60
TOWNS = ("緑町", "泉町", "若葉町", "本町", "栄町", "旭町", "港町", "川端町", "北", "南", "西野",
         "東山", "白樺台", "湖畔", "駅前通", "桜木町")  # fmt: skip


class District:
    """Writes families of one municipality; knows the names already given, by 中学校."""

    def __init__(self, chance: random.Random, key: Keys, today: date, homes: list[SchoolSketch]):
        self.chance, self.key, self.today = chance, key, today
        self.year = school_year_of(today)
        self.others = [home for home in homes if home.size >= LARGE]
        self.taken: dict[str, set[tuple[str, str]]] = defaultdict(set)

    def fill(self, home: SchoolSketch) -> Iterator[Family]:
        """Yield the families of a district until every grade is full."""
        grades = self._grades(home)
        while grades:
            family = self._family(home)
            for grade in self._siblings(grades):
                family.children.append(self.child(family, grade))
            yield family

    def child(
        self, family: Family, grade: int, *, stock: Stock = DOMESTIC, own_name: bool = False
    ) -> Child:
        """Return a child of the family; ``own_name``: of a family name of its own."""
        head = family.adults[0].name.family
        stock = next((s for s in FOREIGN if head in s.families), stock)
        is_girl = self.chance.random() < 0.488
        surname = stock.family(self.chance) if own_name else head
        name = self.unused(family, lambda: Name(surname, self._given(stock, is_girl=is_girl)))
        child = Child(self.key(), name, is_girl, grade, self._born(family, grade))
        child.is_special = family.home.size >= 30 and self.chance.random() < SPECIAL
        self._other_names(family, child, is_foreign=stock is not DOMESTIC)
        return child

    def _given(self, stock: Stock, *, is_girl: bool) -> tuple[str, str]:
        """Return a given name of the origin, or at times of the country the family lives in."""
        stock = DOMESTIC if self.chance.random() < LOCAL_GIVEN_NAME else stock
        return stock.child(self.chance, is_girl=is_girl)

    def unused(self, family: Family, draw: Callable[[], Name]) -> Name:
        """Return a name nobody has in the districts the family belongs (or belonged) to."""
        name = draw()
        while not self.is_free(family, name):
            name = draw()
        return name

    def is_free(self, family: Family, name: Name) -> bool:
        """Return whether nobody has the name there; it is taken from then on."""
        homes = [family.home, *([family.move.from_home] if family.move else [])]
        taken = [self.taken[home.feeds or home.slug] for home in homes]
        if any(name.letters in names for names in taken):
            return False
        for names in taken:
            names.add(name.letters)
        return True

    def adult(
        self, relationship: str, *, family: tuple[str, str] | None = None, stock: Stock = DOMESTIC
    ) -> Adult:
        """Return a grown-up; what the relationship is called tells whether it is a woman."""
        given = stock.adult(self.chance, is_woman=relationship.endswith(("母", "母)")))
        if relationship == "祖母" and stock is DOMESTIC:
            given = self.chance.choice(OLDER_WOMEN)
        return Adult(self.key(), Name(family or stock.family(self.chance), given), relationship)

    def town(self) -> str:
        """Return an address inside the city, without the city's name."""
        draw = self.chance.randrange
        return f"{self.chance.choice(TOWNS)}{draw(1, 9)}丁目{draw(1, 30)}番{draw(1, 25)}号"

    def _grades(self, home: SchoolSketch) -> deque[int]:
        counts = FEW[1] if home.slug == FEW[0] else self._counts(home)
        grades = [grade for grade, count in enumerate(counts, start=1) for _ in range(count)]
        self.chance.shuffle(grades)
        return deque(grades)

    def _counts(self, home: SchoolSketch) -> list[int]:
        share = home.size / (9 if home.feeds == "" else 6)
        spread = min(0.08, 0.25 / share**0.5)
        return [max(0, round(self.chance.gauss(share, share * spread))) for _ in range(GRADUATED)]

    def _siblings(self, grades: deque[int]) -> list[int]:
        roll = self.chance.random()
        wanted = next(count for count, share in CHILDREN if roll < share)
        found = [grades.popleft()]
        for _ in range(min(8, len(grades))):
            if len(found) == wanted:
                break
            grade = grades.popleft()
            if grade not in found or self.chance.random() < TWINS:
                found.append(grade)
            else:
                grades.append(grade)
        return sorted(found)

    def _family(self, home: SchoolSketch) -> Family:
        stock = self.chance.choice(FOREIGN) if self.chance.random() < ABROAD else DOMESTIC
        surname = stock.family(self.chance)
        roll = self.chance.random()
        kind = next(kind for kind, share in HOMES if roll < share)
        adults = [
            self.adult(relationship, family=surname, stock=stock)
            for relationship in {"mother": "母", "father": "父"}.get(kind, "母父")
        ]
        if kind == "apart":
            adults[1].lives_here = False
            adults[1].name = self.adult("父").name
        if self.chance.random() < GRANDMOTHER:
            adults.append(self.adult("祖母", stock=stock))
        family = Family(home, self.town(), adults)
        if home.size >= LARGE and self.chance.random() < MOVED:
            family.move = self._move(home)
        return family

    def _move(self, home: SchoolSketch) -> Move | None:
        away = self.chance.choice([other for other in self.others if other is not home])
        spring = date(self.year - self.chance.randrange(2), 5, 11)
        monday = spring + timedelta(days=-spring.weekday() % 7)
        wanted = monday + timedelta(days=7 * self.chance.randrange(0, 24))
        day = last_school_day([home, away], wanted)
        return Move(away, day) if day < self.today else None

    def _born(self, family: Family, grade: int) -> date:
        first = date(self.year - 6 - grade, 4, 2)
        twin = next((c.born for c in family.children if c.grade == grade), None)
        if twin is not None:
            return twin
        for _ in range(9):
            born = first + timedelta(days=self.chance.randrange(365))
            if all(abs(born - other.born) > timedelta(days=300) for other in family.children):
                break
        return born

    def _other_names(self, family: Family, child: Child, *, is_foreign: bool) -> None:
        share = FOREIGN_BY_OTHER_NAME if is_foreign else BY_OTHER_NAME
        if self.chance.random() < share:
            child.preferred = self.unused(family, lambda: self._other_name(child, is_foreign))
        elif not is_foreign and self.chance.random() < RENAMED:
            child.former = Name(DOMESTIC.family(self.chance), child.name.given)

    def _other_name(self, child: Child, is_foreign: bool) -> Name:
        """Return a name of the country; who has one already keeps the given name."""
        surname = DOMESTIC.family(self.chance)
        if not is_foreign:
            return Name(surname, child.name.given)
        return Name(surname, DOMESTIC.child(self.chance, is_girl=child.is_girl))
