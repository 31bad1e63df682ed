"""What a school did and how (先行事例), the papers it used, and the schools that follow.

*Practice* (先行事例): written by a school, published by its principal, recommended by the board.
*PracticePaper* (添付): a file of it. *PracticeFollow* (取り組み): another school that does likewise;
ended rows stay, so they are their own history.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class Practice(TenantModel):
    """A practice of a school about an item of the checklist; ``steps``: one a line.

    ``setup``: the key of a setting others may copy (registry slot ``setups``), or empty.
    ``version`` grows with every deed.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    class State(models.TextChoices):
        """Who sees it: the own school, all schools, the own school again."""

        DRAFT = "draft", _("下書き")
        PUBLISHED = "published", _("公開中")
        WITHDRAWN = "withdrawn", _("取り下げ")

    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    item = models.CharField("項目", max_length=40, db_collation="C")
    title = models.CharField("題", max_length=60)
    before = models.TextField("取り組む前", max_length=600)
    after = models.TextField("いま", max_length=600)
    steps = models.TextField("手順", max_length=2000)
    contact = models.CharField("問い合わせ先", max_length=80)
    setup = models.CharField("写せる設定", max_length=40, blank=True, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    recommendation = models.CharField("すすめる言葉", max_length=200, blank=True)
    recommended_by = TenantForeignKey(
        "roster.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    recommended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="practice_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(recommendation="", recommended_by=None, recommended_at=None)
                | (
                    Q(state="published", recommended_by__isnull=False)
                    & Q(recommended_at__isnull=False)
                    & ~Q(recommendation="")
                ),
                name="practice_recommended_while_published",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipality", "state", "item"], name="practice_item"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def step_list(self) -> list[str]:
        """Return the steps in order."""
        return [line.strip() for line in self.steps.splitlines() if line.strip()]


class PracticePaper(TenantModel):
    """A file of a practice, kept by its content; ``kind``: ``pdf``, ``xlsx``, … Taken away it stays until nobody can ask for it."""

    reach: ClassVar[Reach] = Reach(school="practice__school_id")

    practice = TenantForeignKey("practices.Practice", models.PROTECT, related_name="papers")
    name = models.CharField("ファイル名", max_length=100)
    digest = models.CharField(max_length=64, db_collation="C")
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, db_collation="C")
    added_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "practice", "digest"],
                condition=Q(removed_at=None),
                name="practice_paper_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PracticeFollow(TenantModel):
    """A school that does likewise, from a day on; ``tried_words`` once it did (やってみた).

    ``shows_school``: other schools may read which school it is; the writer and the board may always.
    """

    reach: ClassVar[Reach] = Reach(school="school_id")

    practice = TenantForeignKey("practices.Practice", models.PROTECT, related_name="follows")
    school = TenantForeignKey("roster.School", models.PROTECT, related_name="+")
    shows_school = models.BooleanField("学校名を出す", default=False)
    followed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    followed_at = models.DateTimeField()
    tried_words = models.CharField("やってみた", max_length=200, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "practice", "school"],
                condition=Q(ended_at=None),
                name="practice_follow_once",
            ),
            models.CheckConstraint(
                condition=Q(tried_words="", tried_at=None)
                | (~Q(tried_words="") & Q(tried_at__isnull=False)),
                name="practice_follow_tried",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.school_id}"
