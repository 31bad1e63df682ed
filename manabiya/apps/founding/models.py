"""*StaffInvitation* (教職員の招待): one link for one staff member, used once, for 72 hours.

*StaffInvitationAddress* leads from its code to the municipality. Both are the pair of
``kernel.identity.one_time_links``.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.identity.one_time_links import OneTimeLink, OneTimeLinkAddress
from manabiya.kernel.tenancy.models import TenantForeignKey


class StaffInvitation(OneTimeLink):
    """A link. ``hat``: the quality the login is for; ``issued_by`` None: the operator."""

    reach: ClassVar[Reach] = Reach(own="staff_member_id")

    staff_member = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    hat = models.CharField(max_length=10, choices=Hat.choices)

    class Meta(OneTimeLink.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "code_hash"], name="staff_invitation_code_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "staff_member"], name="staff_invitation_person"),
        ]


class StaffInvitationAddress(OneTimeLinkAddress):
    """Where the link with this code belongs."""
