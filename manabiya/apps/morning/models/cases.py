"""What the staff room does about a child that is not here and about whom nobody has written.

*ArrivalCase* (未着の対応): one child, one day: who looks after it, whether the managers were told,
how it ended. Whether the child **is** 未着 is never kept here: that is the mark of the class, so the
two cannot drift apart. The row is made with the first deed. *CallEntry* (電話の記録): one telephone
call: whom, what came of it, who called and when; written once, never changed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class ArrivalCase(TenantModel):
    """The staff room's deeds about a child that is 未着 on a day.

    ``taken_by``: who looks after it now. ``told_by``: who brought it to the managers before its
    time. ``end`` with ``how``: what became of it; the child's mark says the same.
    """

    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    class End(models.TextChoices):
        """How a 未着 ends."""

        LATE = "late", "遅れて登校した"
        IN_TIME = "in_time", "始業までに登校した"
        ABSENT = "absent", "欠席とわかった"
        FOUND = "found", "見つかった"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    taken_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    told_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField("結果", max_length=8, choices=End.choices, blank=True)
    how = models.CharField("どのようにわかったか", max_length=200, blank=True)
    ended_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "date"], name="arrival_case_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="arrival_case_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="arrival_case_told_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(end="", ended_at__isnull=True, ended_by__isnull=True)
                | Q(
                    end__in=("late", "in_time", "absent", "found"),
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="arrival_case_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(end__in=("", "late", "in_time")) | ~Q(how=""),
                name="arrival_case_says_how",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "date"], name="arrival_case_date"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CallEntry(TenantModel):
    """A telephone call about a case: to a guardian who may be called, or to somebody by words."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(
        school="case__homeroom__school_id", homeroom="case__homeroom_id", child="case__student_id"
    )

    class Outcome(models.TextChoices):
        """What came of the call."""

        NO_ANSWER = "no_answer", "出ない"
        MESSAGE = "message", "留守番電話に残した"
        LEFT_HOME = "left_home", "話せた・家は出たとのこと"
        EXPLAINED = "explained", "話せた・事情がわかった"

    case = TenantForeignKey("morning.ArrivalCase", models.PROTECT, related_name="calls")
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="+"
    )
    whom = models.CharField("電話した相手", max_length=60, blank=True)
    outcome = models.CharField("電話の結果", max_length=10, choices=Outcome.choices)
    note = models.CharField("わかったこと", max_length=200, blank=True)
    called_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(guardian__isnull=False, whom="")
                | Q(guardian__isnull=True) & ~Q(whom=""),
                name="call_entry_to_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "case"], name="call_entry_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)
