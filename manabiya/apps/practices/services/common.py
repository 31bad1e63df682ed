"""A practice, locked as the actor saw it; and the one audit entry of a deed."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Policy
from manabiya.kernel.audit.record import record


def locked(actor: Actor, policy: Policy, practice_id: UUID, version: int) -> Practice:
    """Return the practice, locked, as it was seen; refuse when somebody changed it since."""
    policy.require(actor)
    rows = Practice.objects.select_for_update(no_key=True, of=("self",))
    practice = policy.get(actor, rows, pk=practice_id)
    if practice.version != version:
        raise PracticeRefused(
            _("ほかの人が先に変えました(いまは「%(state)s」)。画面を見なおしてください。")
            % {"state": practice.get_state_display()}
        )
    return practice


def saved(practice: Practice, *names: str) -> Practice:
    """Save the named fields and count the version up."""
    practice.version += 1
    practice.save(update_fields=[*names, "version"])
    return practice


def recorded(actor: Actor, verb: str, practice: Practice, **details: Any) -> None:
    """Leave the audit entry of a deed."""
    record(
        actor=actor,
        action=f"practices.practice:{verb}",
        subject_type="practice",
        subject_id=practice.id,
        data_class=DataClass.III,
        school_id=practice.school_id,
        details={"item": practice.item, **details},
    )
