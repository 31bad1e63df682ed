"""*PaperUse* (見直しの1件): a paper, seal, FAX or call one place still uses, and what becomes of it.

The place is a school, or the board where ``school`` is empty. *PaperUseChange* (見直しの経過): what
was done to a line, written once, never changed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models.catalog import UseFacts, facts_hold
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class PaperUse(UseFacts, TenantModel):
    """A line of the list of a place.

    ``volume_count`` per month or year; empty: nobody knows. ``decision`` with reason, owner and
    ``due_on`` (empty while undecided); ``done_on``: from that day it is used no more.
    ``removed_at``: written by mistake, counted nowhere. ``version`` grows with each change.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    catalog_paper = TenantForeignKey(
        "paperwork.CatalogPaper", models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = TenantForeignKey(
        "paperwork.Partner", models.PROTECT, null=True, blank=True, related_name="+"
    )
    volume_count = models.PositiveIntegerField("量", null=True, blank=True)
    volume_per = models.CharField(
        "量の単位", max_length=5, choices=list(rules.PER.items()), default="month"
    )
    note = models.CharField("覚え", max_length=200, blank=True)
    listed_on = models.DateField()
    decision = models.CharField(
        "決定", max_length=8, choices=list(rules.DECISIONS.items()), blank=True
    )
    decision_reason = models.CharField("決定の理由", max_length=200, blank=True)
    owner = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("いつまでに", null=True, blank=True)
    done_on = models.DateField("やめた日", null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "name", "kind"],
                condition=Q(school__isnull=False, removed_at__isnull=True),
                name="paper_use_of_school_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "name", "kind"],
                condition=Q(school__isnull=True, removed_at__isnull=True),
                name="paper_use_of_board_once",
            ),
            *facts_hold("paper_use"),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(with_whom=rules.PARTNER),
                name="paper_use_partner_outside",
            ),
            models.CheckConstraint(
                condition=Q(decision="", due_on__isnull=True)
                | (Q(decision=rules.KEEP, due_on__isnull=True) & ~Q(decision_reason=""))
                | Q(decision__in=rules.ENDING, due_on__isnull=False),
                name="paper_use_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(decision__in=rules.ENDING),
                name="paper_use_done_as_decided",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "school"], name="paper_use_place"),
            models.Index(fields=["municipality", "catalog_paper"], name="paper_use_catalog"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaperUseChange(TenantModel):
    """A step of a line: what was done, with the decision as it then stood, why, who and when."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(school="use__school_id")

    class Deed(models.TextChoices):
        """What was done."""

        ADDED = "added", "一覧に加えた"
        EDITED = "edited", "書き直した"
        DECIDED = "decided", "決めた"
        DONE = "done", "やめた"
        REOPENED = "reopened", "やめたことを取り消した"
        REMOVED = "removed", "一覧から消した"

    use = TenantForeignKey("paperwork.PaperUse", models.PROTECT, related_name="changes")
    deed = models.CharField(max_length=8, choices=Deed.choices)
    decision = models.CharField(max_length=8, choices=list(rules.DECISIONS.items()), blank=True)
    reason = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    changed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "use"], name="paper_use_change_use"),
        ]

    def __str__(self) -> str:
        return str(self.id)
