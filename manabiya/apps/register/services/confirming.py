"""Confirm several closed months at one press, each as it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.apps.register.policies import MONTH_CONFIRM
from manabiya.apps.register.services.closing import confirm_month
from manabiya.apps.register.services.refusals import RegisterRefused
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class SeenMonth:
    """A month and the digest of the version that was on the page."""

    homeroom_id: UUID
    month: date
    sha256: str


@dataclass(frozen=True, slots=True)
class ConfirmedMonths:
    """How many months were confirmed, and how many were left because something had changed."""

    confirmed: int
    left: int


def confirm_months(*, actor: Actor, seen: Sequence[SeenMonth], now: datetime) -> ConfirmedMonths:
    """Confirm each month as it was seen, each with a step and an audit entry of its own.

    A month that is confirmed already, or changed since, is left as it is. Raises ``Refused``,
    ``Http404``.
    """
    MONTH_CONFIRM.require(actor)
    confirmed = 0
    for one in sorted(set(seen), key=lambda one: (str(one.homeroom_id), one.month)):
        try:
            confirm_month(
                actor=actor,
                homeroom_id=one.homeroom_id,
                month=one.month,
                now=now,
                seen=one.sha256,
            )
            confirmed += 1
        except RegisterRefused:
            continue
    return ConfirmedMonths(confirmed, len(set(seen)) - confirmed)
