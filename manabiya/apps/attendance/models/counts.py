"""Counts made from the official values: projections, never a source.

*SchoolDayCount*: a school × date × kind (× disease). *CityAbsenceCount*: the whole municipality ×
date × reason, with no school: why children are absent is a number of the city only. Both are
written by recounting (``jobs.py``), never by adding.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class SchoolDayCount(TenantModel):
    """How many of a kind at a school on a date; children are those of confirmed classes only.

    ``detail``: a key of ``law.exclusion.DISEASES`` for ``suspended_by`` (empty: not known which),
    else empty. A kind without a row is zero; a day with any row was counted.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class Kind(models.TextChoices):
        """What is counted: children, and classes."""

        CONFIRMED_CLASSES = "confirmed_classes", _("確定した学級")
        PRESENT = "present", _("出席")
        ABSENT_SICK = "absent_sick", _("病欠")
        ABSENT_OTHER = "absent_other", _("事故欠")
        SUSPENDED = "suspended", _("出席停止")
        BEREAVED = "bereaved", _("忌引")
        NOT_ARRIVED = "not_arrived", _("未着")
        LATE = "late", _("遅刻")
        LEFT_EARLY = "left_early", _("早退")
        SUSPENDED_BY = "suspended_by", _("感染症による出席停止")
        NEWLY_ILL = "newly_ill", _("新しく病気で休んだ人")
        SCHOOL_CLOSED = "school_closed", _("休校")
        CLOSED_GRADES = "closed_grades", _("閉鎖した学年")
        CLOSED_CLASSES = "closed_classes", _("閉鎖した学級")
        KEPT_AT_HOME = "kept_at_home", _("学級閉鎖で休む人")

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="+")
    date = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.CharField(max_length=40, blank=True, default="", db_collation="C")
    count = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "date", "kind", "detail"],
                name="school_day_count_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "date"], name="school_day_count_date"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind} {self.count}"


class CityAbsenceCount(TenantModel):
    """How many children of the municipality were absent on a date, by reason (欠席理由).

    ``reason``: of ``AbsenceReport.Reason``, empty where none is known. Without a school, so that
    nobody can read one school's 家庭の都合 or 登校しぶり.
    """

    reach: ClassVar[Reach] = Reach()

    date = models.DateField()
    reason = models.CharField(max_length=20, blank=True, db_collation="C")
    count = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "date", "reason"], name="city_absence_count_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.reason} {self.count}"
