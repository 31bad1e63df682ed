"""*CatalogPaper* (共通の帳票): a paper many schools use, kept by the board, with its defaults."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from manabiya.apps.paperwork import rules
from manabiya.kernel.access.policies import Reach
from manabiya.kernel.tenancy.models import TenantModel


class UseFacts(models.Model):
    """What a paper is: its kind, with whom, why it still is, what would come in its place.

    ``source`` is the law or rule behind it and never empty where law is claimed. ``beyond_to``
    with ``beyond_note``: one city can't solve it; who could, and how.
    """

    name = models.CharField("帳票・業務の名前", max_length=60)
    kind = models.CharField("種類", max_length=8, choices=list(rules.KINDS.items()))
    with_whom = models.CharField("だれと", max_length=10, choices=list(rules.PEOPLE.items()))
    basis = models.CharField("なぜ残っているか", max_length=10, choices=list(rules.BASES.items()))
    source = models.CharField("根拠", max_length=100, blank=True)
    replacement = models.CharField(
        "代わりの方法", max_length=8, choices=list(rules.REPLACEMENTS.items()), blank=True
    )
    beyond_to = models.CharField(
        "市だけでは解けない", max_length=10, choices=list(rules.BEYOND.items()), blank=True
    )
    beyond_note = models.CharField("どうなれば解けるか", max_length=200, blank=True)

    class Meta:
        abstract = True


def facts_hold(noun: str) -> list[models.BaseConstraint]:
    """Return what is always true of the facts, named after the table's noun."""
    return [
        models.CheckConstraint(condition=~Q(name=""), name=f"{noun}_has_a_name"),
        models.CheckConstraint(
            condition=~Q(basis=rules.LAW) | ~Q(source=""), name=f"{noun}_names_its_law"
        ),
        models.CheckConstraint(
            condition=Q(beyond_to="", beyond_note="") | (~Q(beyond_to="") & ~Q(beyond_note="")),
            name=f"{noun}_beyond_says_how",
        ),
    ]


class CatalogPaper(UseFacts, TenantModel):
    """A common paper; ``retired_at``: it is offered no more, lines made from it stay."""

    reach: ClassVar[Reach] = Reach()

    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["municipality", "name", "kind"], name="catalog_paper_once"
            ),
            *facts_hold("catalog_paper"),
        ]

    def __str__(self) -> str:
        return self.name
