"""The board recommends a practice with a sentence, or takes it back."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.policies import PRACTICE_OVERSEE
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.services.common import locked, recorded, saved
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service

FIELDS = ("recommendation", "recommended_by", "recommended_at")


@service
def recommend(
    *, actor: Actor, practice_id: UUID, words: str, version: int, now: datetime
) -> Practice:
    """Recommend a published practice to all schools.

    Raises ``Refused``, ``Http404``, :class:`PracticeRefused` (not published, no words).
    """
    practice = locked(actor, PRACTICE_OVERSEE, practice_id, version)
    if practice.state != Practice.State.PUBLISHED:
        raise PracticeRefused(_("公開していない事例は、すすめられません。"))
    if not words.strip():
        raise PracticeRefused(_("すすめる言葉を、一言書いてください。"))
    practice.recommendation = words.strip()
    practice.recommended_by_id, practice.recommended_at = actor.person_id, now
    saved(practice, *FIELDS)
    recorded(actor, "recommend", practice)
    return practice


@service
def take_recommendation_back(
    *, actor: Actor, practice_id: UUID, version: int, now: datetime
) -> Practice:
    """Take the recommendation back. Raises ``Refused``, ``Http404``, :class:`PracticeRefused`."""
    practice = locked(actor, PRACTICE_OVERSEE, practice_id, version)
    if not practice.recommendation:
        raise PracticeRefused(_("すすめていないので、取り消すものがありません。"))
    practice.recommendation, practice.recommended_by_id, practice.recommended_at = "", None, None
    saved(practice, *FIELDS)
    recorded(actor, "take-recommendation-back", practice)
    return practice
