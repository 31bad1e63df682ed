"""What guardians, or staff at the phone, say about a child's day.

*AbsenceReport* (欠席連絡): a claim about one child and one day, never an official value. Reports
sent together (brothers and sisters, several days) share a ``submission``.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.diseases import DISEASE_WORDS
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import through_enrollment


class AbsenceReport(TenantModel):
    """A report about one child and one day; ``receipt_number`` is what the guardian is shown.

    ``disease``: a key of ``law.exclusion.DISEASES`` where the reason is 感染症, empty while nobody
    knows. ``claimed_at``: when the phone says the report was written, where it waited for a
    network; ``submitted_at`` is the server's receipt and alone decides the cut-off.
    """

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
        child="student_id",
        own="guardian_id",
    )

    class Kind(models.TextChoices):
        """What will happen on the day."""

        ABSENT = "absent", _("欠席")
        LATE = "late", _("遅刻")
        LEFT_EARLY = "left_early", _("早退")

    class Reason(models.TextChoices):
        """Why, by choice (欠席理由)."""

        FEVER = "fever", _("発熱")
        COLD = "cold", _("かぜの症状")
        STOMACH_ACHE = "stomach_ache", _("腹痛・吐き気")
        INJURY = "injury", _("けが")
        CLINIC = "clinic", _("通院")
        INFECTION = "infection", _("感染症")
        FAMILY = "family", _("家庭の都合")
        BEREAVEMENT = "bereavement", _("忌引")
        CONSULTATION = "consultation", _("登校しぶり・相談したい")
        OTHER = "other", _("その他")

    class Temperature(models.TextChoices):
        """How high the fever was, as a guardian says it without a keyboard."""

        FROM_37 = "37", _("37度台")
        FROM_38 = "38", _("38度台")
        FROM_39 = "39", _("39度から")

    class Status(models.TextChoices):
        """Where the report stands: open (submitted, changed) until the class is confirmed."""

        SUBMITTED = "submitted", _("届きました")
        CHANGED = "changed", _("変更が届きました")
        APPLIED = "applied", _("学校で確認ずみ")
        CONFLICT = "conflict", _("学校が確かめています")
        REJECTED = "rejected", _("学校で見送りました")
        CANCELLED = "cancelled", _("取り消しました")

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    kind = models.CharField(_("連絡"), max_length=12, choices=Kind.choices)
    reason = models.CharField(_("理由"), max_length=20, choices=Reason.choices)
    disease = models.CharField(_("感染症の名前"), max_length=40, blank=True, db_collation="C")
    temperature = models.CharField(
        _("体温"), max_length=2, choices=Temperature.choices, blank=True, db_collation="C"
    )
    note = models.CharField(_("学校に伝えたいこと"), max_length=200, blank=True)
    expected_time = models.TimeField(_("時刻"), null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="+"
    )
    staff_member = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    submission = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    is_after_cutoff = models.BooleanField(_("締切後"), default=False)
    idempotency_key = models.CharField(max_length=64, db_collation="C")
    receipt_number = models.CharField(_("受付番号"), max_length=16, db_collation="C")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "idempotency_key"], name="absence_report_once"
            ),
            models.UniqueConstraint(
                fields=["municipality", "receipt_number"], name="absence_report_receipt"
            ),
            models.UniqueConstraint(
                fields=["municipality", "student", "date", "kind", "guardian"],
                condition=Q(status__in=("submitted", "changed")),
                name="absence_report_one_open",
            ),
            models.CheckConstraint(
                condition=Q(guardian__isnull=False, staff_member__isnull=True)
                | Q(guardian__isnull=True, staff_member__isnull=False),
                name="absence_report_one_sender",
            ),
            models.CheckConstraint(
                condition=Q(disease="") | Q(reason="infection"), name="absence_report_disease"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student", "date"], name="absence_report_child"),
            models.Index(fields=["municipality", "guardian"], name="absence_report_guardian"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def disease_word(self) -> str:
        """Return what families call the disease, or an empty text."""
        return str(DISEASE_WORDS.get(self.disease, ""))
