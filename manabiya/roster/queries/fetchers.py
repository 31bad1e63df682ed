"""Who is registered to fetch a child, and who must never be taken for one of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.roster.models import ExcludedPerson
from manabiya.roster.models.protection import standing_rights


@dataclass(frozen=True, slots=True)
class Fetchers:
    """Names by id of the guardians with rights today; those who may fetch; names kept away."""

    names: dict[UUID, str]
    registered: dict[UUID, str]
    excluded: frozenset[str]

    def name_of(self, guardian_id: UUID | None) -> str:
        """Return the name of a guardian with rights, or an empty text."""
        return self.names.get(guardian_id, "") if guardian_id else ""


def fetchers_of(student_id: UUID, today: date) -> Fetchers:
    """Return who may fetch a child on ``today`` (two queries)."""
    rights = standing_rights(today).filter(student_id=student_id).select_related("guardian")
    rows = [(right.guardian_id, right.guardian.name, right.can_pick_up) for right in rights]
    kept_away = ExcludedPerson.objects.filter(
        protection__student_id=student_id, protection__ended_on=None
    ).select_related("guardian")
    return Fetchers(
        names={guardian_id: name for guardian_id, name, _may in rows},
        registered={guardian_id: name for guardian_id, name, may in rows if may},
        excluded=frozenset(
            row.guardian.name if row.guardian is not None else row.name for row in kept_away
        ),
    )
