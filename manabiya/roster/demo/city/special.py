"""Families unlike the others: a home for children, foster parents, families under protection,
and the grown-ups of the evening class, who report for themselves.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from manabiya.roster.demo.city.calendars import last_school_day
from manabiya.roster.demo.city.districts import District
from manabiya.roster.demo.city.names import (
    DOMESTIC,
    FOREIGN,
    OLDER_MEN,
    OLDER_WOMEN,
    Name,
)
from manabiya.roster.demo.city.people import Adult, Child, Family, Move
from manabiya.roster.demo.city.schools import EVENING_CLASS, SchoolSketch
from manabiya.roster.models import Guardian

FACILITY = "児童養護施設 白樺学園"
FACILITY_GRADES = (1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9)
FOSTER_FAMILIES = 12
PROTECTED = (((3, 7), 160), ((5,), 90), ((2, 4, 8), 351))
"""Absolute grades of the children of each protected family; since how many days."""
MOVES_WITH = 0
"""The first protected family also came to another school that day."""


def facility(district: District, home: SchoolSketch) -> Family:
    """Return the children's home: one 施設長 for all its children, each of a name of its own."""
    head = district.adult("施設長")
    head.kind, head.facility = Guardian.Kind.FACILITY_HEAD, FACILITY
    family = Family(home, district.town(), [head])
    for grade in FACILITY_GRADES:
        family.children.append(district.child(family, grade, own_name=True))
    return family


def foster_families(district: District, homes: list[SchoolSketch]) -> Iterator[Family]:
    """Yield families of 里親; half of the children are called by the name of the house."""
    for number in range(FOSTER_FAMILIES):
        first = district.adult("里親(母)")
        second = district.adult("里親(父)", family=first.name.family)
        for adult in (first, second):
            adult.kind = Guardian.Kind.FOSTER_PARENT
        family = Family(homes[number % len(homes)], district.town(), [first, second])
        for grade in sorted({1 + number % 9, 1 + number * 4 % 9}):
            child = district.child(family, grade, own_name=True)
            child.preferred = None
            called = Name(first.name.family, child.name.given)
            if number % 2 and district.is_free(family, called):
                child.preferred = called
            family.children.append(child)
        yield family


def protected_families(
    district: District, homes: list[SchoolSketch], today: date
) -> Iterator[Family]:
    """Yield three families whose father is kept from the children."""
    for number, (grades, days) in enumerate(PROTECTED):
        mother = district.adult("母")
        father = district.adult("父", family=mother.name.family)
        father.lives_here = False
        home, away = homes[number % len(homes)], homes[(number + 1) % len(homes)]
        family = Family(home, district.town(), [mother, father])
        family.excluded = father
        family.excluded_on = last_school_day(homes, today - timedelta(days=days))
        if number == MOVES_WITH:
            family.move = Move(away, family.excluded_on)
        for grade in grades:
            family.children.append(district.child(family, grade))
        yield family


def evening_class(district: District, school: SchoolSketch) -> Iterator[Family]:
    """Yield each grown-up of the evening class as a family of one, 本人."""
    for grade, count in enumerate((*EVENING_CLASS, EVENING_CLASS[-1]), start=7):
        for _ in range(count):
            yield _grown_up(district, school, grade)


def _grown_up(district: District, school: SchoolSketch, grade: int) -> Family:
    chance = district.chance
    is_woman = chance.random() < 0.6
    older = OLDER_WOMEN if is_woman else OLDER_MEN
    if chance.random() < 0.4:
        stock = chance.choice(FOREIGN)
        name = Name(stock.family(chance), stock.adult(chance, is_woman=is_woman))
        born = date(1975 + chance.randrange(30), 1, 1)
    else:
        name = Name(DOMESTIC.family(chance), chance.choice(older))
        born = date(1942 + chance.randrange(30), 1, 1)
    person = Adult(district.key(), name, "本人")
    family = Family(school, district.town(), [person])
    while not district.is_free(family, person.name):
        person.name = Name(DOMESTIC.family(chance), name.given)
    born += timedelta(days=chance.randrange(365))
    family.children.append(Child(district.key(), person.name, is_woman, grade, born))
    return family
