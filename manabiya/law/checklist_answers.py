"""Answers of the checklist, and which of them a percentage counts 「割合の定義」."""

from collections.abc import Mapping
from enum import Enum


class Polarity(Enum):
    """Which answer is the good one: はい, or 「ない・していない」."""

    POSITIVE = "positive"
    INVERTED = "inverted"

    @property
    def label(self) -> str:
        """Return the Japanese word."""
        return {"positive": "はいが良い", "inverted": "ない・していないが良い"}[self.value]


class Answer(Enum):
    """An answer a school gives."""

    FULLY = "fully"
    HALF_OR_MORE = "half_or_more"
    LESS_THAN_HALF = "less_than_half"
    NOT_AT_ALL = "not_at_all"
    YES = "yes"
    NO = "no"

    @property
    def label(self) -> str:
        """Return the Japanese word."""
        return ANSWER_LABELS[self]


ANSWER_LABELS = {
    Answer.FULLY: "完全",
    Answer.HALF_OR_MORE: "半分以上",
    Answer.LESS_THAN_HALF: "半分未満",
    Answer.NOT_AT_ALL: "全くしていない",
    Answer.YES: "ある・している",
    Answer.NO: "ない・していない",
}
GRADED = (Answer.FULLY, Answer.HALF_OR_MORE, Answer.LESS_THAN_HALF, Answer.NOT_AT_ALL)
BINARY = (Answer.YES, Answer.NO)


class Definition(Enum):
    """Which answers a percentage counts."""

    FULLY = "fully"
    HALF_OR_MORE = "half_or_more"
    ANY = "any"
    YES = "yes"
    NO = "no"

    @property
    def label(self) -> str:
        """Return the Japanese word, to be printed beside every percentage."""
        return DEFINITIONS[self][0]


DEFINITIONS: Mapping[Definition, tuple[str, tuple[Answer, ...], tuple[Answer, ...]]] = {
    Definition.FULLY: ("完全", GRADED[:1], GRADED),
    Definition.HALF_OR_MORE: ("半分以上", GRADED[:2], GRADED),
    Definition.ANY: ("一部でも", GRADED[:3], GRADED),
    Definition.YES: ("ある・していると回答した割合", BINARY[:1], BINARY),
    Definition.NO: ("ない・していないと回答した割合", BINARY[1:], BINARY),
}
"""Label, answers counted, and the scale they belong to."""
