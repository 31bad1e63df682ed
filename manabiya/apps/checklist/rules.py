"""Decisions about figures on plain values: words of answers, gaps, directions, what a school may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from manabiya.law.checklist import Answer, Share, share_of, why_not_comparable
from manabiya.law.checklist_answers import Definition
from manabiya.law.checklist_items import AnswerType
from manabiya.law.checklist_points import Points, Weighed, points_of
from manabiya.law.checklist_rounds import Figure
from manabiya.law.checklist_sets import Published, Question, definition_of

FEWEST_SCHOOLS = 5
"""A school sees shares of the city only where at least this many schools stand behind them."""
WORDS: Mapping[AnswerType, Mapping[Answer, str]] = {
    AnswerType.BINARY: {Answer.YES: "取り入れている", Answer.NO: "取り入れていない"},
    AnswerType.INVERTED_BINARY: {
        Answer.YES: "ある(使用している)",
        Answer.NO: "ない(使用していない)",
    },
    AnswerType.GRADED: {
        Answer.FULLY: "完全にしている",
        Answer.HALF_OR_MORE: "一部している(半分以上)",
        Answer.LESS_THAN_HALF: "一部している(半分未満)",
        Answer.NOT_AT_ALL: "全くしていない",
    },
    AnswerType.STAFF_SHARE: {
        Answer.HALF_OR_MORE: "半分以上の教職員がしている",
        Answer.LESS_THAN_HALF: "半分未満の教職員がしている",
        Answer.NOT_AT_ALL: "全くしていない",
    },
}
SAME: Mapping[Definition, frozenset[str]] = {
    Definition.FULLY: frozenset({"完全"}),
    Definition.HALF_OR_MORE: frozenset({"半分以上", "半分以上の教職員が活用"}),
    Definition.ANY: frozenset({"一部でも"}),
    Definition.YES: frozenset({"半分以上", "ある・していると回答した割合", "取り入れている割合"}),
    Definition.NO: frozenset(
        {
            "ないと回答した割合",
            "使用していないと回答した割合",
            "ない・していないと回答した割合",
        }
    ),
}
"""Printed definitions that mean the same; a plan prints 半分以上 over はい・いいえ as well."""


def word(question: Question, answer: Answer) -> str:
    """Return an answer in the words of its question."""
    return WORDS[question.answer_type][answer]


def share(question: Question, counts: Mapping[str, int]) -> Share | None:
    """Return the share of schools that do it well; None without an answer or a scale."""
    definition = definition_of(question.answer_type)
    if definition is None or not sum(counts.values()):
        return None
    return share_of({Answer(value): count for value, count in counts.items()}, definition)


def good_answers(question: Question) -> frozenset[str]:
    """Return the answers the share of a question counts."""
    counted = ((answer.value, share(question, {answer.value: 1})) for answer in question.scale)
    return frozenset(value for value, found in counted if found and found.k)


def is_same_definition(definition: Definition, printed: str) -> bool:
    """Return whether a printed definition counts the same answers."""
    return printed in SAME[definition]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference in points, or the reasons there is none to give."""

    points: Decimal | None
    reasons: tuple[str, ...] = ()

    @property
    def signed(self) -> str:
        """Return it with its sign (「+8.5」「−30.1」); empty where there is none."""
        if self.points is None:
            return ""
        return f"{self.points:+}".replace("-", "−") if self.points else "0.0"


def gap(city: Decimal, definition: Definition | None, nation: Published) -> Difference:
    """Return city minus nation; refused where the nation's figure is of another definition.

    ``definition``: of a counted city figure; None where the city's was printed beside the nation's.
    """
    if definition is not None and not is_same_definition(definition, nation.said_definition):
        return Difference(None, ("定義が違います",))
    return Difference(city - nation.percent)


Print = tuple[Question, int, Published]
"""A published figure with its question and year."""


def why_prints_differ(this: Print, last: Print) -> tuple[str, ...]:
    """Return why two published figures of the nation can't be compared; empty where they can."""
    (question, year, figure), (former, earlier, before) = this, last
    said = () if figure.said_definition == before.said_definition else ("定義が違います",)
    stands = [
        Figure(
            when,
            asked.key,
            Definition.ANY,
            is_definition_doubtful=printed.is_definition_doubtful,
            is_final=printed.status != "preliminary",
            wording_since=asked.wording_since,
        )
        for asked, when, printed in ((question, year, figure), (former, earlier, before))
    ]
    return (*said, *why_not_comparable(*stands))


def direction(now: Share, before: Share, this: Figure, last: Figure) -> Difference:
    """Return how a share moved since an earlier round; refused where the two can't be compared."""
    reasons = tuple(why_not_comparable(this, last))
    return Difference(None, reasons) if reasons else Difference(now.percent - before.percent)


def points(questions: list[Question], answers: Mapping[str, str]) -> Points:
    """Return the points of one respondent; questions of an unknown type are left out."""
    return points_of(
        [
            Weighed(
                Answer(answers[question.key]) if answers.get(question.key) else None,
                question.scale,
                question.polarity,
                question.weight,
            )
            for question in questions
            if question.scale
        ]
    )
