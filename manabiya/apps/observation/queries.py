"""Reads of 健康観察; what the viewer may not see does not exist."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from manabiya.apps.observation.models import HealthObservation
from manabiya.apps.observation.policies import OBSERVATION_NOTE, OBSERVATION_VIEW
from manabiya.apps.observation.rules import GOOD, SYMPTOMS, Clash, Entry, Health, health
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Scope

__all__ = [
    "GOOD",
    "SYMPTOMS",
    "Clash",
    "Entry",
    "Health",
    "Observed",
    "health",
    "may_note",
    "observations_between",
    "observations_of",
    "observations_of_school",
    "symptom_label",
]
"""The values of 健康観察 (``Health``, ``Entry`` …) are here too, for forms that hold them."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What is noted of a child on a day, by whom and when (the last word)."""

    student_id: UUID
    homeroom_id: UUID
    date: date
    health: Health
    by: str
    at: datetime


def symptom_label(symptom: str) -> str:
    """Return the word of a symptom in the language of the page."""
    return str(HealthObservation.Symptom(symptom).label)


def may_note(viewer: Actor, homeroom_id: UUID) -> bool:
    """Return whether ``viewer`` may note for a class of the place, without a query.

    Answers from the grants in hand: authorise the class itself with a policy first.
    """
    return any(
        OBSERVATION_NOTE.holders[grant.role] is Scope.SCHOOL or homeroom_id in grant.homeroom_ids
        for grant in OBSERVATION_NOTE.grants(viewer)
    )


def observations_of(
    viewer: Actor, *, student_ids: Collection[UUID], day: date
) -> dict[UUID, Observed]:
    """Return child → what is noted on ``day``, for the children of a class page (one query).

    Authorise the class first: the children are those of its page, guests of a 交流学級 included.
    Empty, without a query, for a viewer who may see no observation at all.
    """
    if not OBSERVATION_VIEW.may(viewer):
        return {}
    rows = HealthObservation.objects.filter(date=day, student_id__in=student_ids)
    return {row.student_id: row for row in _observed(rows)}


def observations_of_school(viewer: Actor, *, day: date) -> dict[UUID, list[Observed]]:
    """Return class → what is noted on ``day``, of the classes the viewer may see (one query)."""
    found: dict[UUID, list[Observed]] = defaultdict(list)
    for row in observations_between(viewer, first=day, last=day):
        found[row.homeroom_id].append(row)
    return dict(found)


def observations_between(
    viewer: Actor, *, first: date, last: date, homeroom_id: UUID | None = None
) -> list[Observed]:
    """Return what is noted from ``first`` to ``last``, in one class or in all the viewer may see.

    By day, class and child (one query).
    """
    rows = HealthObservation.objects.filter(date__range=(first, last))
    if homeroom_id is not None:
        rows = rows.filter(homeroom_id=homeroom_id)
    allowed = OBSERVATION_VIEW.filter(viewer, rows)
    return _observed(allowed.order_by("date", "homeroom_id", "student_id"))


def _observed(rows: QuerySet[HealthObservation]) -> list[Observed]:
    return [
        Observed(
            student_id=row.student_id,
            homeroom_id=row.homeroom_id,
            date=row.date,
            health=health(row.symptoms, row.temperature, row.note),
            by=row.noted_by.name,
            at=row.noted_at,
        )
        for row in rows.select_related("noted_by")
    ]
