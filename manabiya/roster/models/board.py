"""What the board decides about the school day and the school year."""

from datetime import time
from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.decision import BoardDecision
from manabiya.roster.models.school import School


class ReportCutoff(BoardDecision):
    """Until when a report about a day is in time (欠席連絡の締切), of the city or of one school.

    A school's row goes before the city's; one that ``follows_city`` gives the school back to it.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    decided_for: ClassVar[tuple[str, ...]] = ("school_id",)

    school = TenantForeignKey(
        "roster.School", models.CASCADE, null=True, blank=True, related_name="+"
    )
    follows_city = models.BooleanField("市の締切にもどす", default=False, db_default=False)
    cutoff = models.TimeField("欠席連絡の締切", default=time(8, 15))

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "valid_from"],
                nulls_distinct=False,
                name="report_cutoff_once",
            ),
        ]


class YearPlan(BoardDecision):
    """Terms (学期) and vacations (長期休業) of a kind of school, from a school year on.

    ``terms``: ``[name, first day]`` in order; ``vacations``: ``[name, first, last]`` in order;
    days as ``"07-25"``, of whatever year. ``valid_from`` is a 1 April.
    """

    reach: ClassVar[Reach] = Reach()

    decided_for: ClassVar[tuple[str, ...]] = ("school_kind",)

    school_kind = models.CharField("学校の種別", max_length=30, choices=School.Kind.choices)
    terms = models.JSONField(default=list, blank=True)
    vacations = models.JSONField(default=list, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school_kind", "valid_from"], name="year_plan_once"
            ),
        ]
