"""Audit entries and the chain over them.

*AuditEntry*: ids only, never names. *AuditLink*: one link of the chain of a municipality, made
later by the sealer; ``hash`` covers the former link's hash and the entry's whole content.
Both are append-only for the application's database role.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Cast, Now

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel

TRANSACTION_ID = Cast(
    Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
)


class AuditEntry(TenantModel):
    """One deed or one read. ``details`` holds ids, counts and digests only."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(school="school_id")

    at = models.DateTimeField(db_default=Now())
    transaction_id = models.BigIntegerField(db_default=TRANSACTION_ID)
    account_id = models.UUIDField(null=True)
    hat = models.CharField(max_length=10, blank=True)
    person_id = models.UUIDField(null=True)
    school_id = models.UUIDField(null=True)
    support_session_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True)
    subject_count = models.PositiveIntegerField(default=1)
    data_class = models.PositiveSmallIntegerField(default=3)
    details = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "at"], name="audit_entry_at"),
            models.Index(fields=["municipality", "transaction_id"], name="audit_entry_transaction"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AuditLink(TenantModel):
    """One link of the chain: place in the row, entry, hash (64 hex digits)."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach()

    sequence = models.BigIntegerField()
    entry_id = models.UUIDField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "sequence"], name="audit_link_order"),
            models.UniqueConstraint(fields=["municipality", "entry_id"], name="audit_link_entry"),
        ]

    def __str__(self) -> str:
        return str(self.sequence)
