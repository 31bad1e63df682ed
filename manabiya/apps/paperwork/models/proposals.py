"""*PaperProposal* (見直しの提案): the board asks one school to end or keep a common paper."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.apps.paperwork import rules
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class PaperProposal(TenantModel):
    """What is proposed, why and until when; and the school's answer. One open at a time.

    ``withdrawn_at`` with ``withdrawn_reason``: the board took it back before the school answered.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class Answer(models.TextChoices):
        """What became of it."""

        OPEN = "open", "回答待ち"
        ACCEPTED = "accepted", "受け入れた"
        DECLINED = "declined", "受け入れない"
        UNUSED = "unused", "使っていない"
        REPLACED = "replaced", "新しい提案に替わった"
        WITHDRAWN = "withdrawn", "取り下げた"

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    catalog_paper = TenantForeignKey(
        "paperwork.CatalogPaper", models.PROTECT, related_name="proposals"
    )
    decision = models.CharField("提案", max_length=8, choices=list(rules.DECISIONS.items()))
    reason = models.CharField("提案の理由", max_length=200)
    due_on = models.DateField("いつまでに", null=True, blank=True)
    proposed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.OPEN)
    words = models.CharField("学校の返事", max_length=200, blank=True)
    answered_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField("取り下げる理由", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "catalog_paper"],
                condition=Q(answer="open"),
                name="paper_proposal_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(words=""),
                name="paper_proposal_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decision=rules.KEEP, due_on__isnull=True)
                | Q(decision__in=rules.ENDING, due_on__isnull=False),
                name="paper_proposal_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=("open", "replaced", "withdrawn"), answered_by__isnull=True)
                | Q(answer__in=("accepted", "declined", "unused"), answered_by__isnull=False),
                name="paper_proposal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(answer="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")
                )
                | (~Q(answer="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_reason="")),
                name="paper_proposal_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
