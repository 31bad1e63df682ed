"""A list of paperwork in a workbook or CSV: its columns, and its lines or why they are refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from manabiya.apps.imports.queries import Unreadable, plain_heading, read_file
from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.services import UseFields
from manabiya.kernel.exchange import Column, Table

HEADINGS = {
    "name": "帳票・業務の名前",
    "kind": "種類",
    "with_whom": "だれと",
    "basis": "なぜ残っているか",
    "source": "根拠",
    "volume_count": "量",
    "volume_per": "量の単位",
    "replacement": "代わりの方法",
    "note": "覚え",
}
MUST = ("name", "kind", "with_whom", "basis")
WORDS = {
    "kind": rules.KINDS,
    "with_whom": rules.PEOPLE,
    "basis": rules.BASES,
    "volume_per": rules.PER,
    "replacement": rules.REPLACEMENTS,
}
LONGEST = {"name": 60, "source": 100, "note": 200}
KNOWN = {plain_heading(word): key for key, word in HEADINGS.items()} | {
    plain_heading(word): key
    for word, key in {"帳票名": "name", "名前": "name", "単位": "volume_per"}.items()
}
MOST_ROWS = 1000
MOST_BYTES = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the row as a spreadsheet counts it, the column's heading, why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a file, and the problems; with a problem nothing is taken."""

    entries: tuple[UseFields, ...]
    problems: tuple[Problem, ...]


def read_list(name: str, content: bytes) -> Reading:
    """Return the lines of the first table of a file. Raises ``Unreadable``."""
    table = read_file(name, content, lambda heading: heading in KNOWN)[0]
    places: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        key = KNOWN.get(plain_heading(heading))
        if key is not None and key not in places:
            places[key] = place
    missing = [HEADINGS[key] for key in MUST if key not in places]
    if missing:
        raise Unreadable(
            f"「{'」「'.join(missing)}」の列がありません。", "ひな形の見出しに合わせてください。"
        )
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(f"{MOST_ROWS}行を超えています。", "学校ごとに分けてください。")
    entries, problems = [], []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        entry, wrong = _line(row.number, row.cells, places)
        line = (rules.plain(entry.name), entry.kind)
        if not wrong and line in seen:
            wrong = [Problem(row.number, HEADINGS["name"], f"{seen[line]}行目と同じ名前と種類です")]
        seen.setdefault(line, row.number)
        entries.append(entry)
        problems += wrong
    return Reading(tuple(entries), tuple(problems))


def _line(
    number: int, cells: Sequence[str], places: dict[str, int]
) -> tuple[UseFields, list[Problem]]:
    said: dict[str, str] = {}
    wrong: list[Problem] = []
    for key, place in places.items():
        cell = rules.tidy(cells[place]) if place < len(cells) else ""
        said[key], reason = _value(key, cell)
        if reason:
            wrong.append(Problem(number, HEADINGS[key], reason))
    if said.get("basis") == rules.LAW and not said.get("source"):
        reason = "法令によるときは、根拠の法令の名前と条が必要です"
        wrong.append(Problem(number, HEADINGS["source"], reason))
    count = said.pop("volume_count", "")
    entry = UseFields(
        name=said["name"],
        kind=said["kind"],
        with_whom=said["with_whom"],
        basis=said["basis"],
        source=said.get("source", ""),
        replacement=said.get("replacement", ""),
        volume_count=int(count) if count and not wrong else None,
        volume_per=said.get("volume_per") or "month",
        note=said.get("note", ""),
    )
    return entry, wrong


def _value(key: str, cell: str) -> tuple[str, str]:
    """Return a cell as the field wants it, and why it can't be taken."""
    if not cell:
        return "", "空です" if key in MUST else ""
    if key in WORDS:
        found = {rules.plain(word): value for value, word in WORDS[key].items()}
        value = found.get(rules.plain(cell), "")
        known = "・".join(WORDS[key].values())
        return value, "" if value else f"「{cell[:20]}」は選べません({known})"
    if key == "volume_count":
        number = rules.plain(cell).replace(",", "")
        is_good = number.isdecimal() and len(number) <= 6
        return number, "" if is_good else f"「{cell[:20]}」は数として読めません"
    is_short = len(cell) <= LONGEST[key]
    return cell[: LONGEST[key]], "" if is_short else f"{LONGEST[key]}文字を超えています"


def pattern() -> Table:
    """Return an empty list to fill in, with one example."""
    example = ("欠席届", "紙", "保護者", "慣習", "", 40, "月", "学び舎", "")
    columns = [Column(word, 28 if key in LONGEST else 14) for key, word in HEADINGS.items()]
    return Table("業務・帳票", columns, [example])
