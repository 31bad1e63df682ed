"""Papers hold every letter of a name, and nothing in the data is ever markup."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from manabiya.kernel.pdf import letters_without_glyph, typeset
from manabiya.kernel.pdf.letters import MOJIKIBAN
from manabiya.kernel.pdf.typeset import ROOT, PaperFailed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PAPER = "kernel/pdf/tests/sample.typ"
NAMES = ["髙橋 﨑", "𠮷田", "葛\U000e0100城", "渡邉", "グエン ティ ミン アイン"]


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_every_letter_of_a_name_is_in_the_paper():
    text = text_of(typeset(PAPER, {"title": "名簿", "names": NAMES}, made_at=NOW))
    for name in NAMES:
        assert name.split()[0] in text


def test_markup_in_data_stays_inert():
    evil = ["#panic()", "*bold*", "$x$", '#read("/site/settings.py")', "@label", "\\"]
    text = text_of(typeset(PAPER, {"title": "x", "names": evil}, made_at=NOW))
    assert "#panic()" in text
    assert '#read("/site/settings.py")' in text
    assert "SECRET_KEY" not in text


def test_the_same_data_give_the_same_bytes():
    first, second = (typeset(PAPER, {"title": "x", "names": NAMES}, made_at=NOW) for _ in range(2))
    assert first == second


def test_every_font_is_embedded():
    pdf = typeset(PAPER, {"title": "x", "names": NAMES}, made_at=NOW)
    assert pdf.count(b"/FontFile") >= 1
    assert pdf.count(b"/FontDescriptor ") <= pdf.count(b"/FontFile") * 2


def test_mistake_in_a_paper_is_told_apart(tmp_path):
    with pytest.raises(PaperFailed, match="nowhere"):
        typeset("kernel/pdf/tests/nowhere.typ", {}, made_at=NOW)
    assert (ROOT / PAPER).exists()


def test_letters_without_glyph_are_named_once():
    assert letters_without_glyph("青木 陽翔") == []
    assert letters_without_glyph("\U0003ffff木\U0003ffff") == ["\U0003ffff"]


@pytest.mark.skipif(not any(f.is_dir() for f in MOJIKIBAN), reason="needs fonts-ipamj-mincho")
def test_registered_variants_are_drawn_and_unknown_ones_named():
    assert letters_without_glyph("葛\U000e0100城") == []
    assert letters_without_glyph("青\U000e01ef") == ["青\U000e01ef"]
