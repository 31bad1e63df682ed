"""*MonitorDevice* (職員室モニターの端末): a screen of a school, paired by a code shown once.

It waits with ``code_hash`` for at most ten minutes, then holds ``token_hash`` until it is revoked.
The code is shown once, the token lives in the device only; here are their keyed hashes.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class MonitorDevice(TenantModel):
    """A device that shows one school's board."""

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="+")
    name = models.CharField("置き場所", max_length=30)
    code_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    code_expires_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_collation="C")
    created_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    paired_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "token_hash"],
                condition=~Q(token_hash=""),
                name="monitor_device_token",
            ),
            models.UniqueConstraint(
                fields=["municipality", "code_hash"],
                condition=~Q(code_hash=""),
                name="monitor_device_code",
            ),
            models.CheckConstraint(
                condition=Q(code_hash="") | Q(token_hash="", code_expires_at__isnull=False),
                name="monitor_device_code_or_token",
            ),
            models.CheckConstraint(
                condition=Q(token_hash="") | Q(paired_at__isnull=False, revoked_at__isnull=True),
                name="monitor_device_token_while_paired",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_by__isnull=False),
                name="monitor_device_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
