"""From the address and the account to the actor of the request."""

from dataclasses import replace
from uuid import UUID

from manabiya.kernel.access.actors import Actor, Grant
from manabiya.kernel.access.models import SupportSession
from manabiya.kernel.access.requests import Request
from manabiya.kernel.access.routes import Area
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.kernel.identity.strength import is_strong
from manabiya.kernel.registry import registry

SUPPORT_ROLE = "board_support"


def actor_for(request: Request, *, area: Area, school_slug: str | None) -> Actor | None:
    """Return the actor of the request in ``area``, or None when the account has no such hat here.

    The rights are those of the school's local date: an appointment ends at 24:00 of its last day.
    """
    if area.hat is None:
        return None
    actor = _in_hat(request, area.hat, school_slug)
    if actor is not None and (area is not Area.SCHOOL or _is_at(actor)):
        return actor
    return _supporter(request, school_slug) if area is Area.SCHOOL else None


def _in_hat(request: Request, hat: Hat, school_slug: str | None) -> Actor | None:
    membership = Membership.objects.filter(
        account_id=request.user.pk,
        municipality_id=request.municipality.id,
        hat=hat,
        revoked_at=None,
    ).first()
    if membership is None or registry.rights_source is None:
        return None
    rights = registry.rights_source(
        hat=hat, person_id=membership.person_id, today=request.today, school_slug=school_slug
    )
    if rights is None:
        return None
    here = [g for g in rights.grants if g.school_id in (None, rights.school_id)]
    return Actor(
        account_id=request.user.pk,
        municipality_id=request.municipality.id,
        hat=hat,
        person_id=membership.person_id,
        today=request.today,
        grants=rights.grants,
        school_id=rights.school_id,
        is_strong=is_strong(request),
        label=here[0].label if here else "",
        name=rights.name,
        place=rights.place,
    )


def _is_at(actor: Actor) -> bool:
    """Return whether the person has any post at the school of the address today."""
    return any(grant.school_id == actor.school_id for grant in actor.grants)


def _supporter(request: Request, school_slug: str | None) -> Actor | None:
    """Return a board administrator with an open support session for this school."""
    actor = _in_hat(request, Hat.BOARD, school_slug)
    if actor is None or actor.school_id is None:
        return None
    session = open_session(account_id=actor.account_id, school_id=actor.school_id, request=request)
    if session is None:
        return None
    grant = Grant(role=SUPPORT_ROLE, label="教育委員会 支援", school_id=actor.school_id)
    return replace(actor, grants=(grant,), label=grant.label, support_session_id=session.id)


def open_session(*, account_id: UUID, school_id: UUID, request: Request) -> SupportSession | None:
    """Return the support session of the account at the school that runs now (real time)."""
    from manabiya.kernel.clock import real_now

    now = real_now()
    return SupportSession.objects.filter(
        account_id=account_id, school_id=school_id, started_at__lte=now, ends_at__gt=now
    ).first()
