"""The typed slots of the registry: frozen dataclasses an app fills in."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Protocol
from uuid import UUID

from manabiya.kernel.access.actors import Actor, RightsSource
from manabiya.kernel.access.policies import Permission, Policy
from manabiya.kernel.access.routes import Area, Route
from manabiya.kernel.registry.board_settings import BoardSettings
from manabiya.kernel.registry.class_fields import ClassFields
from manabiya.kernel.registry.evidence import Evidence
from manabiya.kernel.registry.obstacles import Obstacles
from manabiya.kernel.registry.setups import Setup
from manabiya.kernel.registry.ways import Ways


@dataclass(frozen=True, slots=True)
class Role:
    """A role people can hold: key (``homeroom_teacher``) and Japanese label."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A word of the bar (``section`` empty) or a tab below one (``section`` = the word's key).

    ``route`` names an address that takes no further arguments. Shown to holders of the policy.
    """

    key: str
    label: str
    route: str
    area: Area
    policy: Policy
    order: int = 100
    section: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A block on the page 今日: ``build(actor, now)`` gives its context, None to leave it out."""

    key: str
    area: Area
    template: str
    policy: Policy
    build: Callable[..., dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True, slots=True)
class StudentPanel:
    """A block on a student's page: ``build(actor, student_id, now)`` gives its context, or None."""

    key: str
    template: str
    policy: Policy
    build: Callable[..., dict[str, Any] | None]
    order: int = 100


class Sealed(Protocol):
    """Say why a class's day can't be changed any more, and what to do; empty: it can."""

    def __call__(self, *, homeroom_id: UUID, day: date) -> str: ...


@dataclass(frozen=True, slots=True)
class DaySeal:
    """Keeps a day of a class as it is: whoever changes it asks ``sealed`` first (one query)."""

    key: str
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored number that is not what the rows say.

    ``school_id`` None and ``place`` empty: a number of the whole municipality; ``what``: the
    number's key (``absent_sick``), never a person.
    """

    day: date
    school_id: UUID | None
    place: str
    what: str
    stored: int
    counted: int


class Compared(Protocol):
    """Yield the differences from a day to a day, of one school or (None) of everything."""

    def __call__(
        self, *, first: date, last: date, school_id: UUID | None
    ) -> Iterable[Difference]: ...


@dataclass(frozen=True, slots=True)
class Projection:
    """Stored counts that can be made from rows again: ``compare`` them, ``mend`` one difference."""

    key: str
    label: str
    compare: Compared
    mend: Callable[[Difference], None]


@dataclass(frozen=True, slots=True)
class DemoChapter:
    """A part of the demo's story, told in order: ``tell(story)`` writes rows of one municipality."""

    key: str
    order: int
    tell: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Place:
    """A school as the kernel may name it: id, address, name."""

    id: UUID
    slug: str
    name: str


Hours = Callable[[UUID, date], tuple[tuple[str, time], ...]]
ConfirmedClasses = Callable[[Collection[UUID], date], set[UUID]]
NamesOf = Callable[[Collection[UUID]], dict[UUID, str]]
Places = Callable[[], list[Place]]
LanguageSwitches = Callable[[], Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Contributions:
    """Everything one app gives the house.

    ``family_texts``: the app's Python files (``forms.py``) whose marked texts families read, so
    that each must exist in every language; templates on ``ui/phone.html`` are found by themselves.
    ``rights_source``, ``names_of`` (ids to names, for pages that hold ids only) and ``places``
    (the schools) are given once, by the roster. ``hours`` (what hours of a school's morning move
    with a later start, with their words) and ``confirmed_classes`` (which of the classes are
    confirmed on a day) are given once, by attendance. ``language_switches`` (further languages the
    board turned on or off in the municipality in scope; one query) is given once, by languages.
    """

    permissions: tuple[Permission, ...] = ()
    roles: tuple[Role, ...] = ()
    routes: tuple[Route, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    tiles: tuple[Tile, ...] = ()
    student_panels: tuple[StudentPanel, ...] = ()
    class_fields: tuple[ClassFields, ...] = ()
    board_settings: tuple[BoardSettings, ...] = ()
    day_seals: tuple[DaySeal, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    setups: tuple[Setup, ...] = ()
    ways: tuple[Ways, ...] = ()
    obstacles: tuple[Obstacles, ...] = ()
    subscriptions: tuple["Subscription", ...] = ()
    projections: tuple[Projection, ...] = ()
    demo: tuple[DemoChapter, ...] = ()
    family_texts: tuple[str, ...] = ()
    rights_source: RightsSource | None = None
    names_of: NamesOf | None = None
    places: Places | None = None
    hours: Hours | None = None
    confirmed_classes: ConfirmedClasses | None = None
    language_switches: LanguageSwitches | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """``handler(keys)`` is called for each event ``event``, after commit, perhaps twice.

    ``keys`` are ids and dates as strings; the handler recomputes from the rows.
    """

    name: str
    event: str
    handler: Callable[[dict[str, str]], None] = field(compare=False)


def holds(policy: Policy, actor: Actor | None) -> bool:
    """Return whether an entry guarded by ``policy`` is shown to ``actor``."""
    return actor is not None and policy.may(actor)
