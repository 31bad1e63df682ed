"""Columns of the files a board brings: their headings, and cells that say what they mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from manabiya.apps.checklist.services.refusals import ImportRefused
from manabiya.apps.imports.queries import Table, Unreadable, plain_heading, read_file
from manabiya.law.checklist_answers import Answer
from manabiya.law.checklist_items import AnswerType

SET_COLUMNS = {
    "number": "番号",
    "key": "項目",
    "section": "区分",
    "label": "見出し",
    "wording": "質問",
    "respondent": "回答者",
    "answer_type": "答え方",
    "weight": "配点",
    "follow_up": "続きの質問",
    "wording_since": "文が今の形になった年度",
}
COUNT_COLUMNS = {
    Answer.FULLY.value: "完全",
    Answer.HALF_OR_MORE.value: "半分以上",
    Answer.LESS_THAN_HALF.value: "半分未満",
    Answer.NOT_AT_ALL.value: "全くしていない",
    Answer.YES.value: "ある・している",
    Answer.NO.value: "ない・していない",
}
FIGURE_COLUMNS = {
    "number": "番号",
    "area": "範囲",
    **COUNT_COLUMNS,
    "schools": "学校数",
    "percent": "割合",
    "definition": "定義",
    "status": "速報・確報",
    "source": "出典",
}
ANSWER_TYPES = {
    "段階": AnswerType.GRADED,
    "はい・いいえ": AnswerType.BINARY,
    "ある・ない(ないが良い)": AnswerType.INVERTED_BINARY,
    "教職員の割合": AnswerType.STAFF_SHARE,
    "効果": AnswerType.EFFECT,
    "課題": AnswerType.OBSTACLES,
    "わからない": AnswerType.UNKNOWN,
}
TYPE_LABELS = {value.value: label for label, value in ANSWER_TYPES.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: where it stands, and its cells by field (blank ones are empty)."""

    place: str
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def lines_of(name: str, content: bytes, columns: Mapping[str, str], needed: str) -> list[Line]:
    """Return the rows of a CSV or xlsx; raises :class:`ImportRefused` with what is wrong where.

    ``columns``: field → heading. ``needed``: the field whose column must be there.
    """
    known = {plain_heading(heading): field for field, heading in columns.items()}
    try:
        tables = read_file(name, content, known.__contains__)
    except Unreadable as error:
        raise ImportRefused([f"「{name}」: {error.reason}{error.mend}"]) from error
    found = [line for table in tables for line in _lines(table, known)]
    if not any(needed in line.cells for line in found):
        raise ImportRefused([f"「{name}」: 「{columns[needed]}」の列がありません。"])
    return found


def _lines(table: Table, known: Mapping[str, str]) -> Iterator[Line]:
    fields = [known.get(plain_heading(heading), "") for heading in table.headings]
    for row in table.rows:
        cells = {
            field: cell.strip() for field, cell in zip(fields, row.cells, strict=False) if field
        }
        yield Line(f"{table.name} {row.number}行目", cells)
