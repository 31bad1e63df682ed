"""*Partner* (相手先): a firm, an office, a 給食センター, and the channel agreed with it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.apps.paperwork import rules
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class Partner(TenantModel):
    """Somebody outside: of the whole city (no school), or of one school.

    ``channel``: how it accepts papers now. ``agreed_on`` with ``agreed_by``: since when and by whom
    that is agreed; without it ``channel`` is only what is known.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("相手先", max_length=60)
    sort = models.CharField("どんな相手", max_length=12, choices=list(rules.SORTS.items()))
    channel = models.CharField("受け渡し方法", max_length=8, choices=list(rules.CHANNELS.items()))
    agreed_on = models.DateField("合意した日", null=True, blank=True)
    agreed_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField("覚え", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "name"],
                condition=Q(school__isnull=False),
                name="partner_of_school_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "name"],
                condition=Q(school__isnull=True),
                name="partner_of_city_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True, agreed_by__isnull=True)
                | Q(agreed_on__isnull=False, agreed_by__isnull=False),
                name="partner_agreed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
