"""Pair a device, revoke it, note that it was seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.monitor.models import MonitorDevice
from manabiya.apps.monitor.policies import MONITOR_MANAGE
from manabiya.apps.monitor.tokens import hash_of, new_code, new_token, plain
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.identity.throttle import Limit

CODE_VALID_FOR = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
CODE_FAILURES_OF_ADDRESS = Limit("wall-address", 10, timedelta(minutes=15))
CODE_FAILURES_OF_CITY = Limit("wall-city", 100, timedelta(minutes=15))


class PairingRefused(Exception):
    """The code pairs no device; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A device that waits for its code; the code exists nowhere else."""

    device: MonitorDevice
    code: str


@dataclass(frozen=True, slots=True)
class Paired:
    """A paired device; the token exists nowhere else."""

    device: MonitorDevice
    token: str


@service
def start_pairing(*, actor: Actor, name: str, now: datetime) -> Pairing:
    """Make a code for a new device of the actor's school, valid ten minutes (``now``: real time).

    Devices whose code ran out unused are forgotten. Raises ``Refused``.
    """
    MONITOR_MANAGE.require(actor)
    MonitorDevice.objects.filter(
        school_id=actor.at, paired_at=None, code_expires_at__lt=now
    ).delete()
    code = new_code()
    device = MonitorDevice.objects.create(
        school_id=actor.at,
        name=name,
        code_hash=hash_of(code),
        code_expires_at=now + CODE_VALID_FOR,
        created_by_id=actor.person_id,
        created_at=now,
    )
    _recorded(actor, "start", device)
    return Pairing(device, code)


@service
def pair_device(*, code: str, now: datetime) -> Paired:
    """Pair the device on which ``code`` was typed: it gets a token of its own, the code is used up.

    Nobody is logged in here: the code is the right. Raises :class:`PairingRefused`.
    """
    device = (
        MonitorDevice.objects.select_for_update()
        .filter(
            code_hash=hash_of(plain(code)), code_expires_at__gt=now, token_hash="", revoked_at=None
        )
        .first()
    )
    if device is None:
        raise PairingRefused(
            _("この番号ではつながりません。10分を過ぎたか、打ちまちがいかもしれません。")
        )
    token = new_token()
    device.code_hash, device.token_hash = "", hash_of(token)
    device.paired_at = device.last_seen_at = now
    device.save(update_fields=["code_hash", "token_hash", "paired_at", "last_seen_at"])
    _recorded(None, "pair", device)
    return Paired(device, token)


@service
def revoke_device(*, actor: Actor, device_id: UUID, now: datetime) -> MonitorDevice:
    """Take a device's token away at once; the row stays. Raises ``Refused`` or ``Http404``."""
    MONITOR_MANAGE.require(actor)
    rows = MonitorDevice.objects.select_for_update(of=("self",)).filter(revoked_at=None)
    device = MONITOR_MANAGE.get(actor, rows, pk=device_id)
    device.code_hash = device.token_hash = ""
    device.revoked_by_id, device.revoked_at = actor.person_id, now
    device.save(update_fields=["code_hash", "token_hash", "revoked_by", "revoked_at"])
    _recorded(actor, "revoke", device)
    return device


def note_seen(device_id: UUID, last_seen_at: datetime | None, now: datetime) -> None:
    """Note that a device asked, at most every five minutes. Nothing of the school changes."""
    if last_seen_at is None or now - last_seen_at >= SEEN_EVERY:
        MonitorDevice.objects.filter(pk=device_id).update(last_seen_at=now)


def _recorded(actor: Actor | None, verb: str, device: MonitorDevice) -> None:
    record(
        actor=actor,
        action=f"monitor.device:{verb}",
        subject_type="monitor_device",
        subject_id=device.id,
        data_class=DataClass.III,
        school_id=device.school_id,
    )
