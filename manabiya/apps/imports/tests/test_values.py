"""Cells to clean values: each kind of trouble with its words, and names that stay as they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.imports.columns import is_known, match_headings
from manabiya.apps.imports.reading import read_file
from manabiya.apps.imports.values import Level, cells, records_of
from manabiya.apps.imports.values.problems import Bad

HEAD = "宛名番号,氏名,フリガナ,性別,生年月日,学校コード,学年,組,番号,保護者氏名,続柄,緊急連絡先"
GOOD = [
    "1",
    "白樺 花子",
    "シラカバ ハナコ",
    "女",
    "H28.5.1",
    "B1",
    "4",
    "1",
    "7",
    "白樺 恵",
    "母",
    "",
]


def read(*rows):
    lines = [HEAD, *[",".join(row) for row in rows]]
    [table] = read_file("児童生徒.csv", "\r\n".join(lines).encode(), is_known)
    return records_of(0, table, match_headings(table.headings, table.name))


def with_cell(heading, value):
    row = list(GOOD)
    row[HEAD.split(",").index(heading)] = value
    return row


def problem_of(heading, value):
    found = read(with_cell(heading, value))
    [problem] = found.problems
    assert (problem.column, problem.line) == (heading, 2)
    assert problem.value == value.strip()[:80]
    assert bool(found.students) == (problem.level is Level.NOTE)
    return problem.level, problem.reason, problem.mend


@pytest.mark.parametrize(
    ("heading", "value", "reason", "mend"),
    [
        ("生年月日", "2014/2/30", "2月30日はありません", "正しい日に直す"),
        ("生年月日", "令和8年2月30日", "2月30日はありません", "正しい日に直す"),
        ("生年月日", "昭和65年1月1日", "昭和にない日です", "元号を確かめる"),
        ("生年月日", "28/5/1", "2桁の年には元号が要ります", "令和8年4月1日や 2026/4/1 のように書く"),
        ("生年月日", "きのう", "日付として読めません", "令和8年4月1日や 2026/4/1 のように書く"),
        ("氏名", "白樺\x07花子", "使えない制御文字(U+0007)があります", "その文字を消す"),
        ("氏名", "白樺 花\ufffd", "文字が化けています", "もとのシステムからもう一度書き出す"),
        ("続柄", "=B2", "式が入っています", "値に直す"),
        ("続柄", "02", "続柄が番号で書かれています", "父、母、祖母 のように書く"),
        ("性別", "不明", "この言葉は読めません", "男 か 女 で書く"),
        ("学年", "四", "学年として読めません", "1から9までの数字で書く"),
        ("番号", "7番の次", "1から999までの数ではありません", "数字に直す"),
        ("フリガナ", "白樺はなこ", "ふりがなに、かな以外の文字があります", "かなに直す"),
        ("宛名番号", "1.23457E+11", "番号が指数の形になっていて、下の桁が失われています",
         "列を文字列にして書き出し直す"),
        ("緊急連絡先", "12345", "電話番号として読めません", "0で始まる10桁か11桁で書く"),
        ("氏名", " ", "書かれていません", "書き足す"),
        ("生年月日", "", "書かれていません", "書き足す"),
    ],
)  # fmt: skip
def test_bad_cells_stop_their_row_with_words(heading, value, reason, mend):
    assert problem_of(heading, value) == (Level.STOP, reason, mend)


@pytest.mark.parametrize(
    ("heading", "value", "reason", "mend"),
    [
        ("フリガナ", "ｼﾗｶﾊﾞ ﾊﾅｺ", "半角カナです", "全角に直して取り込みます"),
        ("緊急連絡先", "9012340000", "先頭の0が落ちているようです", "090-1234-0000 として取り込みます"),
        ("生年月日", "42491", "Excel の日付の番号です", "2016-05-01 として取り込みます"),
        ("氏名", "白樺 〓子", "書けない字の代わりの記号(〓・?など)が入っています", "正しい字を確かめる"),
        ("氏名", "白樺 \ue000", "外字が入っています",
         "このまま取り込みます。画面では出ないことがあります"),
        ("氏名", "𠮷岡 花子", "CP932(古い Windows の文字)では書けない字です: 𠮷",
         "このまま取り込みます。CP932 で書き出すときだけ代わりの字にします"),
    ],
)  # fmt: skip
def test_odd_cells_are_taken_with_a_remark(heading, value, reason, mend):
    assert problem_of(heading, value) == (Level.NOTE, reason, mend)


def test_a_row_is_clean_in_every_spelling():
    row = ["１２３", "  白樺　花子 ", "ｼﾗｶﾊﾞ　ﾊﾅｺ", "女子", "平成２８年５月１日", "Ｂ1", "小4",
           "１組", "７番", "白樺恵", "母", "０９０－００００－００００"]  # fmt: skip
    [student] = read(row).students
    assert student.reference == "123"
    assert (student.name.family, student.name.given) == ("白樺", "花子")
    assert (student.name.family_kana, student.name.given_kana) == ("しらかば", "はなこ")
    assert student.sex == "female"
    assert student.birth_date == date(2016, 5, 1)
    assert (student.place.grade_level, student.place.roll_number) == (4, 7)
    [guardian] = student.guardians
    assert (guardian.name.whole, guardian.phone) == ("白樺恵", "090-0000-0000")


@pytest.mark.parametrize(
    "name", ["葛󠄀城", "\ufa19田", "𠮷岡", "髙﨑", "がく".replace("が", "か\u3099")]
)
def test_legal_names_are_kept_letter_by_letter(name):
    [student] = read(with_cell("氏名", f"{name} 花子")).students
    assert student.name.family == name


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Z"), exclude_characters=',"=\ufffd'),
               min_size=1, max_size=10))  # fmt: skip
def test_no_letter_of_a_name_is_ever_changed(family):
    found = cells.checked(f"{family} 花子")
    assert found == f"{family} 花子"
    assert cells.legal_name(family)[0] == family


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_as_a_spreadsheet_counts_it_comes_back(day):
    serial = (day - date(1899, 12, 30)).days
    if serial in cells.SERIALS:
        assert cells.day(str(serial))[0] == day


@given(st.text(max_size=40))
def test_no_text_breaks_a_cell(text):
    for clean in (cells.day, cells.kana, cells.phone, cells.postal, cells.reference, cells.grade,
                  cells.roll_number, cells.school_year, cells.relationship):  # fmt: skip
        refused = None
        try:
            clean(text)
        except Bad as bad:
            refused = bad
        assert refused is None or (refused.reason and refused.mend)


def test_half_a_last_row_is_a_file_cut_off():
    found = read(GOOD, GOOD[:4])
    assert next((p.line, p.reason) for p in found.problems if p.level is Level.STOP) == (
        3, "最後の行の列が足りません。ファイルが途中で切れているようです",
    )  # fmt: skip
    assert len(found.students) == 1


def test_a_row_with_too_many_cells_is_stopped():
    found = read([*GOOD, "余り"], GOOD)
    [problem] = found.problems
    assert problem.reason == "列が多すぎます(13列。見出しは12列)"
    assert len(found.students) == 1


def test_columns_in_any_order_give_the_same_child():
    [one] = read(GOOD).students
    order = [4, 0, 11, 3, 2, 1, 10, 9, 8, 7, 6, 5]
    head = ",".join(HEAD.split(",")[n] for n in order)
    row = ",".join(GOOD[n] for n in order)
    [table] = read_file("児童生徒.csv", f"{head}\r\n{row}".encode(), is_known)
    [other] = records_of(0, table, match_headings(table.headings, table.name)).students
    assert other == one
