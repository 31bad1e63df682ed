"""The spreadsheet and the page for paper: small numbers hidden, whoever asks."""

import io

import pytest
from python_calamine import CalamineWorkbook

from manabiya.apps.city.words import STAR

BOARD = "/m/shirakabano/board/attendance/"


def sheets_of(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("role", ["board_officer", "board_administrator"])
def test_workbook_hides_small_numbers_whoever_asks(ill, role):
    answer = ill.city.client(role).get(f"{BOARD}share/table/")
    assert answer.status_code == 200
    sheets = sheets_of(answer)
    assert list(sheets) == ["学校ごと", "感染症による出席停止", "週ごと", "休んだ理由", "読み方"]
    schools = {row[0]: row for row in sheets["学校ごと"][1:]}
    assert schools["緑が丘小学校"][6] == STAR
    assert schools["市の計"][5:7] == [23, 27]
    diseases = {row[0]: row for row in sheets["感染症による出席停止"]}
    assert diseases["緑が丘小学校"][2] == STAR
    assert diseases["市の計"][1:] == [19, 8]
    for rows in sheets.values():
        for row in rows[1:]:
            assert not [n for n in row[3:] if isinstance(n, float | int) and 1 <= n <= 4]
    assert any("少ない人数は伏せています" in str(row) for row in sheets["読み方"])


def test_page_for_paper_hides_small_numbers_from_the_officer_too(ill):
    page = ill.city.client("board_officer").get(f"{BOARD}share/").content.decode()
    assert STAR in page
    assert "共有用(少ない人数を伏せています)" in page
    assert "/board/attendance/schools/" not in page


@pytest.mark.parametrize("path", ["", "infections/", "trend/"])
def test_exact_pages_are_not_for_the_printer(ill, path):
    officer = ill.city.client("board_officer").get(BOARD + path).content.decode()
    administrator = ill.city.client("board_administrator").get(BOARD + path).content.decode()
    assert '<div class="cityday noprint">' in officer
    assert "この画面には少ない人数も出ているため、印刷できません" in officer
    assert '<div class="cityday">' in administrator
