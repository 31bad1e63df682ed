"""One table to xlsx or CSV.

Text stays text: no cell is ever taken for a formula, no leading zero is lost. CP932 (Windows-31J)
is written on request for old programs; what it can't hold is replaced by 〓 and returned by name.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import xlsxwriter

from manabiya.law.names import for_cp932

Cell = str | int | None


class Encoding(Enum):
    """How a CSV is written."""

    UTF_8 = "utf-8"
    CP932 = "cp932"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and how wide it is (in half-width letters)."""

    heading: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name (of the sheet) and rows as long as its columns."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def cells(self) -> list[list[str]]:
        """Return headings and rows as text."""
        head = [column.heading for column in self.columns]
        return [head, *(["" if c is None else str(c) for c in row] for row in self.rows)]


def inert(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def to_csv(table: Table, encoding: Encoding = Encoding.UTF_8) -> tuple[bytes, list[str]]:
    """Return the CSV (BOM with UTF-8, CRLF, all fields quoted), and the letters it can't hold."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[inert(cell) for cell in row] for row in table.cells()])
    text = out.getvalue()
    if encoding is Encoding.UTF_8:
        return text.encode("utf-8-sig"), []
    export = for_cp932(text)
    return export.text.encode("cp932"), list(export.replaced)


FORBIDDEN = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "[]:*?/\\'"}
"""What Excel refuses in the name of a sheet, and the same sign in full width."""
LONGEST_NAME = 31


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return names Excel takes for sheets: wide signs for the forbidden ones, short, none twice."""
    found: list[str] = []
    for name in names:
        wanted = name.translate(FORBIDDEN).strip()[:LONGEST_NAME] or "表"
        number = 2
        given = wanted
        while given.lower() in (other.lower() for other in found):
            mark = f" ({number})"
            given, number = wanted[: LONGEST_NAME - len(mark)] + mark, number + 1
        found.append(given)
    return found


def to_xlsx(*tables: Table) -> bytes:
    """Return a workbook with a sheet for each table: frozen head, filter, widths, text cells."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    plain = book.add_format({"num_format": "@", "valign": "top"})
    for table, name in zip(tables, sheet_names([table.name for table in tables]), strict=True):
        sheet = book.add_worksheet(name)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width, plain)
            sheet.write_string(0, place, column.heading, head)
        for line, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                elif cell:
                    sheet.write_string(line, place, cell)
        sheet.freeze_panes(1, 0)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return out.getvalue()
