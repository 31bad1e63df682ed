"""Writes of the roster."""

from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import Cover, Homeroom, StaffMember
from manabiya.roster.policies import COVER_NAME


class CoverRefused(Exception):
    """The cover can't be named; the message says why."""


@service
def name_cover(*, actor: Actor, homeroom_id: UUID, staff_member_id: UUID, day: date) -> Cover:
    """Let a staff member stand in for a homeroom on ``day`` (補欠・代理); rights end at midnight.

    Raises ``Refused`` (not a manager), ``Http404`` (not of this school), :class:`CoverRefused`
    (a day that has passed). Naming the same person twice changes nothing.
    """
    COVER_NAME.require(actor)
    homeroom = COVER_NAME.get(actor, Homeroom.objects.all(), pk=homeroom_id)
    member = COVER_NAME.filter(actor, StaffMember.objects.filter(pk=staff_member_id)).first()
    if member is None:
        raise Http404
    if day < actor.today:
        raise CoverRefused("過ぎた日の代理は決められません。今日か、これからの日を選んでください。")
    cover, _ = Cover.objects.get_or_create(homeroom=homeroom, staff_member=member, date=day)
    record(
        actor=actor,
        action="roster.cover:name",
        subject_type="homeroom",
        subject_id=homeroom.id,
        details={"staff_member": str(member.id), "date": day.isoformat()},
    )
    return cover


@service
def end_cover(*, actor: Actor, cover_id: UUID) -> None:
    """Take back a cover; its rights end at once."""
    COVER_NAME.require(actor)
    cover = COVER_NAME.get(actor, Cover.objects.all(), pk=cover_id)
    record(
        actor=actor,
        action="roster.cover:end",
        subject_type="homeroom",
        subject_id=cover.homeroom_id,
        details={"staff_member": str(cover.staff_member_id), "date": cover.date.isoformat()},
    )
    cover.delete()
