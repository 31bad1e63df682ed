"""Points and means of the checklist 「得点」: with weights that are ours, since the ministry's are unknown.

The ministry publishes a score per municipality, but not how answers become points. So weights
are data of a question set, every figure of points says whose they are, and means are taken only
over questions that ask the same way round.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from manabiya.law.checklist_answers import BINARY, GRADED, Answer, Polarity
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import CHECKLIST_2023, PRODUCT

WEIGHTS_UNKNOWN = (
    "国の配点は公表されていません。ここの点は、学び舎の既定の配点か、設置者が決めた配点によるもので、"
    "国の得点とは比べられません。"
)
STEPS: Mapping[Answer, Decimal] = {
    Answer.FULLY: Decimal(3),
    Answer.HALF_OR_MORE: Decimal(2),
    Answer.LESS_THAN_HALF: Decimal(1),
    Answer.NOT_AT_ALL: Decimal(0),
}
"""Steps of a graded scale; what an answer earns is its step by the scale's highest."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An answer (None: not answered) with its scale, the way the question asks and its weight."""

    answer: Answer | None
    scale: tuple[Answer, ...]
    polarity: Polarity = Polarity.POSITIVE
    weight: Decimal = Decimal(1)

    def __str__(self) -> str:
        answer = self.answer.label if self.answer else "回答なし"
        return f"{answer}(配点{self.weight})"


@dataclass(frozen=True, slots=True)
class Points:
    """Points reached of those possible, to a tenth; ``answered`` of ``asked`` questions."""

    reached: Decimal
    possible: Decimal
    answered: int
    asked: int

    def __str__(self) -> str:
        return f"{self.reached}/{self.possible}点({self.asked}問中{self.answered}問に回答)"


def _earned(answer: Answer, given: Weighed) -> Decimal:
    """Return how much of the weight an answer earns."""
    if answer not in given.scale:
        raise ValueError("この問いの選択肢にない回答です")
    if given.scale == BINARY:
        good = Answer.NO if given.polarity is Polarity.INVERTED else Answer.YES
        return given.weight if answer is good else Decimal(0)
    return given.weight * STEPS[answer] / STEPS[given.scale[0]]


@rule(
    Rule(
        term="得点",
        also=("配点",),
        summary="回答を点にします。はい・いいえは良い方が配点の全部、段階のある問いは上から3/3、2/3、1/3、0です。"
        "回答がない問いは、分子にも分母にも入れません。国の配点は公表されていないため、配点は設置者が変えられ、"
        "国の得点と比べません。",
        sources=(
            CHECKLIST_2023.article("(得点の公表)"),
            PRODUCT.article("配点", confidence=Confidence.LOW),
        ),
        words={"given": "回答と配点"},
        examples=(
            example(
                Points(Decimal("1.7"), Decimal("2.0"), 2, 2),
                given=[Weighed(Answer.HALF_OR_MORE, GRADED), Weighed(Answer.YES, BINARY)],
            ),
            example(
                Points(Decimal("2.0"), Decimal("2.0"), 1, 2),
                given=[
                    Weighed(Answer.NO, BINARY, Polarity.INVERTED, Decimal(2)),
                    Weighed(None, GRADED),
                ],
            ),
            example(Refused("選択肢にない回答"), given=[Weighed(Answer.YES, GRADED)]),
        ),
    )
)
def points_of(given: Collection[Weighed]) -> Points:
    """Return the points of one respondent; ValueError for an answer of another scale."""
    answered = [(one.answer, one) for one in given if one.answer is not None]
    reached = sum((_earned(answer, one) for answer, one in answered), Decimal(0))
    possible = sum((one.weight for _, one in answered), Decimal(0))
    return Points(_tenth(reached), _tenth(possible), len(answered), len(given))


@rule(
    Rule(
        term="項目の平均",
        also=("平均",),
        summary="いくつかの項目の割合の平均は、問いの向きが同じものだけで出します。「ない・していない」の割合と"
        "「している」の割合を混ぜて平均することはありません。",
        sources=(PRODUCT.article("向きの違う問いを平均しない", confidence=Confidence.LOW),),
        words={"shares": "割合と問いの向き"},
        examples=(
            example(
                Decimal("50.3"),
                shares=[
                    (Decimal("80.5"), Polarity.POSITIVE),
                    (Decimal("20.0"), Polarity.POSITIVE),
                ],
            ),
            example(
                Refused("向きの違う問い"),
                shares=[(Decimal("80.5"), Polarity.POSITIVE), (Decimal("6.5"), Polarity.INVERTED)],
            ),
            example(Refused("項目がありません"), shares=[]),
        ),
    )
)
def mean_of(shares: Iterable[tuple[Decimal, Polarity]]) -> Decimal:
    """Return the mean of percentages, one decimal; ValueError for none or both polarities."""
    found = list(shares)
    if not found:
        raise ValueError("平均する項目がありません")
    if len({polarity for _, polarity in found}) > 1:
        raise ValueError("向きの違う問いは平均しません")
    return _tenth(sum((share for share, _ in found), Decimal(0)) / len(found))


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
