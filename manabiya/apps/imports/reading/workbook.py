"""Rows of an xlsx workbook: weighed as an archive first, opened only when it is no bomb."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from manabiya.apps.imports.reading.delimited import too_many_rows
from manabiya.apps.imports.reading.limits import LIMITS
from manabiya.apps.imports.reading.refusals import Unreadable
from manabiya.apps.imports.reading.tables import Row

CHUNK = 1 << 20
FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v>[^<]+</v>)?'
)
NO_RESULT = "式が入っていて、結果がありません"
RESULT = "式の結果です"
BROKEN = Unreadable(
    "ファイルが壊れていて開けません。途中で切れているようです。",
    "もとのファイルをもう一度保存し直してください。",
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: name, rows, and (row, column, reason) of its formulas."""

    name: str
    rows: list[Row]
    formulas: tuple[tuple[int, int, str], ...]


def is_workbook(content: bytes) -> bool:
    """Tell whether a zip archive is an xlsx workbook, from its list of parts only."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise BROKEN from None


def weigh(content: bytes) -> dict[str, bytes]:
    """Refuse an archive that unpacks into too much; return the XML of sheets with formulas.

    Declared sizes are looked at before anything is unpacked; then every part is unpacked once,
    piece by piece, so that a part bigger than it says is refused too.
    """
    sheets: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            packed = max(1, sum(part.compress_size for part in parts))
            is_bomb = declared > LIMITS.ratio_counts_from and (
                declared // packed > LIMITS.archive_ratio
            )
            if len(parts) > LIMITS.archive_parts or declared > LIMITS.archive_bytes or is_bomb:
                raise _too_big()
            for part in parts:
                if (unpacked := _unpack(archive, part)) is not None:
                    sheets[part.filename] = unpacked
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, OSError):
        raise BROKEN from None
    except (RuntimeError, NotImplementedError):
        raise _locked() from None
    return sheets


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | None:
    """Unpack a part in pieces and forget it; keep it when it is a sheet with formulas."""
    pieces, size, has_formula = [], 0, False
    is_sheet = part.filename.startswith("xl/worksheets/")
    with archive.open(part) as stream:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > LIMITS.archive_bytes:
                raise _too_big()
            if is_sheet:
                pieces.append(piece)
                has_formula = has_formula or b"<f" in piece
    return b"".join(pieces) if has_formula else None


def sheets_of(content: bytes) -> Iterator[Sheet]:
    """Yield the sheets with any content; formulas come as their results."""
    with_formulas = weigh(content)
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        for number, name in enumerate(book.sheet_names, start=1):
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > LIMITS.rows:
                raise too_many_rows()
            if sheet.total_width > LIMITS.columns:
                raise Unreadable(
                    f"シート「{name}」の列が{LIMITS.columns}を超えています。",
                    "名簿の表だけのシートにしてください。",
                )
            found = with_formulas.get(f"xl/worksheets/sheet{number}.xml", b"")
            rows = [
                Row(place, tuple(_text(cell) for cell in cells))
                for place, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1)
            ]
            if rows:
                yield Sheet(name, rows, tuple(_formulas(found)))
    except calamine.PasswordError:
        raise _locked() from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError):
        raise BROKEN from None


def _formulas(xml: bytes) -> Iterator[tuple[int, int, str]]:
    for letters, row, result in FORMULA.findall(xml):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        yield int(row), column - 1, RESULT if result else NO_RESULT


def _text(cell: object) -> str:
    """Return a cell as text: whole numbers without point, dates as 2026-04-01."""
    for kind, write in WRITERS:
        if isinstance(cell, kind):
            return write(cell)
    return str(cell)


WRITERS: tuple[tuple[type, Callable[..., str]], ...] = (
    (str, lambda text: text),
    (bool, lambda flag: "TRUE" if flag else "FALSE"),
    (float, lambda number: str(int(number)) if number.is_integer() else repr(number)),
    (datetime, lambda moment: moment.date().isoformat()),
    (date, lambda day: day.isoformat()),
    (time, lambda moment: moment.strftime("%H:%M")),
    (timedelta, lambda span: str(span // DAY)),
)


def _too_big() -> Unreadable:
    limit = LIMITS.megabytes(LIMITS.archive_bytes)
    return Unreadable(
        f"開くと大きくなりすぎるファイルです(圧縮を解くと{limit}MBを超えるか、"
        "ふつうの表ではありえない縮み方をしています)。",
        "名簿の表だけを新しいファイルに写して保存してください。",
    )


def _locked() -> Unreadable:
    return Unreadable(
        "パスワードのかかったファイルです。", "パスワードを外して保存し直してください。"
    )
