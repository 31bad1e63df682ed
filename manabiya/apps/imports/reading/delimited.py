"""Rows of a CSV or tab-separated text."""

import csv
import io

from manabiya.apps.imports.reading.limits import LIMITS
from manabiya.apps.imports.reading.refusals import Unreadable
from manabiya.apps.imports.reading.tables import Row

PROBE_LINES = 30


def delimiter_of(text: str) -> str:
    """Return tab or comma, whichever the first lines hold more of."""
    lines = text.split("\n", PROBE_LINES)[:PROBE_LINES]
    tabs, commas = (sum(line.count(mark) for line in lines) for mark in ("\t", ","))
    return "\t" if tabs > commas else ","


def rows_of(text: str) -> list[Row]:
    """Return the rows with the number of the line each begins on.

    Raises :class:`Unreadable` for a quotation mark that never closes and for too many rows,
    columns or letters in a cell.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            _check(begins, cells)
            rows.append(Row(begins, tuple(cells)))
            begins = reader.line_num + 1
            if len(rows) > LIMITS.rows:
                raise too_many_rows()
    except csv.Error:
        raise Unreadable(
            f'{begins}行目の引用符(")が閉じていません。ファイルが途中で切れているようです。',
            "もとのシステムからもう一度書き出してください。",
            line=begins,
        ) from None
    return rows


def too_many_rows() -> Unreadable:
    """Return the refusal of a file with too many rows."""
    return Unreadable(
        f"{LIMITS.rows:,}行を超えています。", "学校ごとなどに分けて取り込んでください。"
    )


def _check(number: int, cells: list[str]) -> None:
    if len(cells) > LIMITS.columns:
        raise Unreadable(
            f"{number}行目の列が{LIMITS.columns}を超えています。",
            "名簿の表だけのファイルにしてください。",
            line=number,
        )
    if any(len(cell) > LIMITS.cell_letters for cell in cells):
        raise Unreadable(
            f"{number}行目に{LIMITS.cell_letters:,}字を超えるセルがあります。"
            '引用符(")が閉じていないようです。',
            "その行を確かめてください。",
            line=number,
        )
