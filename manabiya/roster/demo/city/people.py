"""Children, grown-ups and families as they are thought out, before they become rows."""

from dataclasses import dataclass, field
from datetime import date

from manabiya.roster.demo.city.names import Name
from manabiya.roster.demo.city.schools import SchoolSketch

GRADUATED = 10
"""The absolute grade of those who left a 中学校 last March."""


@dataclass(slots=True, eq=False)
class Child:
    """A child: ``grade`` is the absolute one (1 to 10) of the school year the city is built for.

    ``preferred``: 通称, used on screens and 通知表. ``former``: a family name it had until
    ``renamed_on``.
    """

    key: str
    name: Name
    is_girl: bool
    grade: int
    born: date
    is_special: bool = False
    preferred: Name | None = None
    former: Name | None = None

    @property
    def listed(self) -> Name:
        """Return the name the child is listed under."""
        return self.preferred or self.name


@dataclass(slots=True, eq=False)
class Adult:
    """A guardian: 続柄, and whether the person lives with the children."""

    key: str
    name: Name
    relationship: str
    lives_here: bool = True
    kind: str = "person"
    facility: str = ""


@dataclass(slots=True, eq=False)
class Move:
    """A family came from the district of another 小学校 on a day."""

    from_home: SchoolSketch
    on: date


@dataclass(slots=True, eq=False)
class Family:
    """Who belongs together, in the district of ``home`` (a 小学校 or the 義務教育学校).

    ``excluded``: the adult from whom the children are kept since ``excluded_on``.
    """

    home: SchoolSketch
    town: str
    adults: list[Adult]
    children: list[Child] = field(default_factory=list)
    move: Move | None = None
    excluded: Adult | None = None
    excluded_on: date | None = None

    @property
    def is_together(self) -> bool:
        """Return whether all adults live with the children."""
        return all(adult.lives_here for adult in self.adults)


@dataclass(slots=True, eq=False)
class Seat:
    """A child in a homeroom of one school year, from a day to a day (None: still)."""

    child: Child
    school: SchoolSketch
    grade_level: int
    starts_on: date
    ends_on: date | None
    entry: str
    exit: str = ""
    homeroom: str = ""
    roll_number: int = 0
