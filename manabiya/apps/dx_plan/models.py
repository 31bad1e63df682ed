"""The plan of a municipality (校務DX計画) for some school years, as a draft and as decided.

*DxPlan* (計画): years, baseline, the words of its chapters, and whether a draft stands.
*PlanItem* (計画の項目): a question of the checklist the plan wants to move; *PlanGoal* (目標): the
percentage for one school year. *PlanAction* (施策): what is done, by whom, for which items.
*PlanEdition* (版): the plan as the board decided it, an immutable copy.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class DxPlan(TenantModel):
    """A plan from ``first_year`` to ``last_year`` (年度) against the round of ``baseline_year``.

    ``edition``: the number of the draft, or of the last decided one; ``reason``: why there is a
    further edition. ``shows_printed_table``: the table printed for 令和5年度 stands in chapter 2.
    ``version`` grows with every deed on any part, ``words_version`` with the words only.
    """

    reach: ClassVar[Reach] = Reach()

    class State(models.TextChoices):
        """Whether it is being written."""

        DRAFT = "draft", _("案")
        DECIDED = "decided", _("決定")

    title = models.CharField(_("計画の名前"), max_length=60)
    first_year = models.PositiveSmallIntegerField(_("はじめの年度"))
    last_year = models.PositiveSmallIntegerField(_("おわりの年度"))
    baseline_year = models.PositiveSmallIntegerField(_("基準の年度"))
    introduction = models.TextField(_("はじめに"), max_length=4000, blank=True)
    present = models.TextField(_("現状"), max_length=4000, blank=True)
    outlook = models.TextField(_("今後の計画"), max_length=4000, blank=True)
    closing = models.TextField(_("おわりに"), max_length=4000, blank=True)
    shows_printed_table = models.BooleanField(_("印刷された表をのせる"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(_("版を改める理由"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    words_version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "first_year"], name="dx_plan_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year"), baseline_year__lt=F("first_year")),
                name="dx_plan_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(reason=""), name="dx_plan_changed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Return whether goals and words may be changed."""
        return self.state == self.State.DRAFT

    @property
    def years(self) -> list[int]:
        """Return its school years in order."""
        return list(range(self.first_year, self.last_year + 1))


class PlanItem(TenantModel):
    """A question of the checklist in a plan; ``version`` grows when its goals change."""

    reach: ClassVar[Reach] = Reach()

    plan = TenantForeignKey("dx_plan.DxPlan", models.CASCADE, related_name="items")
    item = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "plan", "item"], name="plan_item_once"),
        ]

    def __str__(self) -> str:
        return self.item


class PlanGoal(TenantModel):
    """The percentage an item is to reach in a school year, one decimal."""

    reach: ClassVar[Reach] = Reach()

    plan_item = TenantForeignKey("dx_plan.PlanItem", models.CASCADE, related_name="goals")
    school_year = models.PositiveSmallIntegerField(_("年度"))
    percent = models.DecimalField(max_digits=4, decimal_places=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "plan_item", "school_year"], name="plan_goal_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="plan_goal_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year} {self.percent}"


class PlanAction(TenantModel):
    """What is done for the goals: ``items`` are keys of the checklist, ``owner`` an office in words."""

    reach: ClassVar[Reach] = Reach()

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("予定")
        RUNNING = "running", _("進行中")
        DONE = "done", _("完了")
        DROPPED = "dropped", _("見送り")

    plan = TenantForeignKey("dx_plan.DxPlan", models.CASCADE, related_name="actions")
    title = models.CharField(_("施策"), max_length=80)
    owner = models.CharField(_("担当"), max_length=60)
    from_on = models.DateField(_("いつから"))
    until_on = models.DateField(_("いつまで"))
    items = models.JSONField(_("関わる項目"), default=list)
    notes = models.TextField(_("内容"), max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    state_reason = models.CharField(_("見送りの理由"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="plan_action_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(state_reason=""),
                name="plan_action_dropped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanEdition(TenantModel):
    """The plan as decided: ``document`` is what ``document.read`` reads, ``sha256`` its digest."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach()

    plan = TenantForeignKey("dx_plan.DxPlan", models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64, db_collation="C")
    decided_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "plan", "number"], name="plan_edition_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="plan_edition_changed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
