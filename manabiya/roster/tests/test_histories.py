"""What the database itself holds of histories: one school a day, names to the letter, days by grade."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.html import escape

from manabiya.roster.models import CalendarDay, Enrollment, Homeroom, School, Student
from manabiya.roster.queries import school_days, seats_on

DAY = timedelta(days=1)
INSERT = """
INSERT INTO roster_enrollment (id, municipality_id, student_id, school_id, homeroom_id,
    grade_level, roll_number, entry, exit, starts_on, ends_on)
SELECT gen_random_uuid(), municipality_id, %s, school_id, id, 1, 99, 'promotion', '', %s, %s
FROM roster_homeroom WHERE id = %s
"""


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def seat(scope):
    rows = Enrollment.objects.filter(homeroom_id=scope.homeroom_id("1年1組"))
    return rows.order_by("roll_number")[2]


@pytest.fixture
def elsewhere(scope):
    """Return a class of another school."""
    return scope.homeroom_id("3年1組", "higashikawabata")


def write(seat, homeroom_id, first, last):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [seat.student_id, first, last, homeroom_id])


def test_a_child_is_in_at_most_one_school_on_a_day_whoever_writes(scope, seat, elsewhere):
    last = scope.today
    Enrollment.objects.filter(pk=seat.pk).update(ends_on=last)
    once = pytest.raises(IntegrityError, match="enrollment_one_school_a_day")
    for first, end in ((last, None), (last, last), (seat.starts_on - DAY, seat.starts_on)):
        with once:
            write(seat, elsewhere, first, end)
    with once:
        write(seat, seat.homeroom_id, last, None)
    write(seat, elsewhere, last + DAY, None)
    for ends_on in (last + DAY, None):
        with once, transaction.atomic():
            Enrollment.objects.filter(pk=seat.pk).update(ends_on=ends_on)
    on_the_days = [
        [
            r.school_id
            for r in Enrollment.objects.filter(student_id=seat.student_id)
            if r.holds_on(d)
        ]
        for d in (last, last + DAY)
    ]
    there = Homeroom.objects.get(pk=elsewhere).school_id
    assert on_the_days == [[seat.school_id], [there]]


def test_an_end_before_the_beginning_is_refused(scope, seat):
    with pytest.raises(IntegrityError, match="enrollment_order"), transaction.atomic():
        Enrollment.objects.filter(pk=seat.pk).update(ends_on=seat.starts_on - DAY)


@pytest.mark.parametrize(
    "name",
    ["葛\U000e0100城", "神\U000e0101谷", "\ufa19田", "髙﨑", "𠮷野家", "Nguyễn", "D'Ávila-Sato"],
)
def test_a_legal_name_is_kept_to_the_letter_from_the_form_to_the_page(scope, name):
    client = scope.client("office_staff", "midorigaoka")
    base = "/m/shirakabano/school/midorigaoka/"
    sent = {
        "reference": "IVS-1", "family_name": name, "given_name": "ある", "family_kana": "かな",
        "given_kana": "ある", "birth_date": "H31.4.20", "sex": "female", "entry": "transfer_in",
        "origin": "汐見小学校", "first_day": "R8.11.20", "grade": "1",
        "homeroom": str(scope.homeroom_id("1年1組")),
    }  # fmt: skip
    answer = client.post(f"{base}transfers/arrival/", sent)
    assert answer.status_code == 302, answer.content.decode()
    child = Student.objects.get(reference="IVS-1")
    assert child.family_name == name
    assert f"{name} ある" in [s.name for s in seats_on(scope.homeroom_id("1年1組"), scope.today)]
    assert escape(name) in client.get(f"{base}students/{child.id}/").content.decode()


def test_a_day_of_one_grade_overrides_that_of_all_at_its_own_school_only(scope):
    here, there = School.objects.filter(is_evening=False).order_by("code")[:2]
    day = date(2027, 2, 13)
    CalendarDay.objects.filter(date=day).delete()
    CalendarDay.objects.create(school=here, date=day, grade_level=0, is_school_day=True)
    CalendarDay.objects.create(
        school=here, date=day, grade_level=6, is_school_day=False, label="修学旅行の代休"
    )
    days = school_days(here.id, day, day)
    assert [days.is_school_day(day, grade) for grade in (1, 5, 6)] == [True, True, False]
    assert not school_days(there.id, day, day).is_school_day(day, 1), "without a row: no school day"
