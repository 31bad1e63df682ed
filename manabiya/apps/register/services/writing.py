"""What the services of the register share: the class held, versions written, the audit entry."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from manabiya.apps.register.document import digest
from manabiya.apps.register.models import CorrectionRequest, RegisterStep, RegisterVersion
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Policy
from manabiya.kernel.audit.record import record
from manabiya.roster.models import Homeroom

START = "0" * 64


def held(actor: Actor, policy: Policy, homeroom_id: UUID) -> Homeroom:
    """Return the class, locked until the end: closing and marking a class wait for each other."""
    policy.require(actor)
    rows = Homeroom.objects.select_for_update(no_key=True)
    room: Homeroom = policy.get(actor, rows, pk=homeroom_id)
    return room


def write_version(
    actor: Actor,
    homeroom_id: UUID,
    month: date,
    text: str,
    now: datetime,
    correction: CorrectionRequest | None = None,
) -> RegisterVersion:
    """Write the next version of a month behind the class's last one, of whatever month."""
    mine = RegisterVersion.objects.filter(homeroom_id=homeroom_id)
    last = mine.order_by("-sequence").first()
    number = mine.filter(month=month).aggregate(last=Max("number"))["last"] or 0
    previous = last.sha256 if last else START
    version: RegisterVersion = RegisterVersion.objects.create(
        homeroom_id=homeroom_id,
        month=month,
        number=number + 1,
        sequence=last.sequence + 1 if last else 1,
        document=text,
        sha256=digest(text, previous),
        previous_sha256=previous,
        made_by_id=actor.person_id,
        made_at=now,
        correction=correction,
    )
    return version


def take_step(
    actor: Actor, homeroom_id: UUID, month: date, kind: str, seen: str, now: datetime
) -> RegisterStep:
    """Write a step; ``seen``: the digest of the document it was taken on."""
    step: RegisterStep = RegisterStep.objects.create(
        homeroom_id=homeroom_id,
        month=month,
        kind=kind,
        sha256=seen,
        taken_by_id=actor.person_id,
        taken_at=now,
    )
    return step


def recorded(actor: Actor, action: str, homeroom_id: UUID, month: date, **details: Any) -> None:
    """Leave the one audit entry of a deed; digests and counts only."""
    record(
        actor=actor,
        action=action,
        subject_type="homeroom",
        subject_id=homeroom_id,
        data_class=DataClass.II,
        details={"month": f"{month:%Y-%m}", **details},
    )
