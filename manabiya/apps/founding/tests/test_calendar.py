"""``manabiya calendar``: the school days of a year."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from manabiya.roster.models import CalendarDay, School

pytestmark = pytest.mark.django_db


def write(*vacations, **options):
    call_command("calendar", municipality="shirakabano", year=2030, vacation=vacations, **options)


def days(school="midorigaoka"):
    rows = CalendarDay.objects.filter(school__slug=school, date__gte=date(2030, 4, 1))
    return {row.date: (row.is_school_day, row.label) for row in rows}


def test_weekdays_without_holidays_and_vacations_are_school_days(city, capsys):
    write("4/1-4/5=学年始休業", "12/25-1/15=冬季休業")
    with city.tenant():
        assert capsys.readouterr().out.startswith(f"{School.objects.count()}校")
        found = days()
    assert found[date(2030, 4, 8)] == (True, "")
    assert found[date(2030, 4, 1)] == (False, "学年始休業")
    assert found[date(2030, 4, 29)] == (False, "昭和の日")
    assert found[date(2031, 1, 14)][0] is False
    assert found[date(2031, 1, 16)] == (True, "")
    assert date(2030, 4, 6) not in found
    assert all(day.weekday() < 5 for day, (is_open, _) in found.items() if is_open)


def test_a_year_that_has_days_is_left_as_it_is(city, capsys):
    write(school=["midorigaoka"])
    with city.tenant():
        CalendarDay.objects.filter(date=date(2030, 6, 3)).update(label="運動会")
    capsys.readouterr()
    write()
    with city.tenant():
        assert capsys.readouterr().out.startswith(f"{School.objects.count() - 1}校")
        assert days()[date(2030, 6, 3)] == (True, "運動会")


@pytest.mark.parametrize("text", ["夏休み", "7/25=夏", "8/20-7/25=夏", "13/1-13/2=x"])
def test_vacation_that_is_none_is_said(city, text):
    with pytest.raises(CommandError, match="休業の書き方"):
        write(text)


def test_unknown_school_and_municipality_are_said(city):
    with pytest.raises(CommandError, match="学校がありません: nowhere"):
        write(school=["nowhere"])
    with pytest.raises(CommandError, match="という自治体はありません"):
        call_command("calendar", municipality="nowhere", year=2030)
