"""Many rows at once stay inside the wall like a single one."""

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from manabiya.kernel.tenancy.bulk import pour
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.kernel.tenancy.scope import NoTenant
from manabiya.roster.models import CalendarDay, Homeroom, School, Student

DAYS = ("id", "school_id", "date", "is_school_day", "label")
AWKWARD = 'タブ\tと改行\nと\\と"と\\N'


def a_school(city, slug):
    with city.tenant(slug):
        return School.objects.order_by("code")[0]


def rows(school, count=3):
    return [(uuid7(), school.id, date(2031, 5, n), True, AWKWARD) for n in range(1, count + 1)]


def test_rows_come_out_as_they_went_in_with_the_defaults_of_the_model(city):
    school = a_school(city, "shirakabano")
    with city.tenant():
        poured = rows(school)
        assert pour(CalendarDay, DAYS, poured) == 3
        found = CalendarDay.objects.filter(date__year=2031).order_by("date")
        assert [(r.id, r.school_id, r.date, r.is_school_day, r.label) for r in found] == poured
        assert {r.grade_level for r in found} == {0}
        assert {r.municipality_id for r in found} == {city.municipality().id}


def test_lists_and_nothing_come_out_as_they_went_in(city):
    columns = ("id", "family_name", "given_name", "birth_date", "sex", "reference",
               "preferred_used_in")  # fmt: skip
    key = uuid7()
    with city.tenant():
        pour(Student, columns, [(key, "葛\U000e0100城", "髙", date(2018, 5, 1), "male", "X1",
                                 ["screen", 'a"b\\,c'])])  # fmt: skip
        row = Student.objects.get(pk=key)
        assert row.family_name == "葛\U000e0100城"
        assert row.preferred_used_in == ["screen", 'a"b\\,c']
        assert pour(Student, columns, []) == 0


def test_without_a_municipality_nothing_is_poured(city):
    with pytest.raises(NoTenant):
        pour(CalendarDay, DAYS, rows(a_school(city, "shirakabano")))


def test_a_row_that_points_into_another_municipality_is_refused(city):
    stranger = a_school(city, "sawanose")
    with pytest.raises(IntegrityError), transaction.atomic(), city.tenant():
        pour(CalendarDay, DAYS, rows(stranger))
        connection.check_constraints()


def test_what_must_be_once_is_once(city):
    with city.tenant():
        homeroom = Homeroom.objects.order_by("id")[0]
        twin = (uuid7(), homeroom.school_id, homeroom.school_year, homeroom.name)
        with pytest.raises(IntegrityError), transaction.atomic():
            pour(Homeroom, ("id", "school_id", "school_year", "name"), [twin])


def test_an_unknown_column_is_named(city):
    with city.tenant(), pytest.raises(ValueError, match="no column nickname"):
        pour(CalendarDay, ("id", "nickname"), [(UUID(int=1), "x")])
