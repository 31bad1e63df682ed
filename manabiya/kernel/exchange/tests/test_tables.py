"""Tables leave the house as they are: zeros, formulas, rare letters."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from manabiya.kernel.exchange import Column, Encoding, Table, to_csv, to_xlsx
from manabiya.kernel.exchange.tables import sheet_names

TABLE = Table(
    "名簿",
    (Column("番号"), Column("氏名", 20), Column("電話"), Column("備考")),
    (
        (1, "髙橋 𠮷彦", "0900000001", "=1+1"),
        (2, "葛\U000e0100城 一", "", None),
        (3, "改行\n\"引用\"", "090", "@x"),
    ),
)  # fmt: skip


def test_csv_is_read_back_as_written():
    content, gaps = to_csv(TABLE)
    assert gaps == []
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["番号", "氏名", "電話", "備考"]
    assert rows[1] == ["1", "髙橋 𠮷彦", "0900000001", "'=1+1"]
    assert rows[2][1] == "葛\U000e0100城 一"
    assert rows[3] == ["3", '改行\n"引用"', "090", "'@x"]


def test_cp932_names_what_it_cannot_hold():
    content, gaps = to_csv(TABLE, Encoding.CP932)
    text = content.decode("cp932")
    assert "髙橋 〓彦" in text
    assert "𠮷" in gaps
    assert len(gaps) == 2
    assert "〓城 一" in text or "葛〓城 一" in text


def test_xlsx_keeps_text_as_text():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(TABLE))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == ["番号", "氏名", "電話", "備考"]
    assert rows[1] == [1.0, "髙橋 𠮷彦", "0900000001", "=1+1"]
    assert rows[2][1] == "葛\U000e0100城 一"


def test_empty_table_has_its_headings():
    empty = Table("空", TABLE.columns, ())
    assert CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(empty))).get_sheet_by_index(
        0
    ).to_python() == [["番号", "氏名", "電話", "備考"]]


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@a", "\tx"])
def test_no_cell_is_a_formula(text):
    content, _ = to_csv(Table("x", (Column("a"),), ((text,),)))
    assert f'"\'{text}"' in content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (["1年1組"], ["1年1組"]),
        (["1/2年", "1年[A]"], ["1\uff0f2年", "1年\uff3bA\uff3d"]),
        (["'ひまわり'", ""], ["\uff07ひまわり\uff07", "表"]),
        (["学級" * 20, "学級" * 20], [("学級" * 20)[:31], ("学級" * 20)[:27] + " (2)"]),
        (["A", "a"], ["A", "a (2)"]),
    ],
)
def test_sheets_have_names_that_excel_takes(names, sheets):
    assert sheet_names(names) == sheets
