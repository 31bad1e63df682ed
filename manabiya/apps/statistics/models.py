"""What the statistics keep: a judgement of the school, and the numbers of the board's page.

*LongAbsenceCause* (長期欠席の理由): why a child was absent for long in a school year, one of the causes
of the national survey, as the school judged it. *SchoolPeriodCount* (学校の期間の数): numbers of a
school in a month, a week or a school year, counted anew from the rows (a projection, never a source).
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import through_enrollment


class LongAbsenceCause(TenantModel):
    """Why a child was absent for long in a school year, as the school judged it last."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
        child="student_id",
    )

    class Cause(models.TextChoices):
        """The causes of the yearly survey (長期欠席の理由)."""

        ILLNESS = "illness", "病気"
        ECONOMIC = "economic", "経済的理由"
        NON_ATTENDANCE = "non_attendance", "不登校"
        OTHER = "other", "その他"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField("年度")
    cause = models.CharField("理由", max_length=16, choices=Cause.choices)
    decided_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "school_year"], name="long_absence_cause_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SchoolPeriodCount(TenantModel):
    """A number of a school in a period that begins with ``first_day``. A kind without a row is zero.

    ``kind``: a key of ``counting.KINDS`` (month), a disease of ``law.exclusion`` (week, the first one
    begins on 4/1), ``all`` or a key of ``long_absence.CAUSES`` (year).
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class Span(models.TextChoices):
        """How long, and so what is counted: days, new suspensions, children absent for long."""

        MONTH = "month", "月"
        WEEK = "week", "週"
        YEAR = "year", "年度"

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="+")
    span = models.CharField(max_length=5, choices=Span.choices)
    first_day = models.DateField()
    kind = models.CharField(max_length=40, db_collation="C")
    count = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "span", "first_day", "kind"],
                name="school_period_count_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "span", "first_day"], name="school_period_count_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.kind} {self.count}"
