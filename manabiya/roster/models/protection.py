"""Protected children and the persons from whom everything about them is kept.

A protection (支援措置など) holds from ``starts_on`` until somebody ends it: ``review_on`` is a
day to look at it again, never a day on which it lapses. From that day
an *excluded person* has no right for the child, whatever a file or another school says: every
read of rights leaves out :func:`excluded_pair`, and a trigger refuses to write such a right.
An *address opening* is one look at the address and phone of a protected child, with its reason.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import on_day, through_enrollment
from manabiya.roster.models.family import GuardianRight


class Protection(TenantModel):
    """A child under protection; class Ⅰ."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today)
    )

    class Basis(models.TextChoices):
        """Why: what the family or an authority has shown."""

        SUPPORT_MEASURE = "support_measure", "住民基本台帳の支援措置"
        COURT_ORDER = "court_order", "裁判所の命令"
        CHILD_GUIDANCE = "child_guidance_center", "児童相談所の求め"
        REQUEST = "request", "保護者の申し出"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="protections")
    basis = models.CharField("理由", max_length=24, choices=Basis.choices)
    note = models.CharField("覚え", max_length=200, blank=True)
    starts_on = models.DateField("始まり")
    review_on = models.DateField("見直す日")
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    ended_on = models.DateField("終わり", null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField("終える理由", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student"],
                condition=Q(ended_on__isnull=True),
                name="protection_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__gte=F("starts_on"), ended_by__isnull=False) & ~Q(end_reason=""),
                name="protection_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExcludedPerson(TenantModel):
    """One person from whom the protected child is kept: a registered guardian, or a name."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment(
            "protection__student_id", "school_id", ids, today
        )
    )

    protection = TenantForeignKey(
        "roster.Protection", models.CASCADE, related_name="excluded_people"
    )
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="excluded_people"
    )
    name = models.CharField("氏名", max_length=120, blank=True)
    relationship = models.CharField("続柄", max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "protection", "guardian"],
                condition=Q(guardian__isnull=False),
                name="excluded_person_once",
            ),
            models.CheckConstraint(
                condition=Q(guardian__isnull=False) | ~Q(name=""),
                name="excluded_person_is_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "guardian"], name="excluded_person_guardian"),
        ]

    def __str__(self) -> str:
        return str(self.id)


def excluded_pair(*, student: Any = "student_id", guardian: Any = "guardian_id") -> Exists:
    """Return the condition that a guardian is kept from a student (a protection is in force).

    ``student`` and ``guardian``: names of columns of the outer query, or expressions.
    """
    return Exists(
        ExcludedPerson.objects.filter(
            protection__ended_on=None,
            protection__student_id=_outer(student),
            guardian_id=_outer(guardian),
        )
    )


def protected(*, student: Any = "student_id") -> Exists:
    """Return the condition that a student is under protection."""
    return Exists(Protection.objects.filter(ended_on=None, student_id=_outer(student)))


def _outer(column: Any) -> Any:
    return OuterRef(column) if isinstance(column, str) else column


def standing_rights(today: date) -> QuerySet[GuardianRight]:
    """Return the rights that hold on ``today``: dated, and of nobody who is excluded."""
    rights: QuerySet[GuardianRight] = GuardianRight.objects.filter(on_day(today), ~excluded_pair())
    return rights


class AddressOpening(TenantModel):
    """Somebody of the school opened address and phone of a protected child, once, for a reason.

    Class Ⅰ; the reason stands here and not in the audit, which holds ids only.
    """

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(school="school_id")

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="address_openings")
    school = TenantForeignKey("roster.School", models.PROTECT, related_name="address_openings")
    reason = models.CharField("理由", max_length=200)
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="address_opening_has_a_reason"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "school", "opened_at"], name="address_opening_at"),
        ]

    def __str__(self) -> str:
        return str(self.id)
