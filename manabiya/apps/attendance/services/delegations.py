"""Decide whether principals may delegate decisions to the vice principal, from a day on."""

from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance.models import DelegationPermit
from manabiya.apps.attendance.policies import DELEGATION_ALLOW
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.roster.board_settings.keeping import keep, must_be_ahead, take_back


@service
def set_delegation_permit(
    *, actor: Actor, valid_from: date, allows_vice_principal: bool, now: datetime
) -> DelegationPermit:
    """Allow the delegation in the whole city, or no longer, from today or a later day on.

    What schools delegated stays written and counts again once it is allowed. Raises ``Refused``,
    ``SettingsRefused`` (a day gone by).
    """
    DELEGATION_ALLOW.require(actor)
    must_be_ahead(valid_from, now)
    values = {"allows_vice_principal": allows_vice_principal}
    row = DelegationPermit(valid_from=valid_from)
    return keep(actor, row, values, now, action="attendance.delegation-permit:set")


@service
def drop_delegation_permit(*, actor: Actor, row_id: UUID, now: datetime) -> DelegationPermit:
    """Take back what has not begun; raises ``Refused``, ``Http404``, ``SettingsRefused``."""
    DELEGATION_ALLOW.require(actor)
    return take_back(
        actor, DelegationPermit, row_id, now,
        policy=DELEGATION_ALLOW, action="attendance.delegation-permit:drop",
    )  # fmt: skip
