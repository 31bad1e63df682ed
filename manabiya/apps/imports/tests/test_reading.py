"""Bytes to rows: what is read, and what is refused with which words."""

import io
import struct
import zipfile
import zlib

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.imports.columns import is_known
from manabiya.apps.imports.reading import LIMITS, Unreadable, delimited, encodings, read_file
from manabiya.apps.imports.reading import files as reading_files

TEXT = "氏名,ふりがな,生年月日\r\n白樺 花子,しらかば はなこ,H28.5.1\r\n髙橋 葵,たかはし あおい,H28.5.2\r\n"
SAVE_AGAIN = encodings.SAVE_AGAIN


def tables(content, name="a.csv"):
    return read_file(name, content, is_known)


def refusal(content, name="a.csv"):
    with pytest.raises(Unreadable) as found:
        tables(content, name)
    return found.value


def workbook(*sheets, formulas=()):
    """Return an xlsx of sheets (name, rows)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(line, place, cell)
        for line, place, formula, value in formulas:
            sheet.write_formula(line, place, formula, None, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8(BOMあり)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp932", "Shift_JIS(CP932)"),
    ],
)
@pytest.mark.parametrize("mark", [",", "\t"])
def test_every_encoding_and_delimiter_gives_the_same_rows(codec, label, mark):
    [table] = tables(TEXT.replace(",", mark).encode(codec))
    assert table.encoding == label
    assert table.headings == ("氏名", "ふりがな", "生年月日")
    assert [row.cells[0] for row in table.rows] == ["白樺 花子", "髙橋 葵"]
    assert [row.number for row in table.rows] == [2, 3]


def test_utf8_with_shift_jis_inside_is_refused_with_the_line():
    content = TEXT.encode() + "森 湊,もり みなと,H28.6.1\r\n".encode("cp932")
    error = refusal(content)
    assert error.line == 4
    assert error.reason == (
        "4行目の文字が読めません。UTF-8 とほかの文字コードが混ざっているようです。"
    )
    assert error.mend == SAVE_AGAIN


def test_shift_jis_with_utf8_inside_is_refused_with_the_line():
    lines = TEXT.encode("cp932") + "長谷川 湊,はせがわ みなと,H28.6.1\r\n".encode()
    error = refusal(lines + b"\r\n")
    assert error.line == 4
    assert "混ざって" in error.reason


def test_half_a_letter_at_the_end_is_a_file_cut_off():
    error = refusal(TEXT.encode()[: TEXT.encode().index("葵".encode()) + 1])
    assert error.reason == "ファイルが3行目の途中で切れています。"
    assert error.mend == "もとのシステムからもう一度書き出してください。"


def test_quotation_that_never_closes_is_a_file_cut_off():
    error = refusal(b'\xef\xbb\xbfa,b\r\n"1","2"\r\n"3","4')
    assert error.reason == (
        '3行目の引用符(")が閉じていません。ファイルが途中で切れているようです。'
    )


def test_empty_file_and_file_without_rows_are_refused():
    assert refusal(b" \r\n").reason == "ファイルが空です。"
    assert refusal("氏名,ふりがな\r\n".encode()).reason == "見出しの下に行がありません。"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"\xd0\xcf\x11\xe0" + bytes(600),
            "古い形式の Excel(.xls)か、パスワードのかかったファイルです。",
        ),
        (b"%PDF-1.7", "PDF のファイルです。"),
        (b"\x00\x01\x02\x03" * 300, "文字のファイルではありません。"),
    ],
)
def test_other_files_are_named(content, reason):
    assert refusal(content).reason == reason


def zip_of(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_a_zip_named_csv_is_refused():
    error = refusal(zip_of(**{"名簿.csv": TEXT}), "名簿.csv")
    assert error.reason == "名前は .csv ですが、中身は ZIP です。"
    assert error.mend == "中の CSV か xlsx を取り出してから選んでください。"


def test_a_broken_or_half_xlsx_is_refused():
    whole = workbook(("名簿", [["氏名", "生年月日"], ["白樺 花子", "H28.5.1"]]))
    broken = "ファイルが壊れていて開けません。途中で切れているようです。"
    assert refusal(whole[: len(whole) // 2], "a.xlsx").reason == broken
    assert refusal(whole[:-30], "a.xlsx").reason == broken


def test_a_bomb_is_refused_by_what_it_declares():
    content = zip_of(
        **{"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}
    )
    assert len(content) < 200_000
    error = refusal(content, "a.xlsx")
    assert error.reason.startswith("開くと大きくなりすぎるファイルです")
    assert error.mend == "名簿の表だけを新しいファイルに写して保存してください。"


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks():
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b" " * 80_000_000) + packed.flush()
    name, first = b"xl/worksheets/sheet1.xml", zip_of(**{"xl/workbook.xml": "<workbook/>"})
    head = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(body), 1000, len(name), 0
    )
    split = first.index(b"PK\x01\x02")
    central = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(body), 1000,
        len(name), 0, 0, 0, 0, 0, split,
    ) + name  # fmt: skip
    end_at = first.index(b"PK\x05\x06")
    start = split + len(head) + len(name) + len(body)
    directory = first[split:end_at] + central
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(directory), start, 0)
    content = first[:split] + head + name + body + directory + end
    assert zipfile.ZipFile(io.BytesIO(content)).getinfo(name.decode()).file_size == 1000
    assert refusal(content, "a.xlsx").reason.startswith("ファイルが壊れていて")


def test_limits_of_rows_columns_and_letters():
    many = "a,b\n" + "1,2\n" * LIMITS.rows
    assert refusal(many.encode()).reason == "100,000行を超えています。"
    wide = ",".join("a" * 201)
    assert refusal(f"{wide}\n{wide}".encode()).reason == "1行目の列が200を超えています。"
    long = f'a,b\n"{"x" * 2001}",1\n'
    assert "2,000字を超えるセルがあります" in refusal(long.encode()).reason


def test_file_over_the_limit_is_refused_before_it_is_looked_at():
    error = refusal(bytes(LIMITS.file_bytes + 1))
    assert error.reason == "ファイルが大きすぎます(30MB)。1つ30MB、あわせて60MBまでです。"


def test_title_rows_above_the_header_are_passed_by():
    content = f"令和8年度 在籍児童名簿\r\n作成,R8.11.20,緑が丘小学校\r\n\r\n{TEXT}"
    [table] = tables(content.encode())
    assert table.headings == ("氏名", "ふりがな", "生年月日")
    assert [row.number for row in table.rows] == [5, 6]


def test_two_header_rows_become_one():
    upper = "学年,組,番号,氏名,,生年月日\r\n,,,姓,名,\r\n4,1,1,白樺,花子,H28.5.1\r\n"
    assert tables(upper.encode())[0].headings == (
        "学年", "組", "番号", "氏名 姓", "氏名 名", "生年月日",
    )  # fmt: skip
    groups = ",,児童,,保護者1,\r\n学年,組,氏名,ふりがな,氏名,電話\r\n4,1,白樺 花子,しらかば,白樺 恵,090\r\n"
    [table] = tables(groups.encode())
    assert table.headings[2:] == ("児童 氏名", "児童 ふりがな", "保護者1 氏名", "保護者1 電話")
    assert len(table.rows) == 1


def test_xlsx_gives_dates_numbers_and_results_of_formulas():
    from datetime import date

    rows = [["氏名", "生年月日", "出席番号", "電話"], ["白樺 花子", date(2016, 5, 1), 7.0, None]]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet("名簿")
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    sheet.write_formula(1, 3, "=B2&C2", None, "090-0000-0000")
    sheet.write_formula(2, 0, "=A2", None, "")
    book.close()
    [table] = tables(out.getvalue(), "a.xlsx")
    assert table.rows[0].cells == ("白樺 花子", "2016-05-01", "7", "090-0000-0000")
    assert (2, 3, "式の結果です") in table.remarks
    assert any(row == 3 and reason.startswith("式が入っていて") for row, _, reason in table.remarks)


def test_every_sheet_with_a_known_header_is_a_table():
    rows = [["氏名", "ふりがな", "生年月日"], ["白樺 花子", "しらかば はなこ", "H28.5.1"]]
    found = tables(workbook(("1組", rows), ("2組", rows), ("メモ", [["会議"], ["10時"]])), "a.xlsx")
    assert [table.name for table in found] == ["a.xlsx「1組」", "a.xlsx「2組」"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("C",), exclude_characters="\x85\u2028\u2029")),
            min_size=2, max_size=4,
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_rows_written_as_csv_come_back(rows):
    import csv

    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    text = encodings.decode(b"\xef\xbb\xbf" + out.getvalue().encode()).text
    if delimited.delimiter_of(text) == ",":
        assert [list(row.cells) for row in delimited.rows_of(text)] == rows


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_words(content):
    refused = None
    try:
        found = read_file("a.csv", content, is_known)
    except Unreadable as error:
        refused = error
    assert found if refused is None else refused.reason.endswith("。") and refused.mend


def test_the_limit_names_both_sizes():
    assert "1つ30MB、あわせて60MB" in reading_files.too_big(200 << 20).reason
