"""Homerooms, students and where they are enrolled from day to day."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Value

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.kana import search_text, sort_text
from manabiya.roster.models.dated import Dated, PersonName, dated_order, through_enrollment


def one_a_day(name: str, field: str) -> ExclusionConstraint:
    """Return the constraint that dated rows of the same ``field`` never overlap."""
    days = Func(
        F("starts_on"),
        F("ends_on"),
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("municipality", RangeOperators.EQUAL),
            (field, RangeOperators.EQUAL),
            (days, RangeOperators.OVERLAPS),
        ],
    )


class Homeroom(TenantModel):
    """A class of type homeroom (学級) of one school year."""

    reach: ClassVar[Reach] = Reach(school="school_id", homeroom="id")

    class Kind(models.TextChoices):
        """Kind of homeroom."""

        REGULAR = "regular", "通常学級"
        SPECIAL_NEEDS = "special_needs_class", "特別支援学級"
        MULTIGRADE = "multigrade_class", "複式学級"

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="homerooms")
    school_year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("学級", max_length=30)
    kind = models.CharField(max_length=30, choices=Kind.choices, default=Kind.REGULAR)
    position = models.PositiveSmallIntegerField("並び", default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "school_year", "name"], name="homeroom_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Student(PersonName, TenantModel):
    """A child (児童・生徒). The legal name is kept exactly, letters outside JIS included."""

    reach: ClassVar[Reach] = Reach(
        school=lambda ids, today: through_enrollment("id", "school_id", ids, today),
        homeroom=lambda ids, today: through_enrollment("id", "homeroom_id", ids, today),
        child="id",
    )

    class Sex(models.TextChoices):
        """Sex as registered (戸籍・住民票)."""

        MALE = "male", "男"
        FEMALE = "female", "女"

    class NameUse(models.TextChoices):
        """Where the preferred name (通称) stands in the place of the legal one."""

        SCREEN = "screen", "画面と学級の名簿"
        REPORT_CARD = "report_card", "通知表"
        DIPLOMA = "diploma", "卒業証書"

    preferred_family_name = models.CharField("通称の姓", max_length=60, blank=True)
    preferred_given_name = models.CharField("通称の名", max_length=60, blank=True)
    preferred_family_kana = models.CharField("通称の姓のかな", max_length=60, blank=True)
    preferred_given_kana = models.CharField("通称の名のかな", max_length=60, blank=True)
    preferred_used_in = ArrayField(
        models.CharField(max_length=12, choices=NameUse.choices), default=list, blank=True
    )
    birth_date = models.DateField("生年月日")
    sex = models.CharField("性別", max_length=6, choices=Sex.choices)
    reference = models.CharField("識別番号", max_length=30, db_collation="C")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "reference"], name="student_reference_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "kana_search"], name="student_kana_search"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def display_name(self) -> str:
        """Return what the child is called on screens and class lists: 通称 where it is used."""
        if self.NameUse.SCREEN in self.preferred_used_in:
            return f"{self.preferred_family_name} {self.preferred_given_name}".strip()
        return self.name

    @property
    def display_kana(self) -> str:
        """Return the kana of :attr:`display_name`."""
        if self.NameUse.SCREEN in self.preferred_used_in:
            return f"{self.preferred_family_kana} {self.preferred_given_kana}".strip()
        return self.kana

    def fill_keys(self) -> None:
        """Derive the keys from the kana the child is listed under."""
        super().fill_keys()
        if self.NameUse.SCREEN in self.preferred_used_in:
            family, given = self.preferred_family_kana, self.preferred_given_kana
            self.kana_key, self.kana_search = sort_text(family, given), search_text(family + given)


class Enrollment(Dated, TenantModel):
    """A child belongs to a school and a homeroom with grade and 出席番号, from day to day.

    A child has at most one enrollment on a day, in the whole municipality.
    """

    reach: ClassVar[Reach] = Reach(school="school_id", homeroom="homeroom_id", child="student_id")

    class Entry(models.TextChoices):
        """How the child came."""

        ADMISSION = "admission", "入学"
        PROMOTION = "promotion", "進級"
        TRANSFER_IN = "transfer_in", "転入学"
        LATE_ADMISSION = "late_admission", "編入学"
        CLASS_CHANGE = "class_change", "学級の変更"

    class Exit(models.TextChoices):
        """How the child left."""

        PROMOTION = "promotion", "進級"
        TRANSFER_OUT = "transfer_out", "転学"
        GRADUATION = "graduation", "卒業"
        WITHDRAWAL = "withdrawal", "退学"
        POSTPONEMENT = "postponement", "就学猶予"
        EXEMPTION = "exemption", "就学免除"
        WHEREABOUTS_UNKNOWN = "whereabouts_unknown", "居所不明(1年以上)"
        DEATH = "death", "死亡"
        CLASS_CHANGE = "class_change", "学級の変更"

        @classmethod
        def of_the_city(cls) -> tuple["Enrollment.Exit", ...]:
            """Return the ways to leave every school of the municipality before the year ends."""
            return (
                cls.TRANSFER_OUT,
                cls.WITHDRAWAL,
                cls.POSTPONEMENT,
                cls.EXEMPTION,
                cls.WHEREABOUTS_UNKNOWN,
                cls.DEATH,
            )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="enrollments")
    school = TenantForeignKey("roster.School", models.PROTECT, related_name="enrollments")
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="enrollments")
    grade_level = models.PositiveSmallIntegerField("学年")
    roll_number = models.PositiveSmallIntegerField("出席番号")
    entry = models.CharField(
        "入り方", max_length=16, choices=Entry.choices, default=Entry.PROMOTION
    )
    exit = models.CharField("出方", max_length=20, choices=Exit.choices, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("enrollment_order"),
            one_a_day("enrollment_one_school_a_day", "student"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom"], name="enrollment_homeroom"),
            models.Index(fields=["municipality", "school"], name="enrollment_school"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExchangePlacement(Dated, TenantModel):
    """A child of a special-needs class also belongs to a class of its grade (交流学級).

    The register and every count stay with the homeroom of the enrollment.
    """

    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="exchanges")
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="exchanges")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            dated_order("exchange_placement_order"),
            one_a_day("exchange_placement_one_a_day", "student"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "homeroom"], name="exchange_placement_class"),
        ]

    def __str__(self) -> str:
        return str(self.id)
