"""The result of a dry run as a workbook: a sheet for each tab."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from manabiya.apps.imports.planning import TABS
from manabiya.apps.imports.queries import NOUN_LABELS, TAB_LABELS
from manabiya.kernel.exchange import Column, Table, to_xlsx

LEVELS = {"stop": "止め", "choice": "選ぶ", "note": "注意"}
PROBLEMS = (
    Column("程度", 8), Column("ファイル", 24), Column("行", 8), Column("列", 16),
    Column("値", 28), Column("理由", 48), Column("直し方", 48),
)  # fmt: skip
CHANGES = (
    Column("種類", 10), Column("だれ・なに", 24), Column("どこ", 32), Column("ファイル", 24),
    Column("行", 8), Column("項目", 16), Column("いま", 32), Column("あと", 32),
)  # fmt: skip


def report(lines: Mapping[str, Iterable[Mapping[str, Any]]], names: Sequence[str]) -> bytes:
    """Return the workbook; ``lines``: by tab, ``names``: of the tables by number."""
    sheets = []
    for tab in TABS:
        of = _problems if tab == "problems" else _changes
        columns = PROBLEMS if tab == "problems" else CHANGES
        rows = [row for line in lines.get(tab, ()) for row in of(line, names)]
        sheets.append(Table(TAB_LABELS[tab], columns, rows))
    return to_xlsx(*sheets)


def _name(line: Mapping[str, Any], names: Sequence[str]) -> str:
    file = line["file"]
    return names[file] if file is not None and file < len(names) else ""


def _problems(line: Mapping[str, Any], names: Sequence[str]) -> Iterable[list[Any]]:
    yield [
        LEVELS[line["level"]], _name(line, names), line["line"], line["column"], line["value"],
        line["reason"], line["mend"],
    ]  # fmt: skip


def _changes(line: Mapping[str, Any], names: Sequence[str]) -> Iterable[list[Any]]:
    head = [NOUN_LABELS[line["noun"]], line["who"], line["where"], _name(line, names), line["line"]]
    for label, old, new in line["fields"] or [("", "", "")]:
        yield [*head, label, old, new]
