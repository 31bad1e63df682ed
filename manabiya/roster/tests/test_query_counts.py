"""Lists of the roster ask the same number of questions for 5 rows and for 500."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.roster.models import (
    Address,
    Enrollment,
    FormerName,
    Guardian,
    GuardianRight,
    ParentalAuthority,
    SchoolDuty,
    Student,
)

BASE = "/m/shirakabano/school/midorigaoka/"
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
GIVES_BACK = "SELECT set_config('app.municipality_id', '', true)"


def asked(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    sqls = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in sqls if not sql.startswith(CONTROL) and sql != GIVES_BACK])


def of_every_page(client):
    """Return what a page asks that shows nothing of its own."""
    return asked(client, f"{BASE}school/") - 3


def fill(city, count):
    """Let 1年1組 hold at least ``count`` children."""
    with city.tenant():
        model = Enrollment.objects.filter(homeroom_id=city.homeroom_id("1年1組"))[0]
        students = [
            Student(
                family_name="勅使河原", given_name=str(n), family_kana="てしがわら",
                given_kana="あ", birth_date=model.student.birth_date, sex="male", reference=f"Q{n}",
            )
            for n in range(count)
        ]  # fmt: skip
        for student in students:
            student.fill_keys()
        Student.objects.bulk_create(students)
        Enrollment.objects.bulk_create(
            Enrollment(
                student=student, school_id=model.school_id, homeroom_id=model.homeroom_id,
                grade_level=1, roll_number=100 + n, starts_on=model.starts_on,
            )
            for n, student in enumerate(students)
        )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "homeroom_teacher"])
def test_five_hundred_students_ask_at_most_ten_beyond_every_page(city, role):
    client = city.client(role, "midorigaoka")
    asked(client, f"{BASE}students/")
    few = asked(client, f"{BASE}students/")
    fill(city, 500)
    assert asked(client, f"{BASE}students/") == few
    page = client.get(f"{BASE}students/").content.decode()
    assert page.count("勅使河原") >= 500
    assert few - of_every_page(client) <= 10


@pytest.mark.parametrize("part", ["students/?q=てし", "students/?q=勅使", "students/?class={}"])
def test_search_and_class_ask_the_same_for_five_and_for_five_hundred(city, part):
    client = city.client("principal", "midorigaoka")
    with city.tenant():
        path = BASE + part.format(city.homeroom_id("1年1組"))
    fill(city, 5)
    asked(client, path)
    few = asked(client, path)
    assert few - of_every_page(client) <= 10
    with city.tenant():
        Enrollment.objects.filter(student__reference__startswith="Q").delete()
        Student.objects.filter(reference__startswith="Q").delete()
    fill(city, 500)
    assert asked(client, path) == few
    assert client.get(path).content.decode().count("勅使河原") >= 500


@pytest.mark.parametrize("path", ["staff/", "staff/coming/", "transfers/", "school-year/close/"])
def test_other_lists_do_not_grow_with_their_rows(city, path):
    from manabiya.roster.models import Transfer

    client = city.client("principal", "midorigaoka")
    asked(client, BASE + path)
    few = asked(client, BASE + path)
    with city.tenant():
        seats = list(Enrollment.objects.filter(school__slug="midorigaoka")[:40])
        for seat in seats:
            Transfer.objects.create(
                student_id=seat.student_id, from_school_id=seat.school_id,
                to_school_id=seat.school_id, from_enrollment=seat, last_day=city.today,
                recorded_by=seat.id, recorded_at=city.now(),
            )  # fmt: skip
        staff = city.membership("principal", "midorigaoka").person_id
        for n in range(20):
            SchoolDuty.objects.create(
                staff_member_id=staff, school_id=seats[0].school_id, name=f"係{n}",
                starts_on=seats[0].starts_on,
            )  # fmt: skip
    assert asked(client, BASE + path) == few
    assert few - of_every_page(client) <= 10


def grow_family(city, seat, count):
    """Give the child more guardians, siblings at school, addresses, names of before and years."""
    today = city.today
    for n in range(count):
        guardian = Guardian.objects.create(
            family_name="増", given_name=f"{n}", family_kana="ます", given_kana="あ"
        )
        sibling = Student.objects.create(
            family_name="増", given_name=f"妹{n}", family_kana="ます", given_kana="いもうと",
            birth_date=today, sex="female", reference=f"SIB{n}",
        )  # fmt: skip
        Enrollment.objects.create(
            student=sibling, school_id=seat.school_id, homeroom_id=seat.homeroom_id,
            grade_level=1, roll_number=200 + n, starts_on=today,
        )  # fmt: skip
        for student_id in (seat.student_id, sibling.id):
            GuardianRight.objects.create(
                guardian=guardian, student_id=student_id, relationship="叔母", starts_on=today
            )
        Address.objects.create(guardian=guardian, text=f"増町{n}番地", starts_on=today)
        Address.objects.create(student_id=seat.student_id, text=f"仮住まい{n}", starts_on=today)
        ParentalAuthority.objects.create(
            student_id=seat.student_id, guardian=guardian, holder="custodian", document="審判書",
            seen_by_id=city.membership("principal", "midorigaoka").person_id, seen_on=today,
            starts_on=today - timedelta(days=n),
        )  # fmt: skip
        past = date(2020 - n, 4, 1)
        FormerName.objects.create(
            student_id=seat.student_id, family_name=f"旧{n}", given_name="名", family_kana="きゅう",
            given_kana="な", starts_on=past, ends_on=past,
        )  # fmt: skip
        Enrollment.objects.create(
            student_id=seat.student_id, school_id=seat.school_id, homeroom_id=seat.homeroom_id,
            grade_level=1, roll_number=300 + n, starts_on=past, ends_on=past,
        )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "office_staff"])
def test_page_of_a_student_asks_the_same_for_a_large_family(city, role):
    client = city.client(role, "midorigaoka")
    with city.tenant():
        student_id = min(city.actor("guardian").grants[0].student_ids)
        seat = Enrollment.objects.get(student_id=student_id)
        grow_family(city, seat, 1)
    page = f"{BASE}students/{student_id}/"
    asked(client, page)
    few = asked(client, page)
    with city.tenant():
        for model in (FormerName, ParentalAuthority, Address):
            model.objects.filter(student_id=student_id).delete()
        GuardianRight.objects.filter(guardian__family_name="増").delete()
        Enrollment.objects.filter(student__reference__startswith="SIB").delete()
        Student.objects.filter(reference__startswith="SIB").delete()
        Enrollment.objects.filter(student_id=student_id, ends_on__lt=city.today).delete()
        grow_family(city, seat, 6)
    assert asked(client, page) == few
    shown = client.get(page).content.decode()
    for word in ("妹5", "増 5", "増町5番地", "仮住まい5", "旧5", "2015年4月1日"):
        assert word in shown
    assert few - of_every_page(client) <= 15
