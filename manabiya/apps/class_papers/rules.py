"""Decisions about photos and labels on plain values."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

NUMBER = re.compile(r"(?<!\d)(\d{1,3})(?!\d)")


def number_in_name(file_name: str, numbers: Collection[int]) -> int | None:
    """Return the 出席番号 a photo's file name means, None when it is not certain.

    The last number of the name counts (「3年1組_05.jpg」 is 5), if a child has it.
    """
    stem = unicodedata.normalize("NFKC", file_name).rsplit(".", 1)[0]
    found = NUMBER.findall(stem)
    if not found:
        return None
    number = int(found[-1])
    return number if number in numbers else None


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels on A4: columns, rows, size of one and margins of the sheet, in mm."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float


LABEL_SHEETS: Mapping[str, LabelSheet] = MappingProxyType(
    {
        "10": LabelSheet("10面(名札 86.4×50.8)", 2, 5, 86.4, 50.8, 18.6, 21.5),
        "24": LabelSheet("24面(ロッカー 66×33.9)", 3, 8, 66.0, 33.9, 6.0, 12.9),
        "44": LabelSheet("44面(持ち物 48.3×25.4)", 4, 11, 48.3, 25.4, 8.4, 8.8),
    }
)
