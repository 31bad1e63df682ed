"""Rows that hold from one day to another, both inclusive, in the school's local dates."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q


def on_day(today: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on ``today`` (through ``prefix``)."""
    return Q(**{f"{prefix}starts_on__lte": today}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": today})
    )


def dated_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a dated row doesn't end before it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name=name
    )


class Dated(models.Model):
    """From a day to a day, inclusive; open when ``ends_on`` is None."""

    starts_on = models.DateField("始まり")
    ends_on = models.DateField("終わり", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Return whether the row holds on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class PersonName(models.Model):
    """A person's name, kept exactly as registered (IVS and compatibility letters included)."""

    family_name = models.CharField("姓", max_length=60)
    given_name = models.CharField("名", max_length=60)
    family_kana = models.CharField("姓のかな", max_length=60, db_collation="C")
    given_kana = models.CharField("名のかな", max_length=60, db_collation="C")
    kana_key = models.CharField(max_length=200, db_collation="C", editable=False, default="")
    kana_search = models.CharField(max_length=130, db_collation="C", editable=False, default="")

    class Meta:
        abstract = True

    searchable: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """Return 姓 and 名 with one space."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def kana(self) -> str:
        """Return the kana of 姓 and 名 with one space."""
        return f"{self.family_kana} {self.given_kana}".strip()

    def fill_keys(self) -> None:
        """Derive the sort key and the search key from the kana."""
        from manabiya.roster.kana import search_text, sort_text

        self.kana_key = sort_text(self.family_kana, self.given_kana)
        self.kana_search = search_text(self.family_kana + self.given_kana)

    def save(self, *args: object, **kwargs: object) -> None:
        """Save with fresh keys."""
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def through_enrollment(path: str, lookup: str, ids: Iterable[UUID], today: date) -> Q:
    """Return the condition that the student at ``path`` is enrolled today within ``ids``."""
    from manabiya.roster.models.enrollment import Enrollment

    enrolled = Enrollment.objects.filter(on_day(today), **{f"{lookup}__in": list(ids)})
    return Q(**{f"{path}__in": enrolled.values("student_id")})
