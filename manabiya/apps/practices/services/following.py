"""Follow another school's practice, say that it was tried, copy its setting."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.practices.models import Practice, PracticeFollow
from manabiya.apps.practices.policies import PRACTICE_FOLLOW
from manabiya.apps.practices.queries.reading import readable
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.services.common import recorded
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.kernel.registry import SetupRefused, registry


@service
def follow(*, actor: Actor, practice_id: UUID, shows_school: bool, now: datetime) -> PracticeFollow:
    """Follow a published practice of another school; twice changes nothing but ``shows_school``.

    Raises ``Refused``, ``Http404`` (not published), :class:`PracticeRefused` (the own one).
    """
    PRACTICE_FOLLOW.require(actor)
    practice = _of_others(actor, practice_id)
    row, is_new = PracticeFollow.objects.get_or_create(
        practice=practice,
        school_id=actor.at,
        ended_at=None,
        defaults={
            "shows_school": shows_school,
            "followed_by_id": actor.person_id,
            "followed_at": now,
        },
    )
    if not is_new and row.shows_school != shows_school:
        row.shows_school = shows_school
        row.save(update_fields=["shows_school"])
    recorded(actor, "follow", practice, shows_school=shows_school, by=str(actor.at))
    return row


@service
def unfollow(*, actor: Actor, practice_id: UUID, now: datetime) -> PracticeFollow:
    """End the following; the row stays. Raises ``Refused``, ``Http404`` (follows nothing)."""
    row = _followed(actor, practice_id)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    recorded(actor, "unfollow", row.practice, by=str(actor.at))
    return row


@service
def say_tried(*, actor: Actor, practice_id: UUID, words: str, now: datetime) -> PracticeFollow:
    """Say that the own school tried it, in a sentence.

    Raises ``Refused``, ``Http404`` (follows nothing), :class:`PracticeRefused` (no words).
    """
    row = _followed(actor, practice_id)
    if not words.strip():
        raise PracticeRefused(_("やってみてどうだったかを、一言書いてください。"))
    row.tried_words, row.tried_at = words.strip(), now
    row.save(update_fields=["tried_words", "tried_at"])
    recorded(actor, "say-tried", row.practice, by=str(actor.at))
    return row


@service
def take_tried_back(*, actor: Actor, practice_id: UUID, now: datetime) -> PracticeFollow:
    """Take 「やってみた」 back. Raises ``Refused``, ``Http404``, :class:`PracticeRefused`."""
    row = _followed(actor, practice_id)
    if row.tried_at is None:
        raise PracticeRefused(_("「やってみた」の記録は、まだありません。"))
    row.tried_words, row.tried_at = "", None
    row.save(update_fields=["tried_words", "tried_at"])
    recorded(actor, "take-tried-back", row.practice, by=str(actor.at))
    return row


@service
def copy_setup(*, actor: Actor, practice_id: UUID, now: datetime) -> Practice:
    """Copy the setting the practice names from its school to the actor's, from today on.

    The app that owns the setting decides who may, by its own policy and service. Raises
    ``Refused``, ``Http404``, :class:`PracticeRefused` (no setting, what the app refuses).
    """
    PRACTICE_FOLLOW.require(actor)
    practice = _of_others(actor, practice_id)
    setup = registry.setups.get(practice.setup)
    if setup is None:
        raise PracticeRefused(_("この事例に、写せる設定はありません。"))
    try:
        setup.copy(actor=actor, from_school=practice.school_id, now=now)
    except SetupRefused as refusal:
        raise PracticeRefused(str(refusal)) from refusal
    recorded(actor, "copy-setup", practice, setup=setup.key, to=str(actor.at))
    return practice


def _of_others(actor: Actor, practice_id: UUID) -> Practice:
    practice = readable(actor).filter(pk=practice_id, state=Practice.State.PUBLISHED).first()
    if practice is None:
        raise Http404
    if practice.school_id == actor.at:
        raise PracticeRefused(_("自分の学校の事例です。ほかの学校の事例に取り組めます。"))
    return practice


def _followed(actor: Actor, practice_id: UUID) -> PracticeFollow:
    PRACTICE_FOLLOW.require(actor)
    rows = PracticeFollow.objects.select_for_update(of=("self",)).filter(ended_at=None)
    return PRACTICE_FOLLOW.get(actor, rows.select_related("practice"), practice_id=practice_id)
