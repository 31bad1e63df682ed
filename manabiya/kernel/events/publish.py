"""Publish an event, deliver it."""

from datetime import date
from uuid import UUID

from django.db import connection

from manabiya.kernel.events.models import EventReceipt
from manabiya.kernel.jobs import defer, job
from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.ids import uuid7


class NotInTransaction(RuntimeError):
    """An event was published outside the transaction of its cause."""


def publish(event: str, **keys: UUID | date) -> UUID:
    """Tell the subscribers of ``event`` after commit; ``keys`` are ids and dates. Returns its id."""
    from manabiya.kernel.registry import registry

    if not connection.in_atomic_block:
        raise NotInTransaction(event)
    event_id = uuid7()
    texts = {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in keys.items()
    }
    for subscription in registry.subscriptions.values():
        if subscription.event == event:
            defer(
                deliver,
                municipality_id=scope.current(),
                event_id=str(event_id),
                subscription=subscription.name,
                **texts,
            )
    return event_id


@job(name="events.deliver", queue="events")
def deliver(municipality_id: str, event_id: str, subscription: str, **keys: str) -> None:
    """Run one subscriber for one event, exactly once in effect."""
    from manabiya.kernel.registry import registry

    receipt = EventReceipt(
        municipality_id=UUID(municipality_id), event_id=UUID(event_id), subscription=subscription
    )
    written = EventReceipt.objects.bulk_create([receipt], ignore_conflicts=True)
    if not EventReceipt.objects.filter(pk=written[0].pk).exists():
        return
    registry.subscriptions[subscription].handler(keys)
