"""Answers of single schools in a file: one answer a row, or one school a row and one item a column.

A row is of a school by its code (学校コード). What can't be taken is named with its row and column.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from manabiya.apps.checklist.rules import WORDS
from manabiya.apps.checklist.services.refusals import ImportRefused
from manabiya.apps.imports.queries import Row, Table, Unreadable, plain_heading, read_file
from manabiya.law.checklist_answers import Answer
from manabiya.law.checklist_sets import Question

CODE, NAME, NUMBER, ANSWER, NEXT = "学校コード", "学校名", "番号", "回答", "続きの回答"
PLAIN = {plain_heading(heading): heading for heading in (CODE, NAME, NUMBER, ANSWER, NEXT)}
PLAIN |= {plain_heading(heading): NUMBER for heading in ("項目", "質問", "質問番号")}
SPOKEN = {Answer.YES: ("はい", "ある", "いる", "している"), Answer.NO: ("いいえ", "ない", "いない")}


@dataclass(frozen=True, slots=True)
class SchoolAnswers:
    """What a file says of a school. ``place``: its first row. ``answers``: item → answer."""

    school_id: UUID
    place: str
    answers: dict[str, str] = field(default_factory=dict)
    follow_ups: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A cell: the row, the column, the school's code, the item, the answer, what was told beside."""

    place: str
    column: str
    code: str
    question: Question
    answer: str
    told: str


def answers_of(
    name: str, content: bytes, questions: Sequence[Question], schools: Mapping[str, UUID]
) -> list[SchoolAnswers]:
    """Return the answers of a CSV or xlsx by school; ``schools``: code → id.

    Raises :class:`ImportRefused` with every problem, its row and its column.
    """
    items, nexts = _headings(questions)
    known = {*PLAIN, *items, *nexts}
    try:
        tables = read_file(name, content, known.__contains__)
    except Unreadable as error:
        raise ImportRefused([f"「{name}」: {error.reason}{error.mend}"]) from error
    problems: list[str] = []
    found: dict[str, SchoolAnswers] = {}
    for table in tables:
        for said in _cells(table, items, nexts, problems):
            _take(said, found, schools, problems)
    if not found and not problems:
        problems.append(f"「{name}」: 回答が1つもありません。")
    if problems:
        raise ImportRefused(problems)
    return list(found.values())


def heading_of(question: Question) -> str:
    """Return the heading of an item's column in the pattern of the file."""
    return f"{question.number} {question.label}"


def next_heading_of(question: Question) -> str:
    """Return the heading of the column for what is asked next."""
    return f"{question.number}の続き {question.follow_up_title}"


def _headings(questions: Sequence[Question]) -> tuple[dict[str, Question], dict[str, Question]]:
    """Return plain heading → question, of columns with answers and of those with what is next."""
    items: dict[str, Question] = {}
    nexts: dict[str, Question] = {}
    for question in questions:
        number = question.number
        named = (str(number), f"問{number}", f"質問{number}", question.key, question.label)
        for text in (*named, question.wording, heading_of(question)):
            if plain := plain_heading(text):
                items.setdefault(plain, question)
        if question.follow_up:
            for text in (f"{number}の続き", next_heading_of(question)):
                nexts[plain_heading(text)] = question
    return items, nexts


def _cells(
    table: Table,
    items: Mapping[str, Question],
    nexts: Mapping[str, Question],
    problems: list[str],
) -> Iterator[Said]:
    plain = [plain_heading(heading) for heading in table.headings]
    columns = {PLAIN[heading]: place for place, heading in enumerate(plain) if heading in PLAIN}
    if CODE not in columns:
        problems.append(f"{table.name} {table.header_row}行目: 「{CODE}」の列がありません。")
        return
    if ANSWER in columns and NUMBER in columns:
        yield from _long(table, columns, items, problems)
        return
    read = {place: items[heading] for place, heading in enumerate(plain) if heading in items}
    beside = {nexts[heading].key: place for place, heading in enumerate(plain) if heading in nexts}
    for place, heading in enumerate(plain):
        if heading and heading not in {*PLAIN, *items, *nexts}:
            problems.append(
                f"{table.name} {table.header_row}行目「{table.headings[place]}」の列: "
                "この設問にない質問です。"
            )
    keys = [question.key for question in read.values()]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        number = next(question.number for question in read.values() if question.key == key)
        problems.append(f"{table.name} {table.header_row}行目: 質問{number}の列が二つあります。")
    if not read:
        problems.append(
            f"{table.name} {table.header_row}行目: 「{NUMBER}」と「{ANSWER}」の列も、"
            "質問の列もありません。"
        )
    for row in table.rows:
        line, code = f"{table.name} {row.number}行目", _cell(row, columns[CODE])
        if not any(_cell(row, place) for place in read):
            problems.append(f"{line}: 回答が1つもありません。")
        for place, question in read.items():
            told = _cell(row, beside[question.key]) if question.key in beside else ""
            yield Said(line, table.headings[place], code, question, _cell(row, place), told)


def _long(
    table: Table, columns: Mapping[str, int], items: Mapping[str, Question], problems: list[str]
) -> Iterator[Said]:
    for row in table.rows:
        line, number = f"{table.name} {row.number}行目", _cell(row, columns[NUMBER])
        question = items.get(plain_heading(number.removesuffix(".0")))
        answer = _cell(row, columns[ANSWER])
        if question is None:
            problems.append(f"{line}「{NUMBER}」の列: 「{number}」の質問がありません。")
        elif not answer:
            problems.append(f"{line}「{ANSWER}」の列: 回答がありません。")
        else:
            told = _cell(row, columns[NEXT]) if NEXT in columns else ""
            yield Said(line, ANSWER, _cell(row, columns[CODE]), question, answer, told)


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _take(
    said: Said,
    found: dict[str, SchoolAnswers],
    schools: Mapping[str, UUID],
    problems: list[str],
) -> None:
    """Put a cell to its school; what is wrong goes to ``problems``."""
    code = unicodedata.normalize("NFKC", said.code).upper().replace("-", "")
    if code not in schools:
        problem = f"{said.place}「{CODE}」の列: 「{said.code}」の学校がありません。"
        if problem not in problems:
            problems.append(problem)
        return
    school = found.setdefault(code, SchoolAnswers(schools[code], said.place))
    if not said.answer:
        return
    where, question = f"{said.place}「{said.column}」の列", said.question
    answer = _answer(question, said.answer)
    if answer is None:
        problems.append(f"{where}: 「{said.answer}」は入れられません。{_allowed(question)}")
    elif question.key in school.answers and said.column == ANSWER:
        problems.append(f"{where}: 質問{question.number}の回答が、前の行にもあります。")
    elif question.key in school.answers:
        problem = f"{said.place}「{CODE}」の列: 同じ学校が{school.place}にもあります。"
        if problem not in problems:
            problems.append(problem)
    else:
        school.answers[question.key] = answer.value
        _take_next(said, school, answer, problems)


def _take_next(said: Said, school: SchoolAnswers, answer: Answer, problems: list[str]) -> None:
    question = said.question
    if not said.told:
        return
    where = f"{said.place} 質問{question.number}の続き"
    if not question.asks_on(answer):
        problems.append(f"{where}: この回答には、続きの質問がありません。")
        return
    choices = question.follow_up_choices
    parts = said.told.replace(",", "、").split("、") if choices else [said.told[:200]]
    told = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if foreign := [part for part in told if choices and part not in choices]:
        problems.append(
            f"{where}: 「{'、'.join(foreign)}」は、{'・'.join(choices)}のどれでもありません。"
        )
    school.follow_ups[question.key] = told


def _answer(question: Question, text: str) -> Answer | None:
    """Return the answer a cell says, in the words of the page, of the list or said shortly."""
    plain = _plain(text)
    for answer in question.scale:
        spoken = SPOKEN.get(answer, ())
        said = (answer.value, answer.label, WORDS[question.answer_type][answer], *spoken)
        if plain in {_plain(one) for one in said}:
            return answer
    return None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _allowed(question: Question) -> str:
    if not question.scale:
        return f"質問{question.number}は答え方が決まっていません。先に設問を直してください。"
    words = "、".join(WORDS[question.answer_type][answer] for answer in question.scale)
    return f"質問{question.number}の答え: {words}"
