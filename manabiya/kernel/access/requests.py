"""The request as our views get it: with its actor, place and school time."""

from datetime import date, datetime

from django.http import HttpRequest

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.devices import Device
from manabiya.kernel.access.policies import Permission
from manabiya.kernel.identity.models import Account
from manabiya.kernel.tenancy.models import Municipality


class Request(HttpRequest):
    """What the middleware adds. ``actor`` and ``municipality`` exist behind a policy only.

    ``device`` stands in the place of ``actor`` on the pages of devices.

    ``now`` and ``today`` are the school's local time; real time is ``kernel.clock.real_now``.
    """

    user: Account
    actor: Actor
    device: Device
    municipality: Municipality
    now: datetime
    today: date
    must_roll_back: bool
    unknown_municipality: bool
    refused_permission: Permission
