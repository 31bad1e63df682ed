"""*Invitation* (招待): one paper for one child and one named guardian, used once, expiring.

The code stands only on the paper; the row keeps its keyed hash. *InvitationAddress* leads from
the hash to the municipality before any is in scope: an account table without names.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import AccountModel, Municipality, TenantForeignKey, TenantModel
from manabiya.roster.queries import student_in_school


class Invitation(TenantModel):
    """A printed invitation."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: student_in_school("student_id", ids, today),
        child="student_id",
        own="guardian_id",
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    guardian = TenantForeignKey("roster.Guardian", models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "code_hash"], name="invitation_code_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class InvitationAddress(AccountModel):
    """Where the paper with this code belongs."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    invitation_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.invitation_id)
