"""What the board decides about the school day and the school year."""

from datetime import time
from typing import ClassVar

from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel
from manabiya.roster.models.decision import BoardDecision
from manabiya.roster.models.school import School


class ReportCutoff(BoardDecision):
    """Until when a report about a day is in time (欠席連絡の締切), at schools without an own hour."""

    reach: ClassVar[Reach] = Reach()

    cutoff = models.TimeField("欠席連絡の締切", default=time(8, 15))

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"], name="report_cutoff_once"
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
