"""Guardians and what each may do for each child."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import Dated, PersonName, dated_order, on_day, through_enrollment


def _with_children(lookup: str, ids: Iterable[UUID], today: date) -> Q:
    rights = GuardianRight.objects.filter(
        on_day(today), through_enrollment("student_id", lookup, ids, today)
    )
    return Q(id__in=rights.values("guardian_id"))


class Guardian(PersonName, TenantModel):
    """A person with rights for one or more children (保護者)."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: _with_children("school_id", ids, today),
        homeroom=lambda ids, today: _with_children("homeroom_id", ids, today),
        own="id",
    )

    class Kind(models.TextChoices):
        """Who stands in for a child: a person, the head of a home for many, a foster parent."""

        PERSON = "person", "保護者"
        FACILITY_HEAD = "facility_head", "施設長"
        FOSTER_PARENT = "foster_parent", "里親"

    kind = models.CharField("立場", max_length=16, choices=Kind.choices, default=Kind.PERSON)
    facility_name = models.CharField("施設の名前", max_length=60, blank=True)
    reference = models.CharField("識別番号", max_length=30, blank=True, db_collation="C")
    phone = models.CharField("電話", max_length=20, blank=True)
    phone_home = models.CharField("自宅の電話", max_length=20, blank=True)
    phone_work = models.CharField("勤め先の電話", max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "reference"],
                condition=~Q(reference=""),
                name="guardian_reference_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "kana_search"], name="guardian_kana_search"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class GuardianRight(Dated, TenantModel):
    """What a guardian may do for one child, from day to day (続柄ごとの権利)."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("student_id", "homeroom_id", ids, today),
        child="student_id",
        own="guardian_id",
    )

    guardian = TenantForeignKey("roster.Guardian", models.PROTECT, related_name="rights")
    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="guardian_rights")
    relationship = models.CharField("続柄", max_length=20)
    can_report = models.BooleanField("欠席を連絡できる", default=True)
    can_view = models.BooleanField("記録を見られる", default=True)
    gets_notices = models.BooleanField("お知らせを受け取る", default=True)
    can_pick_up = models.BooleanField("迎えに来られる", default=True)
    may_be_called = models.BooleanField("電話してよい", default=True)
    call_order = models.PositiveSmallIntegerField("電話の順", default=1)
    call_from = models.TimeField("電話してよい時刻から", null=True, blank=True)
    call_until = models.TimeField("電話してよい時刻まで", null=True, blank=True)
    never_at_work = models.BooleanField("勤め先には電話しない", default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("guardian_right_order"),
            models.UniqueConstraint(
                fields=["municipality", "guardian", "student", "starts_on"],
                name="guardian_right_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "student"], name="guardian_right_student"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ParentalAuthority(Dated, TenantModel):
    """Somebody holds 親権 (or 監護) for a child: a dated set, one row for each holder.

    Entered by a manager who has seen the document.
    """

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("student_id", "school_id", ids, today)
    )

    class Holder(models.TextChoices):
        """In which quality."""

        FATHER = "father", "父"
        MOTHER = "mother", "母"
        LEGAL_GUARDIAN = "legal_guardian", "未成年後見人"
        FACILITY_HEAD = "facility_head", "施設長"
        CUSTODIAN = "custodian", "監護者"

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="authorities")
    guardian = TenantForeignKey(
        "roster.Guardian", models.PROTECT, null=True, blank=True, related_name="authorities"
    )
    holder = models.CharField("親権", max_length=16, choices=Holder.choices)
    document = models.CharField("確かめた書類", max_length=60)
    seen_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    seen_on = models.DateField("確かめた日")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("parental_authority_order"),
            models.UniqueConstraint(
                fields=["municipality", "student", "holder", "starts_on"],
                name="parental_authority_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
