"""What the board decides for the whole city from a day on."""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel


class BoardDecision(TenantModel):
    """A decision of the board that holds from ``valid_from`` until the next one's day.

    Abstract: each app that lets the board decide something has its own.
    """

    reach: ClassVar[Reach] = Reach()

    valid_from = models.DateField("いつから")
    set_by = models.UUIDField(null=True)
    set_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.valid_from)
