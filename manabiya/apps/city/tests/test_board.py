"""What each of the board sees: exact numbers, or those that may leave the office."""

from itertools import product

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.jobs import recount_school_day
from manabiya.apps.city import queries
from manabiya.apps.city.tests.conftest import ELEMENTARY, JUNIOR_HIGH
from manabiya.apps.city.words import STAR
from manabiya.kernel.access.policies import Refused
from manabiya.law import school_code
from manabiya.roster.models import CalendarDay, Enrollment, Homeroom, School, Student
from manabiya.roster.models.dated import on_day

BOARD = "/m/shirakabano/board/attendance/"


def board_of(ill, role, **more):
    return queries.board_day(ill.city.actor(role), day=ill.city.today, **more)


def trend_of(ill, role, **more):
    return queries.trend(ill.city.actor(role), board=board_of(ill, role, **more))


def row_of(board, slug):
    return next(row for row in board.rows if row.line.school.slug == slug)


def test_officer_sees_every_number_of_a_school(ill):
    board = board_of(ill, "board_officer")
    row = row_of(board, ELEMENTARY)
    assert dict(row.cells) == {
        "present": row.enrolled - 21, "absent": 12, "disease:influenza": 7, "disease:covid19": 2,
        "other_excused": 0, "not_arrived": 0, "unconfirmed": 0,
    }  # fmt: skip
    assert (row.excused, row.infected, board.total.excused) == (9, 9, 27)
    assert (board.sick, board.other) == (15, 8)
    assert not board.has_hidden


@pytest.mark.parametrize(
    ("role", "shared"), [("board_administrator", False), ("board_officer", True)]
)
def test_small_numbers_are_kept_back_from_others_and_from_what_is_shared(ill, role, shared):
    board = board_of(ill, role, shared=shared)
    row, other = row_of(board, ELEMENTARY), row_of(board, JUNIOR_HIGH)
    assert row.with_disease("covid19") is None
    assert row.excused is None
    assert other.with_disease("covid19") is None, "it would tell the 2 of the other school"
    assert board.total.with_disease("covid19") == 8
    assert board.has_hidden
    for columns in (row.cells, other.cells):
        assert sum(value is None for value in columns.values()) >= 2


def test_children_of_unconfirmed_classes_are_present_nowhere(ill):
    row = row_of(board_of(ill, "board_officer"), JUNIOR_HIGH)
    assert row.line.confirmed_classes == row.line.classes - 2
    assert row.cells["unconfirmed"] > 40
    assert sum(row.cells.values()) == row.enrolled


def test_no_hidden_number_follows_from_the_others(ill):
    """Every table with the same visible cells and sums is tried, one step away at most."""
    exact, board = board_of(ill, "board_officer"), board_of(ill, "board_administrator")
    columns = list(board.total.cells)
    true = [[row.cells[c] for c in columns] for row in exact.rows]
    seen = [[row.cells[c] for c in columns] for row in board.rows]
    places = [(r, c) for r, line in enumerate(seen) for c, n in enumerate(line) if n is None]
    others = []
    for steps in product((-1, 0, 1), repeat=len(places)):
        other = [list(line) for line in true]
        for (r, c), step in zip(places, steps, strict=True):
            other[r][c] += step
        if [sum(line) for line in other] == [sum(line) for line in true] and all(
            board.total.cells[key] in (None, sum(line[c] for line in other))
            for c, key in enumerate(columns)
        ):
            others.append(other)
    for r, c in places:
        assert len({other[r][c] for other in others}) > 1, columns[c]


def test_page_of_the_officer_and_of_the_administrator(ill):
    officer = ill.city.client("board_officer").get(BOARD).content.decode()
    administrator = ill.city.client("board_administrator").get(BOARD).content.decode()
    assert STAR not in officer
    assert STAR in administrator
    assert "少ない人数は伏せています" in administrator
    assert "/board/attendance/schools/" in officer
    assert "/board/attendance/schools/" not in administrator
    assert "病欠 15 ・ 事故欠 8" in officer


def test_why_children_are_absent_is_told_of_the_city_only(ill):
    page = trend_of(ill, "board_officer")
    reasons = {line.reason: line.numbers[-1] for line in page.reasons}
    assert reasons["consultation"] >= 3
    assert reasons["family"] >= 5
    client = ill.city.client("board_officer")
    school = School.objects.get(slug=ELEMENTARY)
    for path in ("", "infections/", f"schools/{school.id}/"):
        text = client.get(BOARD + path).content.decode()
        assert "登校しぶり" not in text
        assert "家庭の都合" not in text
    text = client.get(f"{BOARD}schools/{school.id}/").content.decode()
    assert "事故欠" not in text
    assert "病欠" not in text


def test_reasons_are_kept_back_where_they_are_few(ill):
    page, exact = trend_of(ill, "board_administrator"), trend_of(ill, "board_officer")
    for line, true in zip(page.reasons, exact.reasons, strict=True):
        for seen, number in zip(line.numbers, true.numbers, strict=True):
            assert (seen is None) or seen == number
            assert seen not in range(1, 5)


def test_trend_keeps_back_what_is_small(ill):
    page = ill.city.client("board_administrator").get(f"{BOARD}trend/").content.decode()
    assert "昨年度と比べることはまだできません" in page
    assert "事故欠" not in page
    exact, seen = trend_of(ill, "board_officer"), trend_of(ill, "board_administrator")
    assert [line.day for line in exact.days] == [line.day for line in seen.days]
    for true, line in zip(exact.days, seen.days, strict=True):
        assert (line.sick, line.other) == (None, None)
        assert line.absent == (None if true.absent in range(1, 5) else true.absent)


def test_trend_of_today_never_tells_what_the_board_hides(morning):
    """One disease with two children in the city: every sum that holds it is kept back."""
    morning.confirm(ELEMENTARY)
    morning.confirm(JUNIOR_HIGH)
    morning.suspend(ELEMENTARY, 7, "influenza")
    morning.suspend(ELEMENTARY, 2, "covid19", skip=7)
    morning.suspend(JUNIOR_HIGH, 12, "influenza")
    morning.count()
    board = board_of(morning, "board_administrator")
    assert board.total.with_disease("covid19") is None
    assert board.total.infected is None
    seen = trend_of(morning, "board_administrator")
    assert (seen.days[-1].day, seen.days[-1].excused) == (morning.city.today, None)
    assert seen.weeks[-1].infected is None
    assert trend_of(morning, "board_officer").days[-1].excused == 21
    lines = queries.infections(morning.city.actor("board_administrator"), day=morning.city.today)
    histories = {line.key: line.history for line in lines.lines}
    assert histories["covid19"][-1] is None
    assert not [n for numbers in histories.values() for n in numbers if n in range(1, 5)]


def test_school_page_is_the_officers(ill):
    school = School.objects.get(slug=ELEMENTARY)
    address = f"{BOARD}schools/{school.id}/"
    assert ill.city.client("board_officer").get(address).status_code == 200
    assert ill.city.client("board_administrator").get(address).status_code == 403
    with pytest.raises(Refused):
        queries.school_trend(
            ill.city.actor("board_administrator"), school_id=school.id, today=ill.city.today
        )


def test_school_of_another_municipality_does_not_exist(ill):
    with ill.city.tenant("sawanose"):
        foreign = School.objects.get()
    assert ill.city.client("board_officer").get(f"{BOARD}schools/{foreign.id}/").status_code == 404
    with pytest.raises(Http404):
        queries.school_trend(
            ill.city.actor("board_officer"), school_id=foreign.id, today=ill.city.today
        )


@pytest.mark.parametrize("role", ["principal", "vice_principal", "school_nurse", "guardian"])
def test_nobody_of_a_school_or_family_sees_the_city(ill, role):
    school = "" if role == "guardian" else ELEMENTARY
    with pytest.raises(Refused):
        queries.board_day(ill.city.actor(role, school), day=ill.city.today)
    for path in ("", "infections/", "trend/", "share/", "share/table/"):
        assert ill.city.client(role, school).get(BOARD + path).status_code in (403, 404)


def test_infections_by_disease_and_school(ill):
    page = queries.infections(ill.city.actor("board_officer"), day=ill.city.today)
    assert [(line.key, line.number, line.schools) for line in page.lines] == [
        ("influenza", 19, 2),
        ("covid19", 8, 2),
    ]
    chosen = queries.infections(
        ill.city.actor("board_officer"), day=ill.city.today, disease="covid19"
    )
    tiles = {tile.row.line.school.slug: (tile.number, tile.level)
             for _kind, group in chosen.tiles for tile in group}  # fmt: skip
    assert tiles == {ELEMENTARY: (2, 1), JUNIOR_HIGH: (6, 2)}


def test_infections_of_who_sees_no_small_numbers(ill):
    page = queries.infections(ill.city.actor("board_administrator"), day=ill.city.today)
    lines = {line.key: line for line in page.lines}
    assert lines["covid19"].number == 8
    assert lines["covid19"].schools is None
    assert lines["covid19"].history[-1] == 8
    assert {tile.number for _kind, group in page.tiles for tile in group} == {None}


def test_morning_without_a_confirmed_class(morning):
    board = queries.board_day(morning.city.actor("board_administrator"), day=morning.city.today)
    assert len(board.unconfirmed) == 2
    assert board.total.cells["present"] == 0
    assert not board.has_hidden
    assert board.diseases == ()
    for path in ("", "infections/", "trend/", "share/", "share/table/"):
        client = morning.city.client("board_administrator")
        assert client.get(BOARD + path).status_code == 200, path


def test_other_municipality_sees_its_own(ill):
    page = ill.city.client("board_officer", slug="sawanose").get("/m/sawanose/board/attendance/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "緑が丘小学校" not in text


def add_school(ill, number):
    """Add a school of one class with a child whose day is confirmed and counted."""
    digits = f"B1012999800{number}"
    school = School.objects.create(
        code=f"{digits}{school_code.check_digit(digits)}", slug=f"new-{number}", name=f"新しい{number}小学校",
        phone="0190-20-1111", kind="elementary_school",
    )  # fmt: skip
    room = Homeroom.objects.create(school=school, school_year=2026, name="1年1組")
    CalendarDay.objects.create(school=school, date=ill.city.today, is_school_day=True)
    seat = Enrollment.objects.filter(on_day(ill.city.today), school__slug=ELEMENTARY)[number % 7]
    child = Student.objects.create(
        reference=f"S-new-{number}", family_name="追分", given_name="新", family_kana="おいわけ", given_kana="あらた",
        birth_date=seat.student.birth_date, sex=seat.student.sex,
    )  # fmt: skip
    Enrollment.objects.create(
        student=child, school=school, homeroom=room, grade_level=1, roll_number=1,
        entry="transfer_in", starts_on=ill.city.today,
    )  # fmt: skip
    ill.confirm(school.slug)
    ill.mark(school.slug, 1, status="absent_sick", reason="fever")
    recount_school_day(school.id, ill.city.today)


@pytest.mark.parametrize("path", ["", "infections/", "trend/", "share/", "share/table/"])
def test_same_questions_however_many_schools_there_are(ill, path):
    client = ill.city.client("board_officer")

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BOARD + path).status_code == 200
        return len(captured)

    asked()
    few = asked()
    for number in range(2, 6):
        add_school(ill, number)
    assert "新しい5小学校" in client.get(BOARD).content.decode()
    assert asked() == few
