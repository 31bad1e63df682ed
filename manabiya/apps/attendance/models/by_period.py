"""Attendance by period (校時) of the 中学校 part.

*PeriodRoll* (校時の確認): somebody took a period of a class. *PeriodMark*: an exception of a child in a
period; in a period that was taken a child without a row was there. Neither is the child's day: that
is derived from them, proposed, and confirmed by the class teacher.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel

FIRST, LAST = 1, 6


class PeriodRoll(TenantModel):
    """A period of a homeroom's day was taken."""

    reach: ClassVar[Reach] = Reach(school="homeroom__school_id", homeroom="homeroom_id")

    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    date = models.DateField()
    period = models.PositiveSmallIntegerField(_("校時"))
    taken_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "date", "period"], name="period_roll_once"
            ),
            models.CheckConstraint(
                condition=Q(period__range=(FIRST, LAST)), name="period_roll_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.homeroom_id} {self.date} {self.period}"


class PeriodMark(TenantModel):
    """An exception of a child in one period. A child who was simply there has no row."""

    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    class Status(models.TextChoices):
        """What the child was in the lesson."""

        ABSENT = "absent", _("欠課")
        LATE = "late", _("遅刻")
        LEFT_EARLY = "left_early", _("早退")

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField(_("校時"))
    status = models.CharField(max_length=12, choices=Status.choices)
    marked_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "date", "period"], name="period_mark_once"
            ),
            models.CheckConstraint(
                condition=Q(period__range=(FIRST, LAST)), name="period_mark_period"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom", "date"], name="period_mark_class"),
        ]

    def __str__(self) -> str:
        return str(self.id)
