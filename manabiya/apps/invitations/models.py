"""*Invitation* (招待): one paper for one child and one named guardian, used once, expiring.

The code stands only on the paper. *InvitationAddress* leads from it to the municipality. Both are
the pair of ``kernel.identity.one_time_links``.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.identity.one_time_links import OneTimeLink, OneTimeLinkAddress
from manabiya.kernel.tenancy.models import TenantForeignKey
from manabiya.roster.queries import student_in_school


class Invitation(OneTimeLink):
    """A printed invitation."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: student_in_school("student_id", ids, today),
        child="student_id",
        own="guardian_id",
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    guardian = TenantForeignKey("roster.Guardian", models.PROTECT, related_name="+")
    issued_by = models.UUIDField()

    class Meta(OneTimeLink.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "code_hash"], name="invitation_code_once"
            ),
        ]


class InvitationAddress(OneTimeLinkAddress):
    """Where the paper with this code belongs."""
