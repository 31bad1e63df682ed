"""The checklist of digital school affairs 「校務DXチェックリスト」: percentages and what they mean.

A percentage is only as good as its definition: 完全, 半分以上, 一部でも. A question asked the other way
round (「紙の書類はありますか」) counts those who answered ない. The list changes each round, so figures of
two rounds are compared only where nothing but the answer changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from manabiya.law.checklist_answers import DEFINITIONS, Answer, Definition, Polarity
from manabiya.law.checklist_rounds import Figure, is_comparable, why_not_comparable
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import CHECKLIST_2023

__all__ = [
    "Answer",
    "Definition",
    "Figure",
    "Polarity",
    "Share",
    "band",
    "good_share",
    "is_comparable",
    "percent",
    "share_of",
    "why_not_comparable",
]


SOURCES = (
    CHECKLIST_2023.article("(回答の区分)"),
    CHECKLIST_2023.article("(半分未満の区分名)", confidence=Confidence.MEDIUM),
)


@rule(
    Rule(
        term="実施率",
        unit="%",
        also=("百分率", "割合"),
        summary="該当する学校数を回答した学校数で割り、百分率の小数第1位まで、四捨五入で示します。回答がない"
        "ときは割合を出しません。",
        sources=(CHECKLIST_2023.article("(公表値の桁数)"),),
        words={"k": "該当する学校数", "n": "回答した学校数"},
        examples=(
            example(Decimal("80.5"), k=62, n=77),
            example(Decimal("91.0"), k=71, n=78),
            example(Decimal("0.1"), k=1, n=2000),
            example(Decimal("100.0"), k=77, n=77),
            example(Refused("回答した学校"), k=0, n=0),
            example(Refused("回答した学校数以下"), k=78, n=77),
        ),
    )
)
def percent(k: int, n: int) -> Decimal:
    """Return ``k`` of ``n`` in percent, one decimal, half up; ValueError unless 0 ≤ k ≤ n, n > 0."""
    if n <= 0:
        raise ValueError("回答した学校がないと割合は出せません")
    if not 0 <= k <= n:
        raise ValueError("該当する学校数は0以上、回答した学校数以下です")
    return (Decimal(k * 100) / Decimal(n)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def band(share: Decimal) -> str:
    """Return the band a plan sorts an item into: 80以上, 50以上80未満 (M: not printed), 50未満."""
    if share >= 80:
        return "80以上"
    return "50以上80未満" if share >= 50 else "50未満"


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage that says what it counts: ``k`` of ``n`` schools by ``definition``."""

    k: int
    n: int
    percent: Decimal
    definition: Definition

    def __str__(self) -> str:
        return f"{self.percent}%({self.n}校中{self.k}校、{self.definition.label})"


@rule(
    Rule(
        term="割合の定義",
        also=("半分以上", "一部でも"),
        summary="段階のある問いは「完全」「半分以上」「一部でも」のどれを数えた割合かを必ず示します。定義の違う割合は"
        "並べて比べません。回答は区分ごとの学校数で持ちます。",
        sources=SOURCES,
        words={"answers": "回答ごとの学校数", "definition": "定義"},
        examples=tuple(
            example(
                Share(k, 77, Decimal(share), definition),
                answers={
                    Answer.FULLY: 10,
                    Answer.HALF_OR_MORE: 15,
                    Answer.LESS_THAN_HALF: 20,
                    Answer.NOT_AT_ALL: 32,
                },
                definition=definition,
            )
            for definition, k, share in (
                (Definition.FULLY, 10, "13.0"),
                (Definition.HALF_OR_MORE, 25, "32.5"),
                (Definition.ANY, 45, "58.4"),
            )
        ),
    )
)
def share_of(answers: Mapping[Answer, int], definition: Definition) -> Share:
    """Return the share of schools that meet a definition, from the counts per answer.

    Raises ValueError for answers of another scale, negative counts and no school at all.
    """
    _, counted, scale = DEFINITIONS[definition]
    if not set(answers) <= set(scale):
        raise ValueError(f"「{definition.label}」では数えられない回答です")
    if min(answers.values(), default=0) < 0:
        raise ValueError("学校数が0より小さくなっています")
    k, n = sum(answers.get(answer, 0) for answer in counted), sum(answers.values())
    return Share(k, n, percent(k, n), definition)


@rule(
    Rule(
        term="逆向きの問い",
        also=("極性", "押印", "FAX"),
        summary="「紙の書類はありますか」のように、ないことが良い問いは、「ない・していない」と回答した割合を示します。"
        "こうすると、どの項目も高いほど良くなります。",
        sources=(CHECKLIST_2023.article("(ないと回答した割合)"),),
        words={"answers": "回答ごとの学校数", "polarity": "問いの向き"},
        examples=(
            example(
                Share(5, 77, Decimal("6.5"), Definition.NO),
                answers={Answer.YES: 72, Answer.NO: 5},
                polarity=Polarity.INVERTED,
            ),
            example(
                Share(62, 77, Decimal("80.5"), Definition.YES),
                answers={Answer.YES: 62, Answer.NO: 15},
                polarity=Polarity.POSITIVE,
            ),
        ),
    )
)
def good_share(answers: Mapping[Answer, int], polarity: Polarity) -> Share:
    """Return the share of the good answer of a question with two answers."""
    is_inverted = polarity is Polarity.INVERTED
    return share_of(answers, Definition.NO if is_inverted else Definition.YES)
