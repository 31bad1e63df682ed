"""What a principal changed about school days: closed, a later start, an earlier end."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.calendar.rules import ONE_DAY, Change


def standing(first: date, last: date) -> Q:
    """Return the condition that a change holds on some day from ``first`` to ``last``."""
    is_kept = Q(withdrawn_from=None) | Q(
        Q(withdrawn_from__gt=F("starts_on")), withdrawn_from__gt=first
    )
    return Q(starts_on__lte=last, ends_on__gte=first) & is_kept


class DayChange(TenantModel):
    """A change of the school days of a school, one grade or one class (授業日の変更).

    From ``starts_on`` to ``ends_on``, both inclusive. Without grade and class it is about the whole
    school. Never deleted: a change that was withdrawn holds no longer from ``withdrawn_from`` on.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class Kind(models.TextChoices):
        """What is changed."""

        CLOSED = "closed", "休業"
        DELAYED = "delayed_start", "始業の繰下げ"
        EARLY = "early_end", "早く終わる"

    class Cause(models.TextChoices):
        """Why: 施行規則63条, 学校保健安全法20条, or another."""

        WEATHER = "weather", "非常変災(雪・風・雨・地震など)"
        INFECTION = "infection", "感染症"
        OTHER = "other", "そのほか"

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="day_changes")
    grade_level = models.PositiveSmallIntegerField("学年", default=0)
    homeroom = TenantForeignKey(
        "roster.Homeroom", models.PROTECT, null=True, blank=True, related_name="day_changes"
    )
    kind = models.CharField("変更", max_length=14, choices=Kind.choices)
    cause = models.CharField("わけ", max_length=10, choices=Cause.choices)
    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり")
    delay_minutes = models.PositiveSmallIntegerField(
        "繰り下げる分", default=0, validators=[MinValueValidator(0), MaxValueValidator(360)]
    )
    ends_at = models.TimeField("終わる時刻", null=True, blank=True)
    note = models.CharField("家庭への一言", max_length=200, blank=True)
    set_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    withdrawn_from = models.DateField("取り消した日", null=True, blank=True)
    withdrawn_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="day_change_order"
            ),
            models.CheckConstraint(
                condition=Q(grade_level=0) | Q(homeroom=None), name="day_change_scope"
            ),
            models.CheckConstraint(
                condition=Q(kind="closed", delay_minutes=0, ends_at=None)
                | Q(kind="delayed_start", delay_minutes__gt=0, ends_at=None)
                | Q(kind="early_end", delay_minutes=0, ends_at__isnull=False),
                name="day_change_kind",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_from=None, withdrawn_by=None, withdrawn_at=None)
                | Q(
                    withdrawn_from__gte=F("starts_on"),
                    withdrawn_by__isnull=False,
                    withdrawn_at__isnull=False,
                ),
                name="day_change_withdrawn",
            ),
            ExclusionConstraint(
                name="day_change_once",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    (Coalesce("homeroom", "school"), RangeOperators.EQUAL),
                    ("grade_level", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_from=None),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "school", "starts_on"], name="day_change_of_school"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @property
    def last_day(self) -> date:
        """Return the last day on which it holds; before ``starts_on`` when on none."""
        if self.withdrawn_from is None:
            return self.ends_on
        return min(self.ends_on, self.withdrawn_from - ONE_DAY)

    @property
    def as_change(self) -> Change:
        """Return the change as the rules know it."""
        return Change(
            kind=self.kind,
            first=self.starts_on,
            last=self.last_day,
            grade_level=self.grade_level,
            homeroom_id=self.homeroom_id,
            minutes=self.delay_minutes,
            ends_at=self.ends_at,
            cause=self.cause,
            note=self.note,
            id=self.id,
        )
