"""Rounds of the checklist: which figures may stand side by side 「回の比較」."""

from collections.abc import Mapping
from dataclasses import dataclass

from manabiya.law.checklist_answers import Definition
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import CHECKLIST_2023, PRODUCT

WORDING_CHANGED_IN: Mapping[str, int] = {"no_seal_documents": 2024}
"""Items whose question changed, and the round (年度) that asks the new one: 押印 was asked about
guardians and outsiders in 2023, about all work since 2024."""
SPECIAL_SCHOOLS_SINCE = 2025
"""The round that also asks 特別支援学校."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a published or computed percentage stands for; ``school_year`` is the round.

    ``wording_since``: the round since which the question reads as it does, 0 where only the list
    of known changes tells. ``is_national``: of all schools of the nation, whose kinds changed.
    """

    school_year: int
    item: str
    definition: Definition
    is_definition_doubtful: bool = False
    is_final: bool = True
    wording_since: int = 0
    is_national: bool = True

    def __str__(self) -> str:
        status = "確報" if self.is_final else "速報"
        doubt = "、定義に疑いあり" if self.is_definition_doubtful else ""
        return f"{self.school_year}年度 {self.item}({self.definition.label}、{status}{doubt})"


_SEAL_2023 = Figure(2023, "no_seal_documents", Definition.NO)


@rule(
    Rule(
        term="回の比較",
        also=("比較可能性", "経年比較"),
        summary="項目、定義、問いの文、対象の学校、速報・確報のどれかが違うとき、または定義に疑いがあるときは、"
        "割合を比べません。比べられない理由を示します。",
        sources=(
            CHECKLIST_2023.article("(翌年度以降の回)"),
            PRODUCT.article("比べない条件", confidence=Confidence.LOW),
        ),
        words={"a": "一方", "b": "他方"},
        examples=(
            example([], a=_SEAL_2023, b=_SEAL_2023),
            example(
                ["問いの文が変わりました"],
                a=_SEAL_2023,
                b=Figure(2024, "no_seal_documents", Definition.NO),
            ),
            example(
                ["定義が違います"],
                a=Figure(2023, "absence_contact", Definition.HALF_OR_MORE),
                b=Figure(2024, "absence_contact", Definition.ANY),
            ),
        ),
    )
)
def why_not_comparable(a: Figure, b: Figure) -> list[str]:
    """Return the reasons two figures cannot be compared; empty when they can."""
    early, late = sorted((a.school_year, b.school_year))
    changed = max(WORDING_CHANGED_IN.get(a.item, early), a.wording_since, b.wording_since)
    is_national = a.is_national or b.is_national
    reasons = {
        "項目が違います": a.item != b.item,
        "定義が違います": a.definition is not b.definition,
        "定義に疑いがあります": a.is_definition_doubtful or b.is_definition_doubtful,
        "問いの文が変わりました": early < changed <= late,
        "対象の学校種が違います": is_national and early < SPECIAL_SCHOOLS_SINCE <= late,
        "速報と確報です": a.is_final is not b.is_final,
    }
    return [reason for reason, holds in reasons.items() if holds]


def is_comparable(a: Figure, b: Figure) -> bool:
    """Tell whether two figures may stand side by side."""
    return not why_not_comparable(a, b)
