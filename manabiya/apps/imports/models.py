"""*ImportRun* (取り込み): files brought in together, from the upload to the applied roster.

*ImportFile*: one file with its columns matched; its bytes are there until the run ends.
*PlanPage*: a page of what the dry run (試し) found, as it is shown. *ColumnMatch*: a header
somebody matched once, remembered for the municipality. *ImportProgress*: how far a job is.

Bytes and pages lie in the database: under the municipality's row security, in the same
transaction, and on every node. They are emptied when the run is applied, discarded or old.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class ImportRun(TenantModel):
    """One import of a school, or of the whole municipality (no school).

    ``decisions``: what a person chose and the result holds; ``chosen``: kept while pages are
    turned, not tried yet.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class State(models.TextChoices):
        """How far it is."""

        MATCHING = "matching", "列を合わせています"
        PLANNING = "planning", "試しています"
        READY = "ready", "結果を確かめています"
        APPLYING = "applying", "反映しています"
        APPLIED = "applied", "反映しました"
        FAILED = "failed", "止まりました"
        DISCARDED = "discarded", "やめました"

    school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.MATCHING)
    effective_on = models.DateField("いつから")
    account_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    hat = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    message = models.CharField(max_length=300, blank=True)
    differences = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "created_at"], name="import_run_created"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ImportFile(TenantModel):
    """A file of a run: bytes, kind and the field of each column of each of its tables."""

    reach: ClassVar[Reach] = Reach(school="run__school_id")

    run = TenantForeignKey("imports.ImportRun", models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField(default=bytes)
    tables = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "run", "position"], name="import_file_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PlanPage(TenantModel):
    """A page of a dry run: ``tab`` and number; ``lines``: packed JSON, what the screen shows."""

    reach: ClassVar[Reach] = Reach(school="run__school_id")

    run = TenantForeignKey("imports.ImportRun", models.CASCADE, related_name="pages")
    tab = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    lines = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "run", "tab", "number"], name="plan_page_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tab} {self.number}"


class ImportProgress(TenantModel):
    """How far a job is with a run; written beside its transaction."""

    reach: ClassVar[Reach] = Reach(school="run__school_id")

    run = TenantForeignKey("imports.ImportRun", models.CASCADE, related_name="progress")
    share = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=120, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "run"], name="import_progress_once"),
        ]

    def __str__(self) -> str:
        return str(self.share)


class ColumnMatch(TenantModel):
    """How the columns under a header were matched by hand, for the next time."""

    reach: ClassVar[Reach] = Reach()

    signature = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    fields = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "signature"], name="column_match_once"),
        ]

    def __str__(self) -> str:
        return self.signature
