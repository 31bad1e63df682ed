"""From the rows of a table to records, with the problems of their cells."""

from collections.abc import Callable

from manabiya.apps.imports.columns import Match
from manabiya.apps.imports.columns.fields import fields_of
from manabiya.apps.imports.reading.tables import Row, Table
from manabiya.apps.imports.reading.workbook import NO_RESULT
from manabiya.apps.imports.values.line import Line
from manabiya.apps.imports.values.problems import Level
from manabiya.apps.imports.values.readers import READERS
from manabiya.apps.imports.values.records import (
    EnrollmentRecord,
    GuardianRecord,
    Records,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
)

PERSON_NUMBERS = ("reference", "student_reference", "number")


def records_of(
    file: int, table: Table, match: Match, step: Callable[[], None] = lambda: None
) -> Records:
    """Return what a table says; ``file``: its number among the files; ``step``: after each row."""
    found = Records(row_count=len(table.rows))
    places = match.places()
    secret = frozenset(k for k, f in fields_of(match.kind).items() if f.is_secret)
    formulas = _formulas(table)
    read = READERS[match.kind]
    for row in table.rows:
        line = Line(file, table, places, secret, row)
        _check_width(line, table, row, is_last=row is table.rows[-1])
        for key, place in places.items():
            reason = formulas.get((row.number, place))
            if reason:
                level = Level.STOP if reason == NO_RESULT else Level.NOTE
                mend = "値に直す" if level is Level.STOP else "式の結果を取り込みます"
                line.say(level, key, reason, mend)
        for record in read(line):
            if not line.is_stopped:
                getattr(found, LISTS[type(record)]).append(record)
        found.problems += line.problems
        if line.is_stopped:
            found.mentioned |= {line.raw(key).strip() for key in PERSON_NUMBERS} - {""}
        step()
    return found


def _formulas(table: Table) -> dict[tuple[int, int], str]:
    return {(row, column): reason for row, column, reason in table.remarks}


def _check_width(line: Line, table: Table, row: Row, *, is_last: bool) -> None:
    """Refuse a row with fewer cells than headings where the others are whole."""
    if table.encoding == "xlsx" or len(row.cells) == len(table.headings):
        return
    if len(row.cells) < len(table.headings):
        needed = [k for k, place in line.places.items() if place >= len(row.cells)]
        if is_last and needed and len(table.rows) > 1:
            line.say(
                Level.STOP,
                needed[0],
                "最後の行の列が足りません。ファイルが途中で切れているようです",
                "もとのシステムからもう一度書き出す",
            )
        elif needed:
            reason = f"列が足りません({len(row.cells)}列。見出しは{len(table.headings)}列)"
            line.say(Level.STOP, needed[0], reason, "カンマの数を確かめる")
    elif any(cell.strip() for cell in row.cells[len(table.headings) :]):
        reason = f"列が多すぎます({len(row.cells)}列。見出しは{len(table.headings)}列)"
        line.say(Level.STOP, next(iter(line.places)), reason, "値の中のカンマを確かめる")


LISTS = {
    SchoolRecord: "schools",
    StaffRecord: "staff",
    StudentRecord: "students",
    GuardianRecord: "guardians",
    EnrollmentRecord: "enrollments",
}
