"""Reads of invitations."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.invitations.models import Invitation
from manabiya.kernel import clock
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.roster import queries as roster


@dataclass(frozen=True, slots=True)
class GuardianState:
    """A guardian of a child in a class, and where the paper stands."""

    person: roster.InvitedPeople
    state: str
    state_label: str

    @property
    def pair(self) -> str:
        """Return the value of the checkbox."""
        return f"{self.person.student_id}:{self.person.guardian_id}"


LABELS = {
    "none": "まだ出していません",
    "issued": "出しました",
    "expired": "期限切れ",
    "used": "使っています",
}


def guardian_lines(homeroom_id: UUID, today: date, municipality_id: UUID) -> list[GuardianState]:
    """Return the guardians of a class's children with the state of their paper (three queries)."""
    people = roster.guardians_of_homeroom(homeroom_id, today)
    joined = set(
        Membership.objects.filter(
            municipality_id=municipality_id,
            hat=Hat.GUARDIAN,
            revoked_at=None,
            person_id__in=[p.guardian_id for p in people],
        ).values_list("person_id", flat=True)
    )
    latest: dict[tuple[UUID, UUID], Invitation] = {}
    rows = Invitation.objects.filter(
        student_id__in=[p.student_id for p in people], revoked_at=None
    ).order_by("issued_at")
    for row in rows:
        latest[row.student_id, row.guardian_id] = row
    found = []
    for person in people:
        paper = latest.get((person.student_id, person.guardian_id))
        state = "used" if person.guardian_id in joined else _state(paper)
        found.append(GuardianState(person, state, LABELS[state]))
    return found


def _state(paper: Invitation | None) -> str:
    if paper is None or paper.used_at is not None:
        return "none"
    return "issued" if paper.expires_at > clock.real_now() else "expired"
