"""Actors and grants: one person in one hat, with the rights of one day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from manabiya.kernel.identity.models import Hat


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today, and how far it reaches.

    ``role`` is a registered role key (``homeroom_teacher``). ``school_id`` is None for roles of
    the board and of guardians. ``homeroom_ids`` and ``student_ids`` limit the roles that know
    such limits. ``school_slug`` and ``school_name`` lead there. ``label`` is what the person is called on screen (「2年3組 担任」).
    """

    role: str
    label: str = ""
    school_id: UUID | None = None
    homeroom_ids: frozenset[UUID] = frozenset()
    student_ids: frozenset[UUID] = frozenset()
    is_fallback: bool = False
    school_slug: str = ""
    school_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this request: account, municipality, hat, person, place and rights of today."""

    account_id: UUID
    municipality_id: UUID
    hat: Hat
    person_id: UUID
    today: date
    grants: tuple[Grant, ...] = ()
    school_id: UUID | None = None
    is_strong: bool = False
    support_session_id: UUID | None = None
    label: str = field(default="", compare=False)
    name: str = field(default="", compare=False)
    place: tuple[str, ...] = field(default=(), compare=False)

    @property
    def at(self) -> UUID:
        """Return the school of the request; a page of a school always has one."""
        if self.school_id is None:
            raise LookupError("this request is at no school")
        return self.school_id

    def roles(self) -> frozenset[str]:
        """Return the role keys held today."""
        return frozenset(grant.role for grant in self.grants)


@dataclass(frozen=True, slots=True)
class PersonRights:
    """What a rights source answers: who and where the person is on screen, and today's grants.

    ``place`` is one or two lines of the bar (「白樺野市立」「緑が丘小学校」).
    """

    name: str
    grants: tuple[Grant, ...]
    school_id: UUID | None = None
    place: tuple[str, ...] = ()


class RightsSource(Protocol):
    """Gives the rights of a person on a day; registered once, by the roster."""

    def __call__(
        self, *, hat: Hat, person_id: UUID, today: date, school_slug: str | None
    ) -> PersonRights | None:
        """Return name, place and grants of the day, all of the municipality in scope.

        None when there is no such person, or no school of that address.
        """
        ...
