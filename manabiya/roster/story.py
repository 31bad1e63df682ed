"""The story of a demo municipality while it is being told, chapter by chapter."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.tenancy.ids import Keys
from manabiya.kernel.tenancy.models import Municipality

if TYPE_CHECKING:
    from manabiya.roster.demo.plan import Plan


@dataclass
class Story:
    """What later chapters need to know of earlier ones.

    ``plan``: which schools are told. ``today``: the last school day on or before the date the demo
    is built for. ``people``: (role key, school slug) → staff member or guardian id. ``chance``:
    seeded, so that the same date gives the same city. ``years``: the school years that are told day by day (none: only
    the last weeks are). ``doors``: the schools whose people get a button on the login page.
    """

    municipality: Municipality
    plan: "Plan"
    built_for: date
    city: str
    chance: random.Random
    today: date = date.min
    people: dict[tuple[str, str], UUID] = field(default_factory=dict)
    school_ids: dict[str, UUID] = field(default_factory=dict)
    school_names: dict[str, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    doors: tuple[str, ...] = ()
    say: Callable[[str], None] = print
    key: Keys = field(init=False)

    def __post_init__(self) -> None:
        """Make the keys: seeded as everything else."""
        seed = f"{self.municipality.slug} {self.built_for.isoformat()} {self.city} keys"
        self.key = Keys(seed, datetime.combine(self.built_for, time(), tzinfo=SCHOOL_ZONE))

    def at(self, hour: int, minute: int, day: date | None = None) -> datetime:
        """Return a local time of the story's today (or of ``day``), aware."""
        return datetime.combine(day or self.today, time(hour, minute), tzinfo=SCHOOL_ZONE)

    def actor(self, role: str, school_slug: str = "", hat: Hat = Hat.STAFF) -> Actor:
        """Return somebody of the story as an actor with the rights of today."""
        from manabiya.roster.rights import rights_of

        person_id = self.people[role, school_slug]
        rights = rights_of(
            hat=hat, person_id=person_id, today=self.today, school_slug=school_slug or None
        )
        if rights is None:
            raise LookupError(f"{role} at {school_slug} has no rights today")
        return Actor(
            account_id=person_id,
            municipality_id=self.municipality.id,
            hat=hat,
            person_id=person_id,
            today=self.today,
            grants=rights.grants,
            school_id=rights.school_id,
            is_strong=True,
        )
