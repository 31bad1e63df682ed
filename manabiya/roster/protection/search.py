"""Find the child a protection is about."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.protection.policies import PROTECTION_SET
from manabiya.roster.queries.finding import named

MOST = 30


@dataclass(frozen=True, slots=True)
class FoundChild:
    """A child with today's place."""

    student_id: UUID
    name: str
    kana: str
    place: str


def find_children(viewer: Actor, typed: str) -> list[FoundChild]:
    """Return up to 30 children whom ``viewer`` may protect: by name, kana or 識別番号.

    Nothing typed finds nobody: this is no list of the city.
    """
    words = typed.strip()
    if not words:
        return []
    today = Enrollment.objects.filter(on_day(viewer.today))
    ids = named(today, words).values("id")
    rows = today.filter(Q(id__in=ids) | Q(student__reference=words))
    found = PROTECTION_SET.filter(viewer, rows).select_related("student", "school", "homeroom")
    return [
        FoundChild(
            row.student_id,
            row.student.display_name,
            row.student.display_kana,
            f"{row.school.name} {row.homeroom.name}",
        )
        for row in found.order_by("student__kana_key", "student_id")[:MOST]
    ]
