"""The closed register (出席簿) of a class and the steps that closed it.

*RegisterVersion* (出席簿の控え): the whole month written down; version 1 by closing, each further
one by a correction. *RegisterStep*: 点検・締め・確認, who and when, and the digest of what was seen.
*CorrectionRequest* (訂正の申し出): what should have stood in a closed month, and why. *RegisterSettings*
(出席簿の決まり): what a board decided about marks and steps, from a day on.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.decision import BoardDecision

OF_A_CLASS = Reach(school="homeroom__school_id", homeroom="homeroom_id")


class CorrectionRequest(TenantModel):
    """A request to correct a closed month; ``entries``: [{student, date, code}], perhaps none.

    Without entries the month is written anew from what stands (a name, a seat, a closure).
    """

    reach: ClassVar[Reach] = OF_A_CLASS

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("承認待ち")
        APPROVED = "approved", _("承認")
        DECLINED = "declined", _("差し戻し")

    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    month = models.DateField()
    reason = models.CharField(_("訂正の理由"), max_length=200)
    entries = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    asked_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("返事"), max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "month"],
                condition=Q(state="open"),
                name="correction_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="correction_request_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class RegisterVersion(TenantModel):
    """A month of a class as it was written down. Append-only.

    ``document``: canonical JSON of :mod:`.document`. ``sha256``: of ``previous_sha256``, a line
    break and the document. ``sequence`` counts the versions of a class in the order they were
    written, over all months: each names the digest of the one before.
    """

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = OF_A_CLASS

    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64)
    made_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    correction = TenantForeignKey(
        "register.CorrectionRequest", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "month", "number"],
                name="register_version_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "sequence"], name="register_version_order"
            ),
            models.CheckConstraint(
                condition=Q(number=1, correction=None) | Q(number__gt=1, correction__isnull=False),
                name="register_version_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.homeroom_id} {self.month} {self.number}"


class RegisterStep(TenantModel):
    """A step of closing a month; ``sha256``: digest of the document that was seen. Append-only."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = OF_A_CLASS

    class Kind(models.TextChoices):
        """The step."""

        CHECKED = "checked", _("点検")
        CLOSED = "closed", _("締め")
        CONFIRMED = "confirmed", _("確認")

    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sha256 = models.CharField(max_length=64)
    taken_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "month", "kind"],
                condition=~Q(kind="checked"),
                name="register_step_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom", "month"], name="register_step_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.kind}"


class RegisterSettings(BoardDecision):
    """What the board decided about the register, from a day on; ``symbols``: cell code to mark."""

    reach: ClassVar[Reach] = Reach()

    symbols = models.JSONField(default=dict)
    counts_by_sex = models.BooleanField(_("在籍を男女別にも数える"), default=False)
    delegates_confirmation = models.BooleanField(_("校長の確認を教頭に任せる"), default=False)

    class Meta(BoardDecision.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"], name="register_settings_once"
            ),
        ]
