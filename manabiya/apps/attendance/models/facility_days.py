"""通った日: on which days of a decided 出席扱い a child learned at its facility."""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import through_enrollment


class FacilityDay(TenantModel):
    """What the facility said about one day, noted by the school. Append-only: the newest row holds.

    The decision allows 出席扱い; a day counts only when the child learned there. No row: not said.
    """

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(
        school="period__school_id",
        homeroom=lambda ids, today: through_enrollment(
            "period__student_id", "homeroom_id", ids, today
        ),
        child="period__student_id",
    )

    period = TenantForeignKey(
        "attendance.ExcusedPeriod", models.PROTECT, related_name="facility_days"
    )
    date = models.DateField("日")
    is_visited = models.BooleanField("通った")
    noted_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "period", "date"], name="facility_day_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.date}"
