"""What the principal decides about a child's days: 出席停止, 忌引, 出席扱い, 非常変災.

*ExcusedPeriod* (申し出と決定): proposed by a 担任 or the nurse, decided by the principal or by the
vice principal to whom it is delegated; until then its days count as absences.
*ExcusedPeriodChange*: every deed on it, written once. *DecisionDelegation* (決定の委任): from which
day the vice principal decides too; rows are only added, so they are their own history.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.diseases import disease_label, return_words
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.law.bereavement import RELATIONS
from manabiya.roster.models.dated import through_enrollment


class ExcusedPeriod(TenantModel):
    """Days on which a child need not come (or is deemed present), with who proposed and decided.

    ``disease``: a key of ``law.exclusion.DISEASES`` (出席停止 only); ``relation``: of
    ``law.bereavement`` (忌引 only); ``facility``: where the child learns (出席扱い only).
    ``first_day`` is the day of onset of a disease. ``last_day`` None: open. ``earliest_return``:
    the first day back by the law, None while nobody can say. ``version`` grows with every deed.
    """

    reach: ClassVar[Reach] = Reach(
        school="school_id",
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
        child="student_id",
    )

    class Kind(models.TextChoices):
        """What is decided."""

        SUSPENSION = "suspension", _("出席停止")
        BEREAVEMENT = "bereavement", _("忌引")
        DEEMED_PRESENT = "deemed_present", _("出席扱い")
        DISASTER = "disaster", _("非常変災")

    class Status(models.TextChoices):
        """Where it stands; decided and ended ones excuse their days."""

        PROPOSED = "proposed", "決定待ち"
        DECIDED = "decided", "決定"
        DECLINED = "declined", "見送り"
        WITHDRAWN = "withdrawn", "取り下げ"
        ENDED = "ended", "終わり"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="excused_periods")
    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    kind = models.CharField("種類", max_length=16, choices=Kind.choices)
    disease = models.CharField("感染症", max_length=40, blank=True)
    relation = models.CharField(
        "続柄", max_length=20, blank=True, choices=[(str(k), v) for k, v in RELATIONS.items()]
    )
    facility = models.CharField("学んでいる所", max_length=60, blank=True)
    note = models.CharField("覚え", max_length=200, blank=True)
    first_day = models.DateField("始まりの日")
    last_day = models.DateField("終わりの日", null=True, blank=True)
    relief_on = models.DateField("解熱・軽快等の日", null=True, blank=True)
    earliest_return = models.DateField("登校できる最初の日", null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("見送り・取り下げの理由", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="excused_period_order",
            ),
            models.CheckConstraint(
                condition=(Q(kind="suspension") & ~Q(disease=""))
                | (~Q(kind="suspension") & Q(disease="", relief_on__isnull=True)),
                name="excused_period_disease",
            ),
            models.CheckConstraint(
                condition=(Q(kind="bereavement") & ~Q(relation=""))
                | (~Q(kind="bereavement") & Q(relation="")),
                name="excused_period_relation",
            ),
            models.CheckConstraint(
                condition=(Q(kind="deemed_present") & ~Q(facility=""))
                | (~Q(kind="deemed_present") & Q(facility="")),
                name="excused_period_facility",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "withdrawn"))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="excused_period_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(answer=""),
                name="excused_period_declined_with_a_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "student", "first_day"], name="excused_period_child"
            ),
            models.Index(
                fields=["municipality", "school", "status", "first_day"],
                name="excused_period_school",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def disease_word(self) -> str:
        """Return the name of the disease, or an empty text."""
        return disease_label(self.disease)

    @property
    def cause_word(self) -> str:
        """Return what stands behind it: disease, relation or facility."""
        return self.disease_word or self.get_relation_display() or self.facility

    @property
    def not_before(self) -> date | None:
        """Return the lower bound of the first day back while the relief is not known."""
        return excused.not_back_before(self.kind, self.disease, self.first_day)

    @property
    def return_words(self) -> str:
        """Return what is needed before the child comes back, in the words of families."""
        return return_words(self.disease)


class ExcusedPeriodChange(TenantModel):
    """One deed on a period: what was done, the values before and after, by whom."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(
        school="period__school_id",
        homeroom=lambda ids, today: through_enrollment(
            "period__student_id", "homeroom_id", ids, today
        ),
        child="period__student_id",
    )

    class Deed(models.TextChoices):
        """What was done."""

        PROPOSED = "proposed", "申し出"
        DECIDED = "decided", "決定"
        DECLINED = "declined", "見送り"
        WITHDRAWN = "withdrawn", "取り下げ"
        RELIEVED = "relieved", "解熱・軽快等の日"
        MOVED = "moved", "期間の変更"
        ENDED = "ended", "終わり"
        VISITED = "visited", "通った日"

    period = TenantForeignKey("attendance.ExcusedPeriod", models.PROTECT, related_name="changes")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    reason = models.CharField("理由", max_length=200, blank=True)
    changed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "period"], name="excused_period_change_period"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DecisionDelegation(TenantModel):
    """From ``valid_from`` on the vice principal of a school decides too, or no longer."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="+")
    valid_from = models.DateField("いつから")
    is_delegated = models.BooleanField("教頭に任せる")
    set_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "school", "valid_from"], name="decision_delegation_school"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.valid_from}"
