"""Four classes whose cells were written by hand: document, screen, PDF and workbook equal them.

The pictures are written anew with ``WRITE_PICTURES=1`` and looked at by people.
"""

import io
import json
import os
import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from python_calamine import CalamineWorkbook

from manabiya.apps.register import papers, queries, services
from manabiya.apps.register.document import SUMS, canonical
from manabiya.apps.register.grid import grid_of
from manabiya.apps.register.tests.conftest import OCTOBER, Room
from manabiya.apps.register.tests.small_classes import MADE_AT, SMALL, close, make, october

PICTURES = Path(__file__).with_name("pictures")
STATES = {"#": "off", "/": "out"}
NOTHING = papers.Standing("締め済み", 1, "ab" * 32, {})


@pytest.fixture(params=SMALL, ids=lambda small: small.name)
def closed(request, scope):
    """Return the small class and its month, closed by the steps there are."""
    small = request.param
    room = Room(scope, make(small, scope))
    services.check_month(**room.of(room.actor("vice_principal")))
    version = services.close_month(**room.of(room.actor("vice_principal")))
    return small, room, version


def wanted(child):
    """Return a child's texts as they were written by hand."""
    marks = ["" if mark in ".#/" else mark for mark in child.shown.split()]
    assert len(marks) == 31
    return [str(child.number), child.name, *marks, *map(str, child.sums), child.remarks]


def plain(text):
    return re.sub(r"\s", "", text)


def test_stored_copy_equals_what_was_written_by_hand(closed):
    small, _room, version = closed
    document = json.loads(version.document)
    grid = grid_of(document)
    assert [row.texts() for row in grid.rows] == [wanted(child) for child in small.children]
    for row, child in zip(grid.rows, small.children, strict=True):
        states = [STATES.get(mark, "") for mark in child.shown.split()]
        assert [cell.state for cell in row.cells] == states
        assert row.grade == child.grade
    assert grid.totals == small.totals
    assert document["rate"] == small.rate
    there = document["enrolled"]
    assert (there["first"], there["came"], there["left"], there["last"]) == small.enrolled
    assert papers.class_line(document) == small.line
    assert list(SUMS) == [
        "school_days", "excused", "suspension", "bereavement", "required", "absent",
        "absent_sick", "absent_other", "attended", "late", "left_early", "deemed",
    ]  # fmt: skip


def test_facility_of_deemed_days_stands_in_the_remarks(scope):
    from datetime import date

    from manabiya.apps.attendance.models import ExcusedPeriod
    from manabiya.roster.models import Enrollment

    room_id = make(SMALL[0], scope)
    seat = Enrollment.objects.get(homeroom_id=room_id, roll_number=3)
    actor = scope.actor("principal", "midorigaoka")
    ExcusedPeriod.objects.create(
        student_id=seat.student_id, school_id=seat.school_id, kind="deemed_present",
        status="decided", facility="ふれあい教室", first_day=date(2026, 10, 22),
        last_day=date(2026, 10, 23), proposed_by_id=actor.person_id, proposed_at=scope.now(),
        decided_by_id=actor.person_id, decided_at=scope.now(),
    )  # fmt: skip
    live = queries.live_month(room_id, OCTOBER, scope.today)
    remarks = [row["remarks"] for row in live.document["rows"]]
    assert remarks == ["", "10/16転出", "10/20転入 出席扱い2(ふれあい教室)"]


def test_grade_whose_only_class_is_closed_has_no_school_day(scope):
    """複式 3・4年 is the only class of its grades there: J falls for both, S stays 0."""
    from manabiya.roster.models import Enrollment, Homeroom, School

    room_id = make(SMALL[1], scope)
    there = School.objects.create(
        code="B101220209999", slug="hitotsu", name="一つ小学校", kind="elementary_school"
    )
    for rows in (
        Homeroom.objects.filter(pk=room_id),
        Enrollment.objects.filter(homeroom_id=room_id),
    ):
        rows.update(school=there)
    october(there)
    close(there, scope, homeroom_id=room_id, first=27, last=28)
    document = queries.live_month(room_id, OCTOBER, scope.today).document
    sums = [tuple(row["sums"][name] for name in SUMS) for row in document["rows"]]
    assert sums == [
        (19, 0, 0, 0, 19, 1, 0, 1, 18, 0, 0, 0), (18, 1, 0, 1, 17, 0, 0, 0, 17, 0, 0, 0),
    ]  # fmt: skip
    assert document["grade_days"] == {"3": 19, "4": 18}
    assert [row["cells"][26:28] for row in document["rows"]] == [["x", "x"]] * 2


def test_live_rows_equal_the_stored_copy(closed):
    _small, room, version = closed
    live = queries.live_month(room.id, OCTOBER, room.city.today)
    assert live.text == version.document == canonical(live.document)


def test_workbook_equals_what_was_written_by_hand(closed):
    small, room, _version = closed
    address = f"/m/shirakabano/school/midorigaoka/register/{room.id}/2026-10/file/xlsx/"
    answer = room.city.client("vice_principal", "midorigaoka").get(address)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head == ["番", "氏名", *map(str, range(1, 32)), *SUMS.values(), "備考"]
    said = [[str(int(c)) if isinstance(c, float) else c for c in row] for row in rows]
    assert said == [wanted(child) for child in small.children]


def test_screen_equals_what_was_written_by_hand(closed):
    small, room, _version = closed
    address = f"/m/shirakabano/school/midorigaoka/register/{room.id}/2026-10/"
    html = room.city.client("vice_principal", "midorigaoka").get(address).content.decode()
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    found = []
    for line in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
        cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line, re.DOTALL)
        found.append([unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells])
    assert found == [wanted(child) for child in small.children]
    assert small.line in html
    assert "締め済み(確認前)" in html


def pages_of(content):
    document = pypdfium2.PdfDocument(content)
    return [document[n] for n in range(len(document))]


def test_paper_equals_what_was_written_by_hand(closed):
    small, _room, version = closed
    document = json.loads(version.document)
    content = papers.month_pdf(document, NOTHING, MADE_AT)
    (page,) = pages_of(content)
    width, height = page.get_size()
    assert (round(width), round(height)) == (842, 595)
    text = plain(page.get_textpage().get_text_range())
    for child in small.children:
        assert plain("".join(wanted(child))) in text
    assert plain(small.line) in text
    for word in ("出席簿令和8年10月", "白樺野市立緑が丘小学校", "以下余白", "1/1頁", "凡例"):
        assert word in text
    assert re.search(r"校長.+\(4/1〜3/31\)担任―", text)


@pytest.mark.parametrize("closed", SMALL[:3], indirect=True, ids=lambda small: small.name)
def test_paper_looks_like_its_picture(closed):
    small, _room, version = closed
    document = {
        **json.loads(version.document),
        "principals": [{"name": "校長 太郎", "from": "2026-04-01", "until": None}],
        "teachers": [{"name": "担任 花", "from": "2026-04-01", "until": "2026-10-15"}],
    }
    (page,) = pages_of(papers.month_pdf(document, NOTHING, MADE_AT))
    found = page.render(scale=1.2).to_pil().convert("L")
    file = PICTURES / f"{small.kind}.png"
    if os.environ.get("WRITE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        found.save(file, optimize=True)
    kept = Image.open(file).convert("L")
    assert kept.size == found.size
    assert ImageStat.Stat(ImageChops.difference(kept, found)).mean[0] < 0.02


def test_forty_long_names_stand_on_one_page_with_every_font_inside(closed):
    _small, _room, version = closed
    document = json.loads(version.document)
    row = {**document["rows"][0], "name": "勅使河原勅使河原 アレハンドロ健太郎"}
    document["rows"] = [{**row, "number": n} for n in range(1, 41)]
    (page,) = pages_of(papers.month_pdf(document, NOTHING, MADE_AT))
    raw = pypdfium2.raw
    fonts = [raw.FPDFTextObj_GetFont(o) for o in page.get_objects([raw.FPDF_PAGEOBJ_TEXT])]
    assert len(fonts) > 100
    assert all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
