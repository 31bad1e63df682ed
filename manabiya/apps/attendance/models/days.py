"""The official values of a day, and the counts made from them.

*ClassDay* (学級の確定): a homeroom's day, confirmed once. *AttendanceMark*: the official value of a
child's day, a row only for exceptions: after the confirmation a child without a row is present,
before it nobody of the class counts as present. *MarkChange*: old → new, who, when; written once,
never changed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.models.reports import AbsenceReport
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class ClassDay(TenantModel):
    """A homeroom's day; without ``confirmed_at`` (or without a row) it is open."""

    reach: ClassVar[Reach] = Reach(school="homeroom__school_id", homeroom="homeroom_id")

    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    date = models.DateField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "date"], name="class_day_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="class_day_confirmed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "date"], name="class_day_date"),
        ]

    def __str__(self) -> str:
        return f"{self.homeroom_id} {self.date}"


class AttendanceMark(TenantModel):
    """An exception of a child's day. A child who is simply present has no row."""

    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    class Status(models.TextChoices):
        """Value of the day; equal ``law.attendance.DayStatus``, and 未着 of the morning."""

        PRESENT = "present", _("出席")
        ABSENT_SICK = "absent_sick", _("病欠")
        ABSENT_OTHER = "absent_other", _("事故欠")
        ATTENDANCE_SUSPENSION = "attendance_suspension", _("出席停止")
        BEREAVEMENT = "bereavement", _("忌引")
        DEEMED_PRESENT = "deemed_present", _("出席扱い")
        NOT_ARRIVED = "not_arrived", _("未着")

    class Source(models.TextChoices):
        """Where the value comes from."""

        GUARDIAN = "guardian", _("保護者の連絡")
        TEACHER = "teacher", _("学校")

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    status = models.CharField(max_length=24, choices=Status.choices)
    cause = models.CharField(_("理由の区分"), max_length=4, blank=True)
    late = models.BooleanField(_("遅刻"), default=False)
    left_early = models.BooleanField(_("早退"), default=False)
    arrived_time = models.TimeField(null=True, blank=True)
    left_time = models.TimeField(null=True, blank=True)
    reason = models.CharField(
        _("理由"), max_length=20, choices=AbsenceReport.Reason.choices, blank=True
    )
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    decided_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    report = TenantForeignKey(
        "attendance.AbsenceReport", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "date"], name="attendance_mark_once"
            ),
            models.CheckConstraint(
                condition=Q(late=False, left_early=False) | Q(status="present"),
                name="attendance_mark_flags_on_present",
            ),
            models.CheckConstraint(
                condition=~Q(status="present", late=False, left_early=False),
                name="attendance_mark_exceptions_only",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom", "date"], name="attendance_mark_class"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MarkChange(TenantModel):
    """One change of a child's day after the confirmation: values as of :mod:`.rules`."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    old = models.JSONField()
    new = models.JSONField()
    changed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom", "date"], name="mark_change_class"),
        ]

    def __str__(self) -> str:
        return str(self.id)
