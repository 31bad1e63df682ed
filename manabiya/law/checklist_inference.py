"""Counts behind a printed percentage of the checklist 「推定」: inferred, never taken for counted.

A plan prints percentages without the number of schools. With a few possible numbers of schools
only a count or two give the printed figure. What is found is marked 推定 and names what else fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from manabiya.law.checklist import percent
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import CHECKLIST_2023, PRODUCT


@dataclass(frozen=True, slots=True)
class Fit:
    """``count`` of ``schools`` gives the printed percentage."""

    count: int
    schools: int

    def __str__(self) -> str:
        return f"{self.count}/{self.schools}"


@dataclass(frozen=True, slots=True)
class Inferred:
    """The inferred count and every other that fits as well; always shown as 推定."""

    fit: Fit
    others: tuple[Fit, ...] = ()

    def __str__(self) -> str:
        others = f"(ほかに{'、'.join(map(str, self.others))}も合います)" if self.others else ""
        return f"推定 {self.fit}{others}"


@rule(
    Rule(
        term="学校数の推定",
        also=("推定",),
        summary="公表された割合と、ありうる学校数から、四捨五入して同じ割合になる数をさがします。見つかった数は推定で、"
        "ほかにも合う数があれば並べます。合う数がなければ推定しません。推定から割合を計算し直すことはありません。",
        sources=(
            CHECKLIST_2023.article("(公表値の桁数)"),
            PRODUCT.article("学校数の推定", confidence=Confidence.MEDIUM),
        ),
        words={"printed": "公表された割合", "sizes": "ありうる学校数"},
        examples=(
            example(Inferred(Fit(62, 77)), printed=Decimal("80.5"), sizes=[77, 78]),
            example(Inferred(Fit(71, 78)), printed=Decimal("91.0"), sizes=[77, 78]),
            example(Inferred(Fit(76, 77), (Fit(77, 78),)), printed=Decimal("98.7"), sizes=[77, 78]),
            example(None, printed=Decimal("50.0"), sizes=[77]),
        ),
    )
)
def infer(printed: Decimal, sizes: Sequence[int]) -> Inferred | None:
    """Return the counts that give ``printed``, the first size first; None when none does.

    Raises ValueError for a size of no school at all.
    """
    if min(sizes, default=1) <= 0:
        raise ValueError("ありうる学校数は1以上です")
    fits = [Fit(k, n) for n in sizes for k in range(n + 1) if percent(k, n) == printed]
    return Inferred(fits[0], tuple(fits[1:])) if fits else None
