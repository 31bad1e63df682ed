"""Models of what people say beside an answer: a school's own evidence, and the board's outreach.

*SchoolEvidence* (学校が付けた根拠): a figure with its period and source, a short text with a link or
a note on the file, or another service (他のサービスで実施) with its declared share. Never measured by
the product and never mixed with what it counts. What is taken away stays as a row.
*Outreach* (働きかけ): who at the board sees to it that a school does an item, until when.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class SchoolEvidence(TenantModel):
    """What a school attaches to an item.

    ``figure``: ``numerator`` of ``denominator`` from ``first_day`` to ``last_day``, ``source`` in
    words. ``words``: a text, ``link`` is an address or where the file is. ``service``: the name of
    another service, ``since`` when, ``percent`` the share the school declares (None: not said).
    """

    class Kind(models.TextChoices):
        """What is attached."""

        FIGURE = "figure", _("数字")
        WORDS = "words", _("説明")
        SERVICE = "service", _("他のサービスで実施")

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    item = models.SlugField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    numerator = models.PositiveIntegerField(_("したもの"), null=True, blank=True)
    denominator = models.PositiveIntegerField(_("全部"), null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    source = models.CharField(_("出どころ"), max_length=200, blank=True)
    words = models.CharField(_("説明"), max_length=300, blank=True)
    link = models.CharField(_("リンクかファイルの場所"), max_length=300, blank=True)
    service = models.CharField(_("サービスの名前"), max_length=60, blank=True)
    since = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("申告する割合"), null=True, blank=True)
    attached_by = models.UUIDField()
    attached_at = models.DateTimeField()
    removed_by = models.UUIDField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "item"],
                condition=Q(kind="service", removed_at=None),
                name="school_evidence_one_service",
            ),
            models.CheckConstraint(
                condition=~Q(kind="figure")
                | Q(
                    denominator__gt=0,
                    numerator__lte=F("denominator"),
                    first_day__lte=F("last_day"),
                )
                & ~Q(source=""),
                name="school_evidence_figure_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="words") | ~Q(words=""), name="school_evidence_words_said"
            ),
            models.CheckConstraint(
                condition=~Q(kind="service") | Q(since__isnull=False) & ~Q(service=""),
                name="school_evidence_service_named",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="school_evidence_percent"
            ),
            models.CheckConstraint(
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="school_evidence_removed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "school", "item"], name="school_evidence_of_item")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Outreach(TenantModel):
    """Who at the board (``owner``) sees to it that a school does ``item``, until ``due_on``."""

    reach: ClassVar[Reach] = Reach()

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    item = models.SlugField(max_length=40)
    owner = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    due_on = models.DateField(_("いつまでに"))
    note = models.CharField(_("覚え"), max_length=200, blank=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "item", "school"], name="outreach_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
