"""A row of figures: counted (options and number of schools) or published (source and definition)."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from manabiya.apps.checklist.services.columns import COUNT_COLUMNS, Line
from manabiya.law.checklist import Answer, share_of
from manabiya.law.checklist_sets import AREAS, STATUSES, Question, definition_of

AREA_KEYS = {label: key for key, label in AREAS.items()}
STATUS_KEYS = {label: key for key, label in STATUSES.items()}


class RowRefused(ValueError):
    """A row can't be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Answers of the city's schools to an item."""

    item: str
    counts: dict[str, int]
    schools: int
    source: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A published percentage of an item."""

    item: str
    area: str
    percent: Decimal
    definition: str
    status: str
    source: str


def figure_of(line: Line, question: Question) -> Counted | Printed:
    """Return what a row says of ``question``; raises :class:`RowRefused`."""
    if line["area"] not in AREA_KEYS:
        raise RowRefused(
            f"範囲「{line['area']}」がわかりません。{'・'.join(AREA_KEYS)}のどれかです。"
        )
    if not line["source"]:
        raise RowRefused("出典がありません。出典のない数は入れられません。")
    given = {option: line[option] for option in COUNT_COLUMNS if line[option]}
    if given or line["schools"]:
        return _counted(line, question, given)
    return _printed(line, question)


def _counted(line: Line, question: Question, given: dict[str, str]) -> Counted:
    if AREA_KEYS[line["area"]] != "city":
        raise RowRefused(f"{line['area']}の学校数は入れられません。公表された割合だけを入れます。")
    counts = {option: _whole(text, COUNT_COLUMNS[option]) for option, text in given.items()}
    if not counts:
        raise RowRefused("学校数だけで、選択肢ごとの数がありません。")
    allowed = {answer.value for answer in question.scale}
    if foreign := [COUNT_COLUMNS[option] for option in counts if option not in allowed]:
        raise RowRefused(f"この質問にない選択肢です: {'、'.join(foreign)}")
    schools, total = _whole(line["schools"], "学校数"), sum(counts.values())
    if schools != total or not total:
        raise RowRefused(f"学校数{schools}と、選択肢ごとの数の合計{total}が合いません。")
    _refuse_other_share(line, question, counts)
    return Counted(question.key, counts, schools, line["source"])


def _refuse_other_share(line: Line, question: Question, counts: dict[str, int]) -> None:
    """Refuse a percentage beside counts that the counts don't give."""
    definition = definition_of(question.answer_type)
    if not line["percent"] or definition is None:
        return
    share = share_of({Answer(key): count for key, count in counts.items()}, definition)
    if share.percent != _percent(line["percent"]):
        raise RowRefused(
            f"割合{line['percent']}が、数えた{share.percent}({definition.label})と合いません。"
        )


def _printed(line: Line, question: Question) -> Printed:
    if not line["percent"]:
        raise RowRefused("選択肢ごとの数も、割合もありません。")
    if not line["definition"]:
        raise RowRefused(
            "割合だけで、学校数も定義もありません。数えたものなら選択肢ごとの数と学校数を、公表されたものなら"
            "定義と出典を入れてください。"
        )
    if line["status"] not in STATUS_KEYS:
        raise RowRefused(f"「{line['status']}」は、速報でも確報でもありません。")
    return Printed(
        item=question.key,
        area=AREA_KEYS[line["area"]],
        percent=_percent(line["percent"]),
        definition=line["definition"],
        status=STATUS_KEYS[line["status"]],
        source=line["source"],
    )


def _one_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _whole(text: str, name: str) -> int:
    plain = _one_width(text).removesuffix(".0")
    if not plain.isdecimal():
        raise RowRefused(f"{name}「{text}」は0以上の数ではありません。")
    return int(plain)


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(_one_width(text).rstrip("%"))
    except InvalidOperation:
        raise RowRefused(f"割合「{text}」は数ではありません。") from None
    if not 0 <= found <= 100 or found != found.quantize(Decimal("0.1")):
        raise RowRefused(f"割合「{text}」は、0から100の、小数第1位までの数ではありません。")
    return found
