"""*AbsenceDismissal* (確かめた長い欠席の知らせ): somebody looked into an alert and says what is done.
*AbsenceSettings* (長い欠席の決まり): from how many days the board lets somebody be told.

The alert itself is never stored: it follows from the days. ``since`` is the first day behind it, so
that a new stretch of days is a new alert.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.decision import BoardDecision
from manabiya.roster.queries import student_in_homeroom, student_in_school


def _school(ids: Iterable[UUID], today: date) -> Q:
    return student_in_school("student_id", ids, today)


def _homeroom(ids: Iterable[UUID], today: date) -> Q:
    return student_in_homeroom("student_id", ids, today)


class AbsenceDismissal(TenantModel):
    """An alert that was looked into: about which child, from which day, why it is put aside."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(school=_school, homeroom=_homeroom, child="student_id")

    class Kind(models.TextChoices):
        """What the alert says."""

        ABSENT = "absent", "続けて欠席"
        UNSEEN = "unseen", "続けて学校に来ていない"
        LONG = "long", "今年度の長期欠席"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    since = models.DateField()
    reason = models.CharField("確かめたこと", max_length=200)
    dismissed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "kind", "since"],
                name="absence_dismissal_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="absence_dismissal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.id)


def _days(label: str, default: int, most: int) -> "models.PositiveSmallIntegerField[int, int]":
    limits = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=default, validators=limits)


class AbsenceSettings(BoardDecision):
    """From how many school days somebody is told: absent and unseen in a row, in all in a year."""

    reach: ClassVar[Reach] = Reach()

    absent_days = _days("続けて欠席(日)", 3, 60)
    unseen_days = _days("続けて学校に来ていない(日)", 7, 60)
    long_absence_days = _days("今年度あわせて(日)", 30, 200)

    class Meta(BoardDecision.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"], name="absence_settings_once"
            ),
            models.CheckConstraint(
                condition=Q(absent_days__gte=1, unseen_days__gte=1, long_absence_days__gte=1),
                name="absence_settings_at_least_a_day",
            ),
        ]
