"""The class page asks the same number of questions for 5 and for 40 children."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.roster.models import Enrollment, Student

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
GIVES_BACK = "SELECT set_config('app.municipality_id', '', true)"


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


def fill(city, homeroom_id, count):
    """Make the class hold exactly ``count`` children."""
    seats = list(Enrollment.objects.filter(homeroom_id=homeroom_id).order_by("roll_number"))
    for seat in seats[count:]:
        Enrollment.objects.filter(pk=seat.pk).update(ends_on=seat.starts_on)
    model = seats[0]
    for number in range(len(seats), count):
        student = Student.objects.create(
            family_name="勅使河原" * 3,
            given_name="アレハンドロ健太郎",
            family_kana="てしがわら",
            given_kana="けんたろう",
            birth_date=Student.objects.get(pk=model.student_id).birth_date,
            sex="male",
            reference=f"X{number}",
        )
        Enrollment.objects.create(
            student=student,
            school_id=model.school_id,
            homeroom_id=homeroom_id,
            grade_level=model.grade_level,
            roll_number=number + 1,
            starts_on=model.starts_on,
        )


def asked(client, address, data=None):
    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, data) if data else client.get(address)
    assert response.status_code == (302 if data else 200)
    sqls = [query["sql"] for query in captured.captured_queries]
    # the outer transaction of a test makes tenant() give the setting back: not so in production
    return [sql for sql in sqls if not sql.startswith(CONTROL) and sql != GIVES_BACK]


@pytest.mark.parametrize("children", [5, 40])
@pytest.mark.parametrize(("role", "limit"), [("homeroom_teacher", 11), ("vice_principal", 12)])
def test_class_page_asks_at_most_twelve(city, children, role, limit):
    with city.tenant():
        homeroom_id = city.homeroom_id("1年1組")
        fill(city, homeroom_id, children)
    client = city.client(role, "midorigaoka")
    address = f"/m/shirakabano/school/midorigaoka/attendance/class/{homeroom_id}/2026-11-20/"
    asked(client, address)
    assert len(asked(client, address)) == limit


def test_class_page_of_35_children_fits_in_25_kilobytes(city):
    with city.tenant():
        homeroom_id = city.homeroom_id("1年1組")
        fill(city, homeroom_id, 35)
    client = city.client("homeroom_teacher", "midorigaoka")
    address = f"/m/shirakabano/school/midorigaoka/attendance/class/{homeroom_id}/2026-11-20/"
    assert len(client.get(address).content) <= 25 * 1024


@pytest.mark.parametrize(
    ("role", "address", "limit"),
    [
        ("board_officer", "/m/shirakabano/board/attendance/", 10),
        ("vice_principal", "/m/shirakabano/school/midorigaoka/attendance/", 17),
        ("guardian", "/m/shirakabano/family/", 12),
    ],
)
def test_lists_ask_a_fixed_number(city, role, address, limit):
    client = city.client(role, "midorigaoka" if role == "vice_principal" else "")
    asked(client, address)
    assert len(asked(client, address)) <= limit


def test_guardians_report_reads_nothing_twice(city):
    client = city.client("guardian")
    home = client.get("/m/shirakabano/family/").content.decode()
    address = re.search(r'href="(/m/shirakabano/family/report/[^"?]+)', home)[1]
    data = {"kind": "absent", "date": "2026-11-20", "reason": "fever", "key": "k"}
    sqls = asked(client, address, data)
    assert len(sqls) == 13
    assert sum('"roster_guardianright"."can_report"' in sql for sql in sqls) == 1
    assert sum('FROM "roster_calendarday"' in sql for sql in sqls) == 1


def test_report_for_a_day_that_is_no_choice_says_so_at_the_day(city):
    client = city.client("guardian")
    home = client.get("/m/shirakabano/family/").content.decode()
    address = re.search(r'href="(/m/shirakabano/family/report/[^"?]+)', home)[1]
    data = {"kind": "absent", "date": "2026-11-22", "reason": "fever", "key": "k"}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"date"}
