"""What a person was called and where a person lives, from day to day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import Dated, PersonName, dated_order, through_enrollment


class FormerName(PersonName, Dated, TenantModel):
    """A name a person was registered under until ``ends_on``; kept exactly, never overwritten.

    Of a student, a guardian or a staff member. No ``reach`` to the adults' own: they open through
    the person.
    """

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
    )

    student = TenantForeignKey(
        "roster.Student", models.PROTECT, null=True, blank=True, related_name="former_names"
    )
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="former_names"
    )
    staff_member = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="former_names"
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("former_name_order"),
            models.CheckConstraint(
                condition=Q(student__isnull=False, guardian__isnull=True, staff_member__isnull=True)
                | Q(student__isnull=True, guardian__isnull=False, staff_member__isnull=True)
                | Q(student__isnull=True, guardian__isnull=True, staff_member__isnull=False),
                name="former_name_one_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student"], name="former_name_student"),
            models.Index(fields=["municipality", "guardian"], name="former_name_guardian"),
            models.Index(fields=["municipality", "staff_member"], name="former_name_staff"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Address(Dated, TenantModel):
    """Where a student or a guardian lives (住所); a family may have two at a time.

    No ``reach`` by child or own: an address opens through the queries of protection only.
    """

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today)
    )

    class Kind(models.TextChoices):
        """Registered (住民票), or where the person lives without being registered there."""

        REGISTERED = "registered", "住民票の住所"
        LIVING = "living", "住んでいる所"

    student = TenantForeignKey(
        "roster.Student", models.PROTECT, null=True, blank=True, related_name="addresses"
    )
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="addresses"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.REGISTERED)
    postal_code = models.CharField("郵便番号", max_length=8, blank=True)
    text = models.CharField("住所", max_length=160)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("address_order"),
            models.CheckConstraint(
                condition=Q(student__isnull=False, guardian__isnull=True)
                | Q(student__isnull=True, guardian__isnull=False),
                name="address_one_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student"], name="address_student"),
            models.Index(fields=["municipality", "guardian"], name="address_guardian"),
        ]

    def __str__(self) -> str:
        return str(self.id)
