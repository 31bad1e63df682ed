"""*EventReceipt*: a subscription has dealt with an event, once."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel


class EventReceipt(TenantModel):
    """Written in the transaction of the effect: a repeated delivery finds it and does nothing."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach()

    event_id = models.UUIDField()
    subscription = models.CharField(max_length=80)
    received_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "event_id", "subscription"], name="event_receipt_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event_id)
