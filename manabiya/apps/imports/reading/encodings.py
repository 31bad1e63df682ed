"""Which letters the bytes of a text file mean; mixed or broken ones are refused with the line."""

import codecs
import re
from dataclasses import dataclass

from manabiya.apps.imports.reading.refusals import Unreadable

UTF8 = "UTF-8"
SHIFT_JIS = "Shift_JIS(CP932)"
BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8(BOMあり)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef]")
GARBLED = re.compile("[縺繧繝譁蟄髢荳蜷]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
SAVE_AGAIN = "Excel で開き、「CSV UTF-8(コンマ区切り)」で保存し直してください。"


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text and the name of its encoding, for people."""

    text: str
    encoding: str


def decode(content: bytes) -> Text:
    """Return the text of a CSV file; raise :class:`Unreadable` where the bytes break."""
    for bom, codec, label in BOMS:
        if content.startswith(bom):
            return Text(_strict(content[len(bom) :], codec, label), label)
    if b"\x00" in content[:4096]:
        return _without_bom(content)
    try:
        return Text(content.decode("utf-8"), UTF8)
    except UnicodeDecodeError as error:
        return _other_than_utf8(content, error)


def _without_bom(content: bytes) -> Text:
    head = content[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) >= len(head) // 20 and min(even, odd) <= max(even, odd) // 4:
        text = _strict(content, codec, "UTF-16")
        if not CONTROLS.search(text[:2048]):
            return Text(text, "UTF-16")
    raise Unreadable("文字のファイルではありません。", "CSV か xlsx を選んでください。")


def _other_than_utf8(content: bytes, error: UnicodeDecodeError) -> Text:
    before = content[: error.start].decode("utf-8")
    if len(JAPANESE.findall(before)) >= 2:
        if error.reason == "unexpected end of data":
            raise _cut_off(content, len(content))
        raise _mixed(content, error.start, UTF8)
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError as other:
        if other.start >= len(content) - 1:
            raise _cut_off(content, len(content)) from None
        raise _mixed(content, max(error.start, other.start), SHIFT_JIS) from None
    if garbled := _garbled_line(text):
        raise Unreadable(
            f"{garbled}行目に、{SHIFT_JIS} とほかの文字コードが混ざっています。",
            SAVE_AGAIN,
            line=garbled,
        )
    return Text(text, SHIFT_JIS)


def _strict(content: bytes, codec: str, label: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 1:
            raise _cut_off(content, len(content)) from None
        raise _mixed(content, error.start, label) from None


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def _garbled_line(text: str) -> int | None:
    """Return the first line that reads like UTF-8 taken for CP932 (縺ゅ>…), if any."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(GARBLED.findall(line)) >= 3 and len(set(GARBLED.findall(line))) >= 2:
            return number
    return None


def _mixed(content: bytes, place: int, label: str) -> Unreadable:
    line = _line(content, place)
    return Unreadable(
        f"{line}行目の文字が読めません。{label} とほかの文字コードが混ざっているようです。",
        SAVE_AGAIN,
        line=line,
    )


def _cut_off(content: bytes, place: int) -> Unreadable:
    line = _line(content, place)
    return Unreadable(
        f"ファイルが{line}行目の途中で切れています。",
        "もとのシステムからもう一度書き出してください。",
        line=line,
    )
