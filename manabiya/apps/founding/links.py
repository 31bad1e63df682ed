"""The code of a link, and its row."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from manabiya.apps.founding.models import StaffInvitation, StaffInvitationAddress
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.identity.one_time_links import address_of, keyed_hash, revoke_open

VALID_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Link:
    """What is handed over; the code exists nowhere else."""

    invitation: StaffInvitation
    code: str

    @property
    def address(self) -> str:
        """Return the whole address, as people open it."""
        return str(settings.PUBLIC_ADDRESS) + reverse("staff-welcome", kwargs={"code": self.code})


def write_link(
    *, municipality_id: UUID, staff_member_id: UUID, hat: Hat, issued_by: UUID | None, now: datetime
) -> Link:
    """Revoke the person's open links and write a new one, in the tenant (real time ``now``)."""
    former = StaffInvitation.objects.filter(staff_member_id=staff_member_id)
    revoke_open(former, now)
    code = secrets.token_hex(16)
    invitation = StaffInvitation.objects.create(
        staff_member_id=staff_member_id,
        hat=hat,
        code_hash=keyed_hash(code),
        issued_at=now,
        issued_by=issued_by,
        expires_at=now + VALID_FOR,
    )
    address_of(StaffInvitationAddress, invitation)
    return Link(invitation, code)
