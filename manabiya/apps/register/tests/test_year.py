"""The year of a class: two months written by hand, on the page, on paper, in the workbook."""

import io
import re
from datetime import date
from html import unescape

import pypdfium2
import pytest
from django.http import Http404
from python_calamine import CalamineWorkbook

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.register import queries, services, year_papers
from manabiya.apps.register.document import SUMS
from manabiya.apps.register.tests.conftest import OCTOBER, Room
from manabiya.apps.register.tests.small_classes import (
    MADE_AT,
    REGULAR,
    SEPTEMBER_SUMS,
    YEAR_REMARKS,
    YEAR_SUMS,
    YEAR_TOTALS,
    make_two_months,
)
from manabiya.roster.models import Homeroom

SEPTEMBER, LAST = date(2026, 9, 1), date(2026, 10, 31)
BASE = "/m/shirakabano/school/midorigaoka/register/"
NAMES = [child.name for child in REGULAR.children]
OCTOBER_SUMS = {child.name: child.sums for child in REGULAR.children}


@pytest.fixture(autouse=True)
def last_of_october(city, monkeypatch):
    """It is the last day of October for whoever opens a page."""
    now = city.now(16).replace(month=10, day=31)
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: now)


@pytest.fixture
def open_room(scope):
    return Room(scope, make_two_months(scope))


@pytest.fixture
def room(open_room):
    """Return the class with both months closed."""
    for month in (SEPTEMBER, OCTOBER):
        asked = open_room.of(open_room.actor("vice_principal"), month=month)
        services.check_month(**asked)
        services.close_month(**asked)
    return open_room


def page_of(room, today=LAST):
    return queries.year_page(room.actor("principal"), homeroom_id=room.id, today=today)


def values(sums):
    return tuple(sums[name] for name in SUMS)


def plain(text):
    return re.sub(r"\s", "", text)


def test_totals_for_report_cards_and_records_equal_what_was_written_by_hand(room):
    school = Homeroom.objects.get(pk=room.id).school_id
    names = {row.student: row.name for row in page_of(room).sheet.rows}
    found = queries.year_totals(school, 2026, OCTOBER)
    assert {names[child]: values(total.sums) for child, total in found.items()} == YEAR_SUMS
    assert {names[child]: total.months for child, total in found.items()} == {
        NAMES[0]: (SEPTEMBER, OCTOBER), NAMES[1]: (SEPTEMBER, OCTOBER), NAMES[2]: (OCTOBER,),
    }  # fmt: skip
    first = queries.year_totals(school, 2026, SEPTEMBER)
    assert {names[child]: values(total.sums) for child, total in first.items()} == SEPTEMBER_SUMS


def test_totals_of_some_children_are_those_of_the_school(room):
    school = Homeroom.objects.get(pk=room.id).school_id
    everybody = queries.year_totals(school, 2026, OCTOBER)
    some = sorted(everybody)[:2]
    assert queries.year_totals(school, 2026, OCTOBER, students=some) == {
        child: everybody[child] for child in some
    }
    assert len(everybody) > len(some)


@pytest.mark.parametrize("state", ["room", "open_room"])
def test_year_equals_what_was_written_by_hand_closed_or_not(request, state):
    page = page_of(request.getfixturevalue(state))
    sheet = page.sheet
    assert [row.name for row in sheet.rows] == NAMES
    assert {row.name: values(row.sums) for row in sheet.rows} == YEAR_SUMS
    assert tuple(row.remarks for row in sheet.rows) == YEAR_REMARKS
    for row in sheet.rows:
        found = [month and values(month) for month in row.months]
        assert found[5:7] == [SEPTEMBER_SUMS.get(row.name), OCTOBER_SUMS[row.name]]
        assert found[:5] + found[7:] == [None] * 10
    assert values(sheet.whole.sums) == YEAR_TOTALS
    figures = {word: cells for word, cells in year_papers.class_figures(sheet)}
    assert figures["授業日数"][5:7] + figures["授業日数"][-1:] == ["19", "21", "40"]
    assert figures["転入"][5:7] == ["2", "1"]
    assert figures["出席率(%)"][5:7] + figures["出席率(%)"][-1:] == ["97.3", "94.6", "95.9"]
    assert figures["在籍 月末"][4:8] == ["0", "2", "2", ""]
    kind = "closed" if state == "room" else "open"
    assert page.states == (*["open"] * 5, kind, kind, *[""] * 5)


def test_closed_months_are_read_as_they_were_written_down(room):
    seat = page_of(room).sheet.rows[0].student
    AttendanceMark.objects.filter(student_id=seat, late=True).update(late=False, left_early=True)
    assert values(page_of(room).sheet.rows[0].sums) == YEAR_SUMS[NAMES[0]]


def test_months_ahead_are_not_there_and_open_ones_are_named(room):
    page = page_of(room, date(2026, 11, 20))
    standing = year_papers.standing_of(page, date(2026, 11, 20))
    assert standing.sums == "11/20までの計"
    assert (
        "締めた月: 9月・10月。まだ締めていない月: 4月・5月・6月・7月・8月・11月" in standing.months
    )
    assert "未確認 延べ28人日は授業日数にだけ入っています" in standing.months
    assert page.states[8:] == ("", "", "", "")


def cells_of(line):
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]


def bodies(html):
    return [
        [cells_of(line) for line in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
        for body in re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    ]


def test_screen_equals_what_was_written_by_hand(room):
    client = room.city.client("principal", "midorigaoka")
    html = client.get(f"{BASE}{room.id}/year/").content.decode()
    year, months, _figures = bodies(html)
    assert year == [
        [str(n), name, *map(str, YEAR_SUMS[name]), remarks]
        for n, (name, remarks) in enumerate(zip(NAMES, YEAR_REMARKS, strict=True), 1)
    ]
    assert [(row[7], row[8], row[-1]) for row in months] == [
        ("1", "1", "2"), ("0", "1", "1"), ("在籍外", "0", "0"),
    ]  # fmt: skip
    html = client.get(f"{BASE}{room.id}/year/?of=late").content.decode()
    assert [row[-1] for row in bodies(html)[1]] == ["2", "1", "0"]
    assert client.get(f"{BASE}{room.id}/year/?of=nothing").status_code == 200


def test_workbook_equals_what_was_written_by_hand(room):
    answer = room.city.client("principal", "midorigaoka").get(f"{BASE}{room.id}/year/file/xlsx/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["10月31日までの計", "月ごと", "学級"]
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head == ["番", "氏名", *SUMS.values(), "備考"]
    assert [tuple(map(int, row[2:-1])) for row in rows] == [YEAR_SUMS[name] for name in NAMES]
    _head, *months = book.get_sheet_by_index(1).to_python()
    found = {(row[1], int(row[2])): tuple(map(int, row[3:])) for row in months}
    assert found == {(name, 9): sums for name, sums in SEPTEMBER_SUMS.items()} | {
        (name, 10): sums for name, sums in OCTOBER_SUMS.items()
    }


def pages_of(content):
    document = pypdfium2.PdfDocument(content)
    return [document[n] for n in range(len(document))]


def test_paper_equals_what_was_written_by_hand(room):
    pages = pages_of(year_papers.year_pdf(page_of(room), LAST, MADE_AT))
    texts = [plain(page.get_textpage().get_text_range()) for page in pages]
    assert len(pages) == 4
    for n, (page, text) in enumerate(zip(pages, texts, strict=True), 1):
        assert [round(size) for size in page.get_size()] == [842, 595]
        assert f"{n}/4頁" in text
        assert "以下余白" in text
    for name, remarks in zip(NAMES, YEAR_REMARKS, strict=True):
        assert plain(f"{name}{''.join(map(str, YEAR_SUMS[name]))}{remarks}") in texts[0]
    assert "".join(map(str, YEAR_TOTALS)) in texts[0]
    for word in ("年間の出席簿令和8年度", "白樺野市立緑が丘小学校", "10/31までの計"):
        assert word in texts[0]
    assert plain(f"1{NAMES[0]}1921401231122") in texts[1]
    raw = pypdfium2.raw
    for page in pages:
        fonts = [raw.FPDFTextObj_GetFont(o) for o in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])]
        assert fonts
        assert all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


def test_who_may_is_who_may_read_the_month(room):
    for role in ("school_nurse", "academic_affairs_head", "vice_principal"):
        client = room.city.client(role, "midorigaoka")
        for more in ("", "file/pdf/", "file/xlsx/"):
            assert client.get(f"{BASE}{room.id}/year/{more}").status_code == 200
    for role in ("office_staff", "subject_teacher"):
        assert room.city.client(role, "midorigaoka").get(f"{BASE}{room.id}/year/").status_code in (
            403, 404,
        )  # fmt: skip
    other = room.city.client("principal", "higashikawabata")
    there = BASE.replace("midorigaoka", "higashikawabata")
    assert other.get(f"{there}{room.id}/year/").status_code == 404
    with pytest.raises(Http404):
        queries.year_page(
            room.actor("principal", "higashikawabata"), homeroom_id=room.id, today=LAST
        )


def test_year_of_a_class_asks_the_same_however_many_children(room, django_assert_max_num_queries):
    actor = room.actor("principal")
    with django_assert_max_num_queries(16):
        queries.year_page(actor, homeroom_id=room.id, today=LAST)
    big = room.city.homeroom_id("1年1組")
    with django_assert_max_num_queries(16):
        queries.year_page(actor, homeroom_id=big, today=LAST)
