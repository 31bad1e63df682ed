"""The checklist as a municipality keeps it.

*ChecklistSet* (設問の版): the questions of a round in a version, as checked data; never changed, an
edit is the next version. *PublishedFigure* (公表された割合): a percentage as printed, with source and
definition. *CountedFigure* (数えた割合): answers of an earlier round by option, with the number of
schools. *ChecklistRound* (回): a school year's self-check. *AnswerSheet* (回答): the answers of a
school, or of the board (no school), as a draft or confirmed; *ChecklistAnswer*: one of them.
*FollowUpAnswer* (続きの質問への回答): what was told beside it. *AnswerSheetStep*: who saved, confirmed,
reopened or reminded, and when. What a school attaches to an item, and the board's outreach, stand
in ``claims``.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.apps.checklist.claims import Outreach, SchoolEvidence
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.law.checklist_answers import Answer
from manabiya.law.checklist_sets import AREAS, QuestionSet, read_set

__all__ = [
    "AnswerSheet",
    "AnswerSheetStep",
    "ChecklistAnswer",
    "ChecklistRound",
    "ChecklistSet",
    "CountedFigure",
    "FollowUpAnswer",
    "Outreach",
    "PublishedFigure",
    "SchoolEvidence",
]
OF_A_SHEET = Reach(school="sheet__school_id")


class ChecklistSet(TenantModel):
    """Questions of a round in a version. ``document``: what ``law.checklist_sets.read_set`` reads."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach()

    key = models.SlugField(max_length=20)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("名前"), max_length=80)
    document = models.JSONField()
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "key", "version"], name="checklist_set_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def questions(self) -> QuestionSet:
        """Return the questions."""
        return read_set(self.document)


class PublishedFigure(TenantModel):
    """A published percentage of one item of a round (``school_year``), never computed anew."""

    reach: ClassVar[Reach] = Reach()

    school_year = models.PositiveSmallIntegerField(_("年度"))
    item = models.SlugField(max_length=40)
    area = models.CharField(max_length=12, choices=list(AREAS.items()))
    percent = models.DecimalField(max_digits=4, decimal_places=1)
    source = models.CharField(_("出典"), max_length=200)
    definition = models.CharField(_("定義"), max_length=80)
    doubt = models.CharField(_("定義への疑い"), max_length=200, blank=True)
    status = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school_year", "item", "area", "definition"],
                name="published_figure_once",
            ),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(definition=""), name="published_figure_has_source"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="published_figure_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year} {self.item} {self.area}"


class CountedFigure(TenantModel):
    """Answers of the city's schools in an earlier round. ``counts``: answer → number of schools."""

    reach: ClassVar[Reach] = Reach()

    school_year = models.PositiveSmallIntegerField(_("年度"))
    item = models.SlugField(max_length=40)
    counts = models.JSONField()
    schools = models.PositiveIntegerField(_("回答した学校数"))
    source = models.CharField(_("出典"), max_length=200)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school_year", "item"], name="counted_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(schools__gt=0) & ~Q(source=""), name="counted_figure_of_schools"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year} {self.item}"


class ChecklistRound(TenantModel):
    """A self-check of a school year with its questions, open until the board closes it.

    ``source``: where the answers of a round come from that was answered elsewhere and brought as a
    file; empty for a round of this product. Such a round is closed from the first day.
    """

    reach: ClassVar[Reach] = Reach()

    school_year = models.PositiveSmallIntegerField(_("年度"))
    question_set = TenantForeignKey("checklist.ChecklistSet", models.PROTECT, related_name="+")
    due_on = models.DateField(_("期限"))
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(_("出典"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school_year"], name="checklist_round_once"
            ),
            models.CheckConstraint(
                condition=Q(source="") | Q(closed_at__isnull=False),
                name="checklist_round_imported_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.school_year)

    @property
    def is_open(self) -> bool:
        """Return whether answers are still taken."""
        return self.closed_at is None

    @property
    def is_imported(self) -> bool:
        """Return whether it was answered elsewhere and brought as a file."""
        return bool(self.source)


class AnswerSheet(TenantModel):
    """The answers of a school (None: of the board) to a round; confirmed by the head, or a draft.

    ``version`` grows with every deed: a form carries it, so that the second of two people is told.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    round = TenantForeignKey("checklist.ChecklistRound", models.PROTECT, related_name="sheets")
    school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "round", "school"],
                nulls_distinct=False,
                name="answer_sheet_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="answer_sheet_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_confirmed(self) -> bool:
        """Return whether the head has confirmed it."""
        return self.confirmed_at is not None


class ChecklistAnswer(TenantModel):
    """One answer of a sheet: ``value`` is an answer of ``law.checklist_answers``."""

    reach: ClassVar[Reach] = OF_A_SHEET

    sheet = TenantForeignKey("checklist.AnswerSheet", models.CASCADE, related_name="answers")
    item = models.SlugField(max_length=40)
    value = models.CharField(
        max_length=16, choices=[(answer.value, answer.label) for answer in Answer]
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "sheet", "item"], name="checklist_answer_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FollowUpAnswer(TenantModel):
    """One thing told beside an answer (相手先, 書類の種類): a named choice, or words of the school."""

    reach: ClassVar[Reach] = OF_A_SHEET

    sheet = TenantForeignKey("checklist.AnswerSheet", models.CASCADE, related_name="follow_ups")
    item = models.SlugField(max_length=40)
    value = models.CharField(max_length=200)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "sheet", "item", "value"], name="follow_up_answer_once"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="follow_up_answer_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AnswerSheetStep(TenantModel):
    """A deed on a sheet; ``reason`` is given when it was reopened, the source when it was brought
    as a file. Append-only.
    """

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = OF_A_SHEET

    class Deed(models.TextChoices):
        """What was done."""

        SAVED = "saved", _("下書きを保存")
        CONFIRMED = "confirmed", _("確定")
        REOPENED = "reopened", _("確定を取り消し")
        REMINDED = "reminded", _("お願い")
        IMPORTED = "imported", _("ファイルから取り込み")

    sheet = TenantForeignKey("checklist.AnswerSheet", models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    done_by = models.UUIDField()
    done_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(deed="reopened") | ~Q(reason=""),
                name="answer_sheet_step_reopened_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "sheet", "done_at"], name="answer_sheet_step_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deed} {self.done_at}"
