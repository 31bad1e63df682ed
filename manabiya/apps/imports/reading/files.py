"""Any file: what it is by its content, not by its name."""

from manabiya.apps.imports.reading import delimited, encodings, workbook
from manabiya.apps.imports.reading.limits import LIMITS
from manabiya.apps.imports.reading.refusals import Unreadable
from manabiya.apps.imports.reading.tables import Row, Score, Table, plain_heading, table_of

ZIP, OLD_EXCEL, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
EMPTY_ZIP = b"PK\x05\x06"
CHOOSE = "CSV か xlsx を選んでください。"


def read_file(name: str, content: bytes, known: Score) -> list[Table]:
    """Return the tables of a file: one for a CSV, one for each sheet with a known header.

    ``known`` tells whether a plain heading means something (:mod:`..columns`). Raises
    :class:`Unreadable`.
    """
    if len(content) > LIMITS.file_bytes:
        raise too_big(len(content))
    if not content.strip():
        raise Unreadable("ファイルが空です。", "中身のあるファイルを選んでください。")
    if content.startswith((ZIP, EMPTY_ZIP)):
        return _workbook(name, content, known)
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            "古い形式の Excel(.xls)か、パスワードのかかったファイルです。",
            "Excel で開き、パスワードなしの xlsx で保存し直してください。",
        )
    if content.startswith(PDF):
        raise Unreadable("PDF のファイルです。", CHOOSE)
    found = encodings.decode(content)
    table = table_of(name, found.encoding, delimited.rows_of(found.text), known)
    return [_with_rows(table)]


def too_big(size: int) -> Unreadable:
    """Return the refusal of a file (or an upload) of ``size`` bytes."""
    return Unreadable(
        f"ファイルが大きすぎます({LIMITS.megabytes(size)}MB)。"
        f"1つ{LIMITS.megabytes(LIMITS.file_bytes)}MB、"
        f"あわせて{LIMITS.megabytes(LIMITS.upload_bytes)}MBまでです。",
        "名簿の表だけのファイルか確かめ、大きいときは学校ごとに分けてください。",
    )


def _workbook(name: str, content: bytes, known: Score) -> list[Table]:
    if not workbook.is_workbook(content):
        is_csv = name.lower().endswith(".csv")
        raise Unreadable(
            "名前は .csv ですが、中身は ZIP です。" if is_csv else "ZIP のファイルです。",
            "中の CSV か xlsx を取り出してから選んでください。",
        )
    sheets = list(workbook.sheets_of(content))
    tables = []
    for sheet in sheets:
        shown = f"{name}「{sheet.name}」" if len(sheets) > 1 else name
        table = table_of(shown, "xlsx", _without_tail(sheet.rows), known)
        remarks = tuple(f for f in sheet.formulas if f[0] > table.header_row)
        tables.append(Table(shown, "xlsx", table.headings, table.header_row, table.rows, remarks))
    good = [t for t in tables if _known_headings(t, known) >= 3 and t.rows]
    return (
        good or [_with_rows(t) for t in tables[:1]] or [_with_rows(Table(name, "xlsx", (), 0, ()))]
    )


def _without_tail(rows: list[Row]) -> list[Row]:
    """Drop the empty rows a spreadsheet keeps below its table."""
    end = len(rows)
    while end and not any(cell.strip() for cell in rows[end - 1].cells):
        end -= 1
    return rows[:end]


def _known_headings(table: Table, known: Score) -> int:
    return sum(known(plain_heading(heading)) for heading in table.headings)


def _with_rows(table: Table) -> Table:
    if not table.rows:
        raise Unreadable(
            "見出しの下に行がありません。", "名簿の表が入ったファイルか確かめてください。"
        )
    return table
