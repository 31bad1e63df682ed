"""*HealthObservation* (健康観察): symptoms of a present child on a morning, a row only where there
is something to say; a child without a row is 良好. *ObservationChange*: old → new, who, when, from
the first word on; written once, never changed. Both class Ⅱ.
"""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantForeignKey, TenantModel


class HealthObservation(TenantModel):
    """What was seen of a child on a day. ``homeroom``: the class it was noted for."""

    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    class Symptom(models.TextChoices):
        """What a child says or shows; the order of the page and of the book (健康観察簿)."""

        HEADACHE = "headache", _("頭痛")
        STOMACH_ACHE = "stomach_ache", _("腹痛")
        COUGH = "cough", _("咳")
        FEVER = "fever", _("発熱")
        OTHER = "other", _("その他")

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    symptoms = ArrayField(
        models.CharField(max_length=12, choices=Symptom.choices), default=list, blank=True
    )
    temperature = models.DecimalField(
        _("体温"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    note = models.CharField(_("気づいたこと"), max_length=200, blank=True)
    noted_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "student", "date"], name="health_observation_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    symptoms__contained_by=["headache", "stomach_ache", "cough", "fever", "other"]
                ),
                name="health_observation_symptoms",
            ),
            models.CheckConstraint(
                condition=Q(temperature__isnull=True)
                | Q(temperature__range=(Decimal("34.0"), Decimal("42.0"))),
                name="health_observation_temperature",
            ),
            models.CheckConstraint(
                condition=Q(symptoms__len__gt=0) | Q(temperature__isnull=False) | ~Q(note=""),
                name="health_observation_says_something",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "homeroom", "date"], name="health_observation_class"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ObservationChange(TenantModel):
    """One change of what is noted of a child: both values as of :meth:`.rules.Health.as_json`."""

    append_only: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach(
        school="homeroom__school_id", homeroom="homeroom_id", child="student_id"
    )

    student = TenantForeignKey("roster.Student", models.PROTECT, related_name="+")
    date = models.DateField()
    homeroom = TenantForeignKey("roster.Homeroom", models.PROTECT, related_name="+")
    old = models.JSONField()
    new = models.JSONField()
    changed_by = TenantForeignKey("roster.StaffMember", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["municipality", "student", "date"], name="observation_change_child"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
