"""Children who move: a *Transfer* inside the city, a *Departure* out of it, an *Arrival* from outside.

A transfer is recorded by one school and accepted by the other; until then it stands in the lists
of both. A departure keeps where the child went and why, an arrival where it came from. Which
school a child belongs to on a day is said by the enrollments alone.
"""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


def _either(ids: Iterable[UUID], today: date) -> Q:
    found = list(ids)
    return Q(from_school_id__in=found) | Q(to_school_id__in=found)


class Transfer(TenantModel):
    """The child leaves at 24:00 of ``last_day``; open until accepted or taken back."""

    reach: ClassVar[Reach] = Reach(school=_either)

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="transfers")
    from_school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    to_school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    from_enrollment = TenantForeignKey("roster.Enrollment", models.PROTECT, related_name="+")
    to_enrollment = TenantForeignKey(
        "roster.Enrollment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_day = models.DateField("学校を去る日")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student"],
                condition=Q(closed_at__isnull=True),
                name="transfer_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_at__isnull=True, closed_by__isnull=True, to_enrollment__isnull=True
                )
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="transfer_closed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "from_school"], name="transfer_from"),
            models.Index(fields=["municipality", "to_school"], name="transfer_to"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Departure(TenantModel):
    """The child has left the schools of the city: where to and why; taken back or for good.

    The way it left stands in the enrollment. The destination of a protected child is of class Ⅰ.
    """

    reach: ClassVar[Reach] = Reach(school="enrollment__school_id")

    enrollment = TenantForeignKey("roster.Enrollment", models.PROTECT, related_name="departures")
    destination = models.CharField("移る先の学校か国", max_length=80, blank=True)
    destination_place = models.CharField("移る先の所在地", max_length=120, blank=True)
    note = models.CharField("事由", max_length=200, blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    cancelled_by = models.UUIDField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "enrollment"],
                condition=Q(cancelled_at__isnull=True),
                name="departure_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="departure_cancelled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Arrival(TenantModel):
    """The child came from outside the city: from which school or country, and why."""

    reach: ClassVar[Reach] = Reach(school="enrollment__school_id")

    enrollment = TenantForeignKey("roster.Enrollment", models.PROTECT, related_name="arrivals")
    origin = models.CharField("前の学校か国", max_length=80)
    origin_place = models.CharField("前の学校の所在地", max_length=120, blank=True)
    note = models.CharField("事由", max_length=200, blank=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "enrollment"], name="arrival_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
