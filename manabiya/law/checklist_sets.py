"""Question sets of the checklist 「設問の版」: data that is read, checked and never guessed.

The list changes each round, so a set is data with a version, not code. A question whose wording
is not known has none, and a set that lacks questions says so. A percentage that was published
carries its source and its definition as printed; without them it is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from manabiya.law.checklist_answers import BINARY, GRADED, Answer, Definition, Polarity
from manabiya.law.checklist_inference import Inferred, infer
from manabiya.law.checklist_items import AnswerType
from manabiya.law.checklist_rounds import Figure

SCALES: Mapping[AnswerType, tuple[Answer, ...]] = {
    AnswerType.BINARY: BINARY,
    AnswerType.INVERTED_BINARY: BINARY,
    AnswerType.GRADED: GRADED,
    AnswerType.STAFF_SHARE: GRADED[1:],
}
"""Answers a school chooses from; a type that is not here can't be answered yet."""
NOTHING_DONE = frozenset({Answer.NO, Answer.NOT_AT_ALL})
FOLLOW_UP = re.compile(r"(.*?)[(（]([^()（）]+)[)）]")
"""What is asked next, with the answers it names: 「FAXの相手先(民間、役所)」."""
AREAS = {"city": "本市", "prefecture": "都道府県", "nation": "全国"}
RESPONDENTS = {"school": "学校", "board": "教育委員会"}
STATUSES = {"final": "確報", "preliminary": "速報", "": ""}


class SetRefused(ValueError):
    """The data of a set can't be taken; the message names the place."""


@dataclass(frozen=True, slots=True)
class Published:
    """A percentage as printed, its source and definition; never computed anew.

    ``doubt``: why the definition may not be what it says, empty where it fits.
    """

    area: str
    percent: Decimal
    source: str
    definition: str
    doubt: str = ""
    status: str = ""
    inferred: Inferred | None = None

    @property
    def said_definition(self) -> str:
        """Return the definition in the words that were printed."""
        return self.definition.removeprefix("as_printed:")

    @property
    def is_definition_doubtful(self) -> bool:
        """Return whether the printed definition does not fit what else was published."""
        return bool(self.doubt)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: ``wording`` is empty where it is not known, ``label`` is always ours.

    ``wording_since``: the year (年度) since which it reads as it does. ``follow_up``: what is asked
    next. ``in_plan``: the place in a plan's table, 0 for none; ``printed_note``: what the table adds
    to the wording (「（ないと回答した割合）」).
    """

    number: int
    key: str
    label: str
    wording: str
    section: str
    respondent: str
    answer_type: AnswerType
    weight: Decimal
    wording_since: int
    follow_up: str = ""
    in_plan: int = 0
    printed_note: str = ""
    published: tuple[Published, ...] = ()

    @property
    def polarity(self) -> Polarity:
        """Return which answer is the good one."""
        is_inverted = self.answer_type is AnswerType.INVERTED_BINARY
        return Polarity.INVERTED if is_inverted else Polarity.POSITIVE

    @property
    def scale(self) -> tuple[Answer, ...]:
        """Return the answers to choose from; empty while the type is not known."""
        return SCALES.get(self.answer_type, ())

    @property
    def follow_up_title(self) -> str:
        """Return what is asked next, without the answers it names; empty where nothing is."""
        found = FOLLOW_UP.fullmatch(self.follow_up)
        return found[1] if found else self.follow_up

    @property
    def follow_up_choices(self) -> tuple[str, ...]:
        """Return the answers what is asked next names; empty: it is answered in words."""
        found = FOLLOW_UP.fullmatch(self.follow_up)
        parts = found[2].split("、") if found else []
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def asks_on(self, answer: Answer) -> bool:
        """Return whether ``answer`` leads to what is asked next: there is something to tell of."""
        return bool(self.follow_up) and answer not in NOTHING_DONE

    @property
    def text(self) -> str:
        """Return the wording, or our label where none is known."""
        return self.wording or self.label

    def figure_of(self, area: str) -> Published | None:
        """Return what was published for an area, None for nothing."""
        return next((one for one in self.published if one.area == area), None)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A round's questions in a version; ``missing``: what of the round is not in it, in words.

    ``city_code`` (団体コード) and ``city_name``: whose the figures of 「本市」 are.
    """

    key: str
    version: int
    school_year: int
    title: str
    source: str
    missing: str
    questions: tuple[Question, ...]
    city_code: str = ""
    city_name: str = ""

    @property
    def is_complete(self) -> bool:
        """Return whether nothing of the round is missing and every wording is known."""
        return not self.missing and all(question.wording for question in self.questions)

    @property
    def plan_rows(self) -> list[Question]:
        """Return the questions of the plan's table in its order."""
        return sorted((q for q in self.questions if q.in_plan), key=lambda q: q.in_plan)


def definition_of(answer_type: AnswerType) -> Definition | None:
    """Return the definition a counted figure uses where none is chosen; None: can't be counted."""
    if answer_type not in SCALES:
        return None
    return {
        AnswerType.BINARY: Definition.YES,
        AnswerType.INVERTED_BINARY: Definition.NO,
    }.get(answer_type, Definition.HALF_OR_MORE)


def figure(question: Question, school_year: int, definition: Definition) -> Figure:
    """Return what a figure counted from answers to ``question`` stands for."""
    return Figure(school_year, question.key, definition, wording_since=question.wording_since)


def read_set(given: Mapping[str, Any]) -> QuestionSet:
    """Return the set ``given`` as data (JSON); raises :class:`SetRefused` with the place."""
    title = _text(given, "title", "設問の版")
    sizes = given.get("possible_sizes", [])
    questions = tuple(
        _question(row, place, given, sizes)
        for place, row in enumerate(given.get("questions", []), start=1)
    )
    if not questions:
        raise SetRefused(f"{title}: 質問がありません。")
    for name in ("number", "key"):
        _no_twice([str(getattr(question, name)) for question in questions], title)
    return QuestionSet(
        key=_text(given, "key", title),
        version=int(given.get("version", 1)),
        school_year=int(given.get("school_year", 0)),
        title=title,
        source=_text(given, "source", title),
        missing=str(given.get("missing", "")),
        questions=questions,
        city_code=str(given.get("city_code", "")),
        city_name=str(given.get("city_name", "")),
    )


def _question(
    row: Mapping[str, Any], place: int, whole: Mapping[str, Any], sizes: Sequence[int]
) -> Question:
    where = f"質問{row.get('number', place)}"
    respondent = str(row.get("respondent", "school"))
    if respondent not in RESPONDENTS:
        raise SetRefused(f"{where}: 回答する人「{respondent}」がわかりません。")
    return Question(
        number=int(row.get("number", place)),
        key=_text(row, "key", where),
        label=_text(row, "label", where),
        wording=str(row.get("wording", "")),
        section=str(row.get("section", "")),
        respondent=respondent,
        answer_type=_answer_type(row, where),
        weight=_decimal(row.get("weight", "1"), f"{where} 配点"),
        wording_since=int(row.get("wording_since", whole.get("school_year", 0))),
        follow_up=str(row.get("follow_up", "")),
        in_plan=int(row.get("in_plan", 0)),
        printed_note=str(row.get("printed_note", "")),
        published=tuple(_published(one, where, sizes) for one in row.get("published", [])),
    )


def _answer_type(row: Mapping[str, Any], where: str) -> AnswerType:
    try:
        return AnswerType(row.get("answer_type", "unknown"))
    except ValueError:
        raise SetRefused(f"{where}: 答え方「{row['answer_type']}」がわかりません。") from None


def _published(one: Mapping[str, Any], where: str, sizes: Sequence[int]) -> Published:
    area, status = str(one.get("area", "")), str(one.get("status", ""))
    if area not in AREAS:
        raise SetRefused(f"{where}: 公表値の範囲「{area}」がわかりません。")
    where = f"{where} {AREAS[area]}"
    if status not in STATUSES:
        raise SetRefused(f"{where}: 公表値の「{status}」は、確報でも速報でもありません。")
    printed = _decimal(one.get("percent"), where)
    if not 0 <= printed <= 100:
        raise SetRefused(f"{where}: 割合{printed}は0から100の間ではありません。")
    return Published(
        area=area,
        percent=printed,
        source=_text(one, "source", f"{where} 公表された割合"),
        definition=_text(one, "definition", f"{where} 公表された割合"),
        doubt=str(one.get("doubt", "")),
        status=status,
        inferred=infer(printed, sizes) if area == "city" and sizes else None,
    )


NAMES = {
    "title": "名前",
    "key": "キー",
    "label": "見出し",
    "source": "出典",
    "definition": "定義",
}


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    found = str(row.get(name) or "").strip()
    if not found:
        raise SetRefused(f"{where}: {NAMES[name]}がありません。")
    return found


def _decimal(given: Any, where: str) -> Decimal:
    try:
        return Decimal(str(given))
    except InvalidOperation:
        raise SetRefused(f"{where}: 「{given}」は数ではありません。") from None


def _no_twice(names: Sequence[str], where: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SetRefused(f"{where}: 質問{'、'.join(twice)}が二度あります。")
