"""The board reads kept numbers: those of the rows, never a name, never one school's causes."""

import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from python_calamine import CalamineWorkbook

from manabiya.apps.statistics import periods, queries, services
from manabiya.apps.statistics.counting import NAMES
from manabiya.apps.statistics.counts import recount_school
from manabiya.apps.statistics.jobs import recount_soon
from manabiya.apps.statistics.models import SchoolPeriodCount
from manabiya.apps.statistics.queries.reading import count_school
from manabiya.apps.statistics.sharing import HIDDEN, hidden_in
from manabiya.apps.statistics.tests.conftest import BOARD
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.models import School, Student


@pytest.fixture
def counted(year, city):
    for school in School.objects.all():
        recount_school(school.id, 2026, city.today)
    return year


def page(city, slug=""):
    return queries.city_statistics(city.actor("board_officer"), slug=slug, today=city.today)


@pytest.mark.parametrize("slug", ["2026", "m2026-10"])
def test_each_school_is_what_its_rows_come_to(counted, city, slug):
    period = periods.find(slug, ())
    found = page(city, slug)
    for line in found.lines:
        tally = count_school(line.school.id, [period], city.today).sums(0)
        assert [line.tally.of(kind) for kind in NAMES] == [tally.of(kind) for kind in NAMES]
    assert found.total.required == sum(line.tally.required for line in found.lines) > 0


def test_the_page_holds_no_name_and_no_cause_of_a_school(counted, city):
    services.decide_cause(
        actor=city.actor("principal", "midorigaoka"),
        student_id=counted.long_absent[0].student_id,
        cause="non_attendance",
        now=city.now(),
    )
    run_jobs()
    text = city.client("board_officer").get(f"{BOARD}statistics/").content.decode()
    for student in Student.objects.all():
        assert student.name not in text
    found = page(city)
    assert dict(found.causes) == {"病気": 0, "経済的理由": 0, "不登校": 1, "その他": 0,
                                  "まだ決めていません": len(counted.long_absent) - 1}  # fmt: skip
    schools = re.search(r'id="schools".*?</section>', text, re.DOTALL)[0]
    assert "不登校" not in schools
    assert len(re.findall(r'<th scope="col"', schools)) == 11
    assert "病欠" not in re.search(r"<thead>.*?</thead>", schools)[0]


def test_a_city_of_one_school_shows_no_causes(city):
    with city.tenant("sawanose"):
        for school in School.objects.all():
            recount_school(school.id, 2026, city.today)
        found = queries.city_statistics(
            city.actor("board_officer", slug="sawanose"), slug="", today=city.today
        )
        assert len(found.lines) == 1
        assert found.causes is None
    page = city.client("board_officer", slug="sawanose").get("/m/sawanose/board/statistics/")
    assert "不登校" not in page.content.decode()


def waiting():
    """Return how many recounts of a school's year wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name LIKE '%statistics.recount'"
        )
        return cursor.fetchone()[0]


def test_an_event_recounts_the_year_some_minutes_later_and_only_once(year, city):
    keys = {"school": str(year.school_id), "date": "2026-11-19"}
    for _ in range(3):
        recount_soon(keys)
    assert not SchoolPeriodCount.objects.filter(kind="covid19").exists()
    assert waiting() == 1
    run_jobs()
    assert waiting() == 0
    row = SchoolPeriodCount.objects.get(school_id=year.school_id, span="week", kind="covid19")
    assert (row.first_day, row.count) == (date(2026, 10, 19), len(year.rooms))


def test_what_attendance_counts_anew_reaches_the_statistics(year, city):
    from manabiya.apps.attendance.jobs import recount

    recount({"school": str(year.school_id), "date": "2026-11-19"})
    run_jobs()
    rows = SchoolPeriodCount.objects.filter(school_id=year.school_id, span="month")
    assert rows.filter(kind="attended").count() >= 3


def test_recounting_takes_back_what_is_no_more(counted, city):
    from manabiya.apps.attendance.models import ExcusedPeriod

    ExcusedPeriod.objects.filter(disease="covid19").update(status="withdrawn")
    recount_school(counted.school_id, 2026, city.today)
    assert not SchoolPeriodCount.objects.filter(kind="covid19").exists()


def test_verify_names_a_number_that_was_changed_and_mends_it(counted):
    row = SchoolPeriodCount.objects.filter(school_id=counted.school_id, kind="attended")[0]
    right = row.count
    SchoolPeriodCount.objects.filter(pk=row.pk).update(count=right + 7)
    first, last = row.first_day, periods.month_of(row.first_day).last
    found = compared(first, last)
    assert [(d.what, d.stored, d.counted) for d in found] == [("month:attended", right + 7, right)]
    from manabiya.apps.statistics.comparing import mend

    mend(found[0])
    assert compared(first, last) == []
    assert SchoolPeriodCount.objects.get(pk=row.pk).count == right


def compared(first, last):
    from manabiya.apps.statistics.comparing import compare

    return list(compare(first=first, last=last, school_id=None))


def test_a_change_nobody_was_told_of_is_found(counted, city):
    from manabiya.apps.attendance.models import AttendanceMark

    mark = AttendanceMark.objects.filter(status="absent_sick", homeroom__in=counted.rooms)[0]
    mark.delete()
    whats = {difference.what for difference in compared(date(2026, 4, 1), city.today)}
    assert {"month:absent_sick", "month:attended"} <= whats


def test_the_workbook_hides_small_numbers_and_what_would_tell_them(counted, city):
    answer = city.client("board_officer").get(f"{BOARD}statistics/m2026-10/file/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    schools = book.get_sheet_by_index(0).to_python()
    heads = schools[0]
    for row in schools[1:-1]:
        for head, value in zip(heads[4:], row[4:], strict=True):
            assert value == HIDDEN or value == 0 or value > 4, (row[0], head)
        absent = row[heads.index("欠席")]
        if absent == HIDDEN:
            assert (row[2], row[3]) == (HIDDEN, HIDDEN)
        else:
            assert row[1] - row[2] == absent
    assert "伏せています" in schools[-1][0]
    assert any(HIDDEN in row for row in schools)


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [([0, 0], set()), ([9, 12], set()), ([3, 12], {0, 1}), ([3], {0, 1}), ([3, 0, 20], {0, 2})],
)
def test_a_hidden_cell_of_a_column_is_never_alone(numbers, hidden):
    found = hidden_in(numbers)
    assert found == hidden or (len(found) > 1 and hidden <= found | {len(numbers)})


@pytest.mark.parametrize("role", ["principal", "school_nurse"])
def test_schools_do_not_open_the_boards_page(city, role):
    assert city.client(role, "midorigaoka").get(f"{BOARD}statistics/").status_code in (403, 404)


@pytest.mark.parametrize("slug", ["2024", "x", "m2027-01", "2026-1", "d2026-11-02_2026-11-04"])
def test_other_periods_are_404(city, slug):
    assert city.client("board_officer").get(f"{BOARD}statistics/{slug}/file/").status_code == 404


def test_two_queries_however_many_schools(counted, city, django_assert_num_queries):
    actor = city.actor("board_officer")
    with django_assert_num_queries(2):
        queries.city_statistics(actor, slug="", today=city.today)


def test_the_command_verifies_the_statistics_too(counted):
    SchoolPeriodCount.objects.filter(school_id=counted.school_id, kind="late").delete()
    out = io.StringIO()
    with pytest.raises((CommandError, SystemExit)):
        call_command(
            "projections", "verify", "--municipality", "shirakabano", "--school", "midorigaoka",
            "--from", "2026-09-01", "--to", "2026-11-20", stdout=out,
        )  # fmt: skip
    assert "late" in out.getvalue()
