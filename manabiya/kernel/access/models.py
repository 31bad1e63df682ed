"""Support sessions: the board's administrators look into a school, with a reason and an end.

There are no superusers. *SupportSession*: one administrator, one school (an id: the kernel
knows no school), a reason, a start and an end; every request in it is logged.
"""

from datetime import timedelta
from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel

LONGEST = timedelta(hours=2)


class SupportSession(TenantModel):
    """A look into one school by a board administrator."""

    reach: ClassVar[Reach] = Reach(school="school_id", own="person_id")

    account_id = models.UUIDField()
    person_id = models.UUIDField()
    school_id = models.UUIDField()
    reason = models.CharField("理由", max_length=200)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("started_at")),
                name="support_session_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
