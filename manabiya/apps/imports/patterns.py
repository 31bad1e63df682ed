"""Templates to download: headings to fill in, and a sheet that explains every column."""

from manabiya.apps.imports.columns.fields import FIELDS, REQUIRED, Field, Kind, fields_of
from manabiya.kernel.exchange import Column, Table, to_csv, to_xlsx

IN_TWO_COLUMNS = {"family_name", "given_name", "family_kana", "given_kana"}
GUARDIANS = [
    f"g{slot}.{part}"
    for slot in ("1", "2")
    for part in ("name", "kana", "relationship", "phone", "phone_home")
]


def fields_in(kind: Kind) -> list[Field]:
    """Return the fields of a template: names in one column, two guardians in a list of children."""
    found = [field for field in FIELDS[kind] if field.key not in IN_TWO_COLUMNS]
    if kind is Kind.STUDENT:
        known = fields_of(kind)
        found += [known[key] for key in GUARDIANS]
    return found


def workbook(kind: Kind) -> bytes:
    """Return the template as xlsx: a sheet to fill in, a sheet of explanations."""
    fields = fields_in(kind)
    sheet = Table(kind.label, [Column(f.label, max(12, 2 * len(f.label) + 2)) for f in fields], [])
    needed = {key for group in REQUIRED[kind] for key in group}
    rows = [
        [f.label, "必要" if f.key in needed else "", f.note, f.example or _example(f), "、".join(f.headings)]
        for f in fields
    ]  # fmt: skip
    columns = [Column("列", 22), Column("要るか", 8), Column("書き方", 56), Column("例", 28),
               Column("この書き方の見出しも読めます", 60)]  # fmt: skip
    return to_xlsx(sheet, Table("書き方", columns, rows))


def plain(kind: Kind) -> bytes:
    """Return the template as CSV: the headings only."""
    fields = fields_in(kind)
    content, _ = to_csv(Table(kind.label, [Column(f.label) for f in fields], []))
    return content


def _example(field: Field) -> str:
    part = field.key.split(".")[-1]
    return {
        "name": "白樺 恵",
        "kana": "しらかば めぐみ",
        "relationship": "母",
        "phone": "090-0000-0000",
        "phone_home": "0190-00-0000",
    }.get(part, "")
