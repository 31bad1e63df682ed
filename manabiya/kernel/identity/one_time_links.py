"""*OneTimeLink* (一回だけのリンク): what a person is handed to come in for the first time.

The code stands only in what is handed over (an address, a printed paper); the row keeps its keyed
hash. *OneTimeLinkAddress* leads from the hash to the municipality before any is in scope: an
account table without names. Both are abstract: an app that hands out links has its own pair.
"""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from manabiya.kernel.tenancy.models import AccountModel, Municipality, TenantModel
from manabiya.kernel.tenancy.scope import tenant


class OneTimeLink(TenantModel):
    """A link used once, until ``expires_at`` (real time). ``issued_by`` None: the operator."""

    code_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.id)

    def is_open(self, now: datetime) -> bool:
        """Return whether nobody used or revoked it and it has not expired."""
        return self.used_at is None and self.revoked_at is None and self.expires_at > now

    def use(self, account_id: UUID, now: datetime) -> None:
        """Mark it used; the caller holds the row and asked :meth:`is_open`."""
        self.used_at, self.used_by = now, account_id
        self.save(update_fields=["used_at", "used_by"])


class OneTimeLinkAddress(AccountModel):
    """Where the link with this code belongs."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    invitation_id = models.UUIDField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.invitation_id)


Link = TypeVar("Link", bound=OneTimeLink)


def keyed_hash(code: str) -> str:
    """Return the hash under which a code is found; worthless without the house's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), sha256).hexdigest()


def revoke_open(links: "QuerySet[Link]", now: datetime) -> int:
    """Revoke those of ``links`` nobody has used; return how many."""
    return int(links.filter(used_at=None, revoked_at=None).update(revoked_at=now))


def address_of(addresses: type[OneTimeLinkAddress], link: OneTimeLink) -> OneTimeLinkAddress:
    """Write where the link belongs, so that its code is found; in the tenant."""
    written: OneTimeLinkAddress = addresses._default_manager.create(
        code_hash=link.code_hash,
        municipality_id=link.municipality_id,
        invitation_id=link.pk,
    )
    return written


def open_link(
    addresses: type[OneTimeLinkAddress], links: type[Link], code_hash: str, now: datetime
) -> tuple[UUID, Link] | None:
    """Return municipality and link of a code, None whatever is wrong with it.

    Call inside a transaction, outside any tenant; ``now`` is real time.
    """
    address = addresses._default_manager.filter(code_hash=code_hash).first()
    if address is None:
        return None
    still = Q(used_at=None, revoked_at=None, expires_at__gt=now)
    with tenant(address.municipality_id):
        found = links._default_manager.filter(still, pk=address.invitation_id).first()
    return (address.municipality_id, found) if found is not None else None
