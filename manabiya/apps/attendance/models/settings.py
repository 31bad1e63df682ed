"""What a school may decide about its morning: times, thresholds, who sees what; what it may delegate."""

from datetime import time
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel
from manabiya.roster.models.decision import BoardDecision


class MorningSettings(TenantModel):
    """The morning of a school (朝の設定), valid from a day; without a school, of the whole city.

    What no row says is what the defaults of these fields say. A row that ``follows_city`` ends
    what the school decided before: from its day on the city's rows hold.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    school = TenantForeignKey(
        "roster.School", models.CASCADE, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField("いつから")
    follows_city = models.BooleanField("市の標準に戻す", default=False)
    set_by = models.UUIDField(null=True, blank=True)
    set_at = models.DateTimeField(null=True, blank=True)
    confirm_by = models.TimeField("出欠を確定する目安", default=time(8, 40))
    escalate_after_minutes = models.PositiveSmallIntegerField(
        "未着を管理職へ上げるまで(分)",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    lunch_by = models.TimeField("給食の数を出す時刻", default=time(9, 0))
    grade_head_sees_reasons = models.BooleanField("学年主任に理由を見せる", default=False)
    shows_names_on_monitor = models.BooleanField("職員室の画面に名前を出す", default=True)
    monitor_dark_from = models.TimeField("職員室の画面を消す時刻", default=time(16, 30))
    closure_threshold_percent = models.PositiveSmallIntegerField(
        "学級閉鎖を考える割合(%)",
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "school", "valid_from"],
                nulls_distinct=False,
                name="morning_settings_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    closure_threshold_percent__gte=1, closure_threshold_percent__lte=100
                ),
                name="morning_settings_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(follows_city=False) | models.Q(school__isnull=False),
                name="morning_settings_city_follows_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.valid_from}"


class DelegationPermit(BoardDecision):
    """Whether the board lets principals delegate decisions (出席停止・忌引 …), from a day on."""

    reach: ClassVar[Reach] = Reach()

    allows_vice_principal = models.BooleanField("教頭に任せることを認める", default=True)

    class Meta(BoardDecision.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "valid_from"], name="delegation_permit_once"
            ),
        ]
