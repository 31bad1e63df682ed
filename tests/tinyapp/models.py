"""*TinyNote*: one line about a student. *TinyEffect*: one row per event that was dealt with."""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import through_enrollment


class TinyNote(TenantModel):
    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        child="student_id",
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    text = models.CharField(max_length=100)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "text"], name="tiny_note_once")
        ]

    def __str__(self) -> str:
        return str(self.id)


class TinyEffect(TenantModel):
    reach: ClassVar[Reach] = Reach()

    subject = models.UUIDField()
    date = models.DateField()

    class Meta(TenantModel.Meta):
        pass

    def __str__(self) -> str:
        return str(self.id)
