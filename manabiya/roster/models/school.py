"""Schools, school years and their calendar."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.law import school_code


def in_kind_order(path: str = "") -> models.Case:
    """Return the order of kinds of schools (through ``path``): 小学校, 中学校, 義務教育学校."""
    kinds = School.Kind.values
    return models.Case(
        *(models.When(**{f"{path}kind": kind}, then=place) for place, kind in enumerate(kinds)),
        default=len(kinds),
        output_field=models.IntegerField(),
    )


class School(TenantModel):
    """A school with its 学校コード (13 letters with check digit).

    ``report_cutoff`` holds where the school keeps its own, as an evening school does, until the
    board decides for the school from a day on; elsewhere what the board decided
    (``queries.cutoffs``).
    """

    reach: ClassVar[Reach] = Reach(school="id")

    class Kind(models.TextChoices):
        """Kind of school; values equal ``law.school.SchoolKind``."""

        ELEMENTARY = "elementary_school", "小学校"
        JUNIOR_HIGH = "junior_high_school", "中学校"
        COMPULSORY_EDUCATION = "compulsory_education_school", "義務教育学校"

    code = models.CharField(
        "学校コード", max_length=13, validators=[RegexValidator(r"^[A-H]\d{12}$")]
    )
    slug = models.SlugField("アドレスの名前", max_length=40)
    name = models.CharField("学校名", max_length=60)
    kind = models.CharField("種別", max_length=30, choices=Kind.choices)
    phone = models.CharField("電話", max_length=20, blank=True)
    address = models.CharField("所在地", max_length=120, blank=True)
    main_school = TenantForeignKey(
        "roster.School", models.PROTECT, null=True, blank=True, related_name="branches"
    )
    is_evening = models.BooleanField("夜間", default=False)
    starts_at = models.TimeField("始業", default="08:25")
    ends_at = models.TimeField("終業", default="15:30")
    report_cutoff = models.TimeField("欠席連絡の締切", default="08:15")
    keeps_own_cutoff = models.BooleanField("締切を学校で決める", default=False, db_default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "code"], name="school_code_once"),
            models.UniqueConstraint(fields=["municipality", "slug"], name="school_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save; ``ValidationError`` unless the 学校コード is one (parts and 検査数字)."""
        try:
            school_code.parse(self.code)
        except ValueError as error:
            raise ValidationError({"code": str(error)}) from error
        super().save(*args, **kwargs)

    @property
    def student_word(self) -> str:
        """Return what a student is called here: 児童, 生徒, or 児童生徒."""
        return {"elementary_school": "児童", "junior_high_school": "生徒"}.get(
            self.kind, "児童生徒"
        )


class SchoolYear(TenantModel):
    """A 年度 of the municipality (2026 = 令和8年度, from 4/1 to 3/31)."""

    reach: ClassVar[Reach] = Reach()

    year = models.PositiveSmallIntegerField("年度")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "year"], name="school_year_once"),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(TenantModel):
    """A day of a school's calendar: the source of 授業日数.

    A row for ``grade_level`` 0 holds for all grades; a row of one grade overrides it.
    A date without a row is no school day.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.CASCADE, related_name="calendar_days")
    date = models.DateField()
    grade_level = models.PositiveSmallIntegerField("学年", default=0)
    is_school_day = models.BooleanField("授業日")
    label = models.CharField("名前", max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "date", "grade_level"], name="calendar_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.label}"


class Term(TenantModel):
    """A term (学期) of a school year; without a school it holds for the whole municipality.

    A school's own go first, then the board's :class:`~manabiya.roster.models.YearPlan`.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey(
        "roster.School", models.CASCADE, null=True, blank=True, related_name="terms"
    )
    school_year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("番号")
    name = models.CharField("学期", max_length=20)
    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり")

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "school_year", "number"],
                nulls_distinct=False,
                name="term_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYearClosing(TenantModel):
    """A school has closed a school year: its enrollments end on the last day (年度末確定)."""

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="closings")
    school_year = models.PositiveSmallIntegerField("年度")
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "school_year"], name="school_year_closing_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.school_year)
