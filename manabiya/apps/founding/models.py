"""*StaffInvitation* (教職員の招待): one link for one staff member, used once, for 72 hours.

The code stands only in the link; the row keeps its keyed hash. *StaffInvitationAddress* leads
from the hash to the municipality before any is in scope: an account table without names.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.tenancy.models import AccountModel, Municipality, TenantForeignKey, TenantModel


class StaffInvitation(TenantModel):
    """A link. ``hat``: the quality the login is for; ``issued_by`` None: the operator."""

    reach: ClassVar[Reach] = Reach(own="staff_member_id")

    staff_member = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    hat = models.CharField(max_length=10, choices=Hat.choices)
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "code_hash"], name="staff_invitation_code_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "staff_member"], name="staff_invitation_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class StaffInvitationAddress(AccountModel):
    """Where the link with this code belongs."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    invitation_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.invitation_id)
