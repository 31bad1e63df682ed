"""*MorningBackup* (朝の控え): the newest paper of a school for a morning without power or network.

One row a school, written anew each night, so that no older copy of telephone numbers is left lying.
``digest`` says which facts it was made from: whoever opens it never gets numbers that have been
taken back since.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class MorningBackup(TenantModel):
    """The paper (PDF), for which day, from which facts; ``made_by`` is empty when the night did."""

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="+")
    date = models.DateField()
    digest = models.CharField(max_length=64, db_collation="C")
    content = models.BinaryField()
    student_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "school"], name="morning_backup_once"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.date}"
