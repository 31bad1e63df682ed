"""Staff, their dated posts, and cover for a day."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.dated import Dated, PersonName, dated_order, on_day


class Post(models.TextChoices):
    """A post (職) or role an appointment gives; the value is the role key of the registry."""

    PRINCIPAL = "principal", "校長"
    VICE_PRINCIPAL = "vice_principal", "教頭"
    ACADEMIC_AFFAIRS_HEAD = "academic_affairs_head", "教務主任"
    GRADE_HEAD = "grade_head", "学年主任"
    HOMEROOM_TEACHER = "homeroom_teacher", "学級担任"
    ASSISTANT_HOMEROOM_TEACHER = "assistant_homeroom_teacher", "副担任"
    SUBJECT_TEACHER = "subject_teacher", "教科担任"
    SCHOOL_NURSE = "school_nurse", "養護教諭"
    OFFICE_STAFF = "office_staff", "事務職員"
    ICT_SUPPORTER = "ict_supporter", "ICT支援員"
    BOARD_OFFICER = "board_officer", "教育委員会 担当"
    BOARD_ADMINISTRATOR = "board_administrator", "教育委員会 管理者"


def _appointed(ids: Iterable[UUID], today: date) -> Q:
    posts = Appointment.objects.filter(on_day(today), school_id__in=list(ids))
    return Q(id__in=posts.values("staff_member_id"))


class StaffMember(PersonName, TenantModel):
    """A person who works at schools or at the board (教職員)."""

    reach: ClassVar[Reach] = Reach(school=_appointed, own="id")

    number = models.CharField("職員番号", max_length=20)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "number"], name="staff_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Appointment(Dated, TenantModel):
    """A post held at a school (or at the board: no school), 本務 or 兼務, from day to day."""

    reach: ClassVar[Reach] = Reach(school="school_id", own="staff_member_id")

    staff_member = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, related_name="appointments"
    )
    school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    post = models.CharField("職", max_length=30, choices=Post.choices)
    is_main = models.BooleanField("本務", default=True)
    homeroom = TenantForeignKey(
        "roster.Homeroom", models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    grade_level = models.PositiveSmallIntegerField("学年", null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [dated_order("appointment_order")]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "staff_member"], name="appointment_person"),
            models.Index(fields=["municipality", "school"], name="appointment_school"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Cover(TenantModel):
    """Somebody stands in for a homeroom's teacher on one day (補欠・代理)."""

    reach: ClassVar[Reach] = Reach(school="homeroom__school_id", homeroom="homeroom_id")

    staff_member = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="covers")
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="covers")
    date = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "homeroom", "date", "staff_member"], name="cover_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SchoolDuty(Dated, TenantModel):
    """A duty shared out within a school (校務分掌): 生徒指導, 情報, 給食 …."""

    reach: ClassVar[Reach] = Reach(school="school_id", own="staff_member_id")

    staff_member = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="duties")
    school = TenantForeignKey("roster.School", models.PROTECT, related_name="duties")
    name = models.CharField("校務分掌", max_length=40)
    is_head = models.BooleanField("主任", default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("school_duty_order"),
            models.UniqueConstraint(
                fields=["municipality", "school", "staff_member", "name", "starts_on"],
                name="school_duty_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
