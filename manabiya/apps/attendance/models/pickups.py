"""Who comes for a child that leaves early.

*Pickup* (迎え): a person nobody registered is 要電話確認 until staff have called back, and the child
is not let go before.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import through_enrollment


class Pickup(TenantModel):
    """Who comes for a child that leaves early (迎え), and when it was let go.

    ``guardian``: the registered person who comes; without one ``name`` says who, and the child is
    not let go (``released_at``) before staff have called back (``cleared_at``).
    """

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
        child="student_id",
    )

    class State(models.TextChoices):
        """May the child go: registered person, call back first, called back, or not with them."""

        REGISTERED = "registered", _("登録のある人")
        CALL_NEEDED = "call_needed", _("要電話確認")
        CLEARED = "cleared", _("電話で確かめました")
        REFUSED = "refused", _("引き渡しません")

    report = TenantForeignKey("attendance.AbsenceReport", models.PROTECT, related_name="pickups")
    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("迎えに来る人の名前"), max_length=60, blank=True)
    relationship = models.CharField(_("お子さんとの関係"), max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=State.choices)
    called_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    called_at = models.DateTimeField(null=True, blank=True)
    call_note = models.CharField("電話で確かめたこと", max_length=200, blank=True)
    released_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "report"], name="pickup_once"),
            models.CheckConstraint(
                condition=Q(guardian__isnull=False) | ~Q(name=""), name="pickup_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("registered", "call_needed"), called_at__isnull=True)
                | Q(state__in=("cleared", "refused"), called_at__isnull=False),
                name="pickup_called",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(state__in=("registered", "cleared")),
                name="pickup_released_to_somebody_known",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student", "date"], name="pickup_child"),
        ]

    def __str__(self) -> str:
        return str(self.id)
