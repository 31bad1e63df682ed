"""Pages around the year end ask the same number of questions for few classes and for many."""

from datetime import date

import pytest

from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Enrollment, Homeroom, School, Student
from manabiya.roster.tests.test_query_counts import BASE, asked, fill, of_every_page


@pytest.mark.parametrize("path", ["", "school-year/close/", "students/", "papers/", "photos/"])
@pytest.mark.parametrize("day", [date(2027, 3, 31), date(2027, 4, 1)])
def test_pages_around_the_year_end_do_not_grow_with_classes_and_children(
    city, clock_at, everybody_stays, day, path
):
    """On 3/31 with one class more and forty, on 4/1 with nobody and with classes and children."""
    client = city.client("principal", "midorigaoka")
    clock_at(day)
    with city.tenant():
        school = School.objects.get(slug="midorigaoka")
        class_of(school, school_year_of(day), 1)
    page = BASE + path
    if path == "photos/":
        page = client.get(page).url
    asked(client, page)
    few = asked(client, page)
    with city.tenant():
        for number in range(2, 30):
            class_of(school, school_year_of(day), number)
        if day.month == 3:
            fill(city, 300)
    assert asked(client, page) == few
    assert few - of_every_page(client) <= 15


def class_of(school, year, number):
    """Write a class of a school year with one child in it, the first stays empty."""
    room = Homeroom.objects.create(
        school=school, school_year=year, name=f"増{number}組", position=100 + number
    )
    if number > 1:
        child = Student.objects.create(
            family_name="増", given_name=str(number), family_kana="ま", given_kana="す",
            birth_date=date(2018, 5, 5), sex="male", reference=f"M{year}{number}",
        )  # fmt: skip
        Enrollment.objects.create(
            student=child, school=school, homeroom=room, grade_level=1, roll_number=1,
            starts_on=date(year, 4, 1),
        )  # fmt: skip
