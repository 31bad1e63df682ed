"""*StudentPhoto* (写真): a child's photo from a day on; the newest one is shown.

The picture itself lies in the file store under its digest; the row says whose it is. Class Ⅱ.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.queries import student_in_homeroom, student_in_school


class StudentPhoto(TenantModel):
    """A photo, written small and without its camera's data."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: student_in_school("student_id", ids, today),
        homeroom=lambda ids, today: student_in_homeroom("student_id", ids, today),
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student", "kept_at"], name="student_photo_latest")
        ]

    def __str__(self) -> str:
        return str(self.id)
