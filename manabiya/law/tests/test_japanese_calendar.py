"""The school calendar: holidays that follow from others, vacations, exchanged days, 授業日."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.enrollment_span import enrolled_school_days, transfer_date
from manabiya.law.japanese_calendar import (
    CalendarDay,
    Exchange,
    Vacation,
    plan_year,
    school_days,
)
from manabiya.law.national_holidays import with_observed

NAMED_2026 = {
    date(2026, 4, 29): "昭和の日",
    date(2026, 5, 3): "憲法記念日",
    date(2026, 5, 4): "みどりの日",
    date(2026, 5, 5): "こどもの日",
    date(2026, 7, 20): "海の日",
    date(2026, 8, 11): "山の日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 23): "秋分の日",
    date(2026, 10, 12): "スポーツの日",
    date(2026, 11, 3): "文化の日",
    date(2026, 11, 23): "勤労感謝の日",
    date(2027, 1, 1): "元日",
    date(2027, 1, 11): "成人の日",
    date(2027, 2, 11): "建国記念の日",
    date(2027, 2, 23): "天皇誕生日",
    date(2027, 3, 21): "春分の日",
}
VACATIONS = (
    Vacation("学年始休業", date(2026, 4, 1), date(2026, 4, 6)),
    Vacation("夏季休業", date(2026, 7, 25), date(2026, 8, 19)),
    Vacation("冬季休業", date(2026, 12, 25), date(2027, 1, 13)),
    Vacation("学年末休業", date(2027, 3, 25), date(2027, 3, 31)),
)
SPORTS = Exchange(date(2026, 5, 30), date(2026, 6, 1), "運動会")


def test_days_off_that_follow_from_national_holidays():
    observed = with_observed(NAMED_2026)
    assert {day: name for day, name in observed.items() if day not in NAMED_2026} == {
        date(2026, 5, 6): "振替休日",
        date(2026, 9, 22): "国民の休日",
        date(2027, 3, 22): "振替休日",
    }


def test_a_year_of_school_days():
    holidays = with_observed(NAMED_2026)
    calendar = plan_year(2026, holidays=holidays, vacations=VACATIONS, exchanges=[SPORTS])
    days = school_days(calendar, 1)
    assert len(calendar) == 365
    assert (calendar[0].date, calendar[-1].date) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (days[0], days[-1], len(days)) == (date(2026, 4, 7), date(2027, 3, 24), 206)
    assert date(2026, 5, 30) in days
    assert not {date(2026, 6, 1), date(2026, 5, 6), date(2026, 9, 22)} & set(days)
    labels = {row.date: str(row) for row in calendar}
    assert labels[date(2026, 5, 30)] == "5月30日 授業日(運動会)"
    assert labels[date(2026, 6, 1)] == "6月1日 休業日(振替休業日)"
    assert labels[date(2026, 7, 27)] == "7月27日 休業日(夏季休業)"
    assert labels[date(2026, 8, 11)] == "8月11日 休業日(山の日)"
    assert labels[date(2026, 4, 11)] == "4月11日 休業日"


def test_a_leap_year_has_a_row_more():
    assert len(plan_year(2027, holidays={})) == 366


@pytest.mark.parametrize(
    ("taught_on", "off_on", "reason"),
    [
        (date(2026, 5, 29), date(2026, 6, 1), "もともと授業日"),
        (date(2026, 3, 28), date(2026, 6, 1), "年度の外"),
        (date(2026, 5, 30), date(2026, 5, 31), "授業日ではありません"),
        (date(2026, 5, 30), date(2027, 4, 1), "授業日ではありません"),
    ],
)
def test_impossible_exchanges_are_refused(taught_on, off_on, reason):
    with pytest.raises(ValueError, match=reason):
        plan_year(2026, holidays={}, exchanges=[Exchange(taught_on, off_on)])


def test_an_exchange_and_a_vacation_are_written_for_people():
    assert str(SPORTS) == "令和8年5月30日に授業、令和8年6月1日を休み"
    assert str(VACATIONS[1]) == "夏季休業 令和8年7月25日〜令和8年8月19日"
    with pytest.raises(ValueError, match="夏季休業"):
        Vacation("夏季休業", date(2026, 8, 19), date(2026, 7, 25))


def test_a_row_of_one_grade_goes_before_the_row_of_all():
    monday, tuesday, wednesday = (date(2026, 6, n) for n in (1, 2, 3))
    rows = [
        CalendarDay(tuesday, True),
        CalendarDay(monday, True),
        CalendarDay(monday, False, "5年閉鎖", grade=5),
        CalendarDay(wednesday, False),
        CalendarDay(wednesday, True, "6年だけ", grade=6),
        CalendarDay(date(2026, 6, 4), True, grade=6),
    ]
    assert school_days(rows, 4) == [monday, tuesday]
    assert school_days(rows, 5) == [tuesday]
    assert school_days(rows, 6) == [monday, tuesday, wednesday, date(2026, 6, 4)]
    assert str(rows[2]) == "6月1日 5年 休業日(5年閉鎖)"


def test_two_rows_of_one_day_are_refused():
    with pytest.raises(ValueError, match="令和8年6月1日の行が二つ"):
        school_days([CalendarDay(date(2026, 6, 1), True), CalendarDay(date(2026, 6, 1), False)], 1)


def test_transfer_is_the_day_before_the_new_school_accepts():
    assert transfer_date(date(2026, 8, 31), date(2026, 9, 7)) == date(2026, 9, 6)
    for accepted_on in (date(2026, 8, 31), date(2026, 8, 30)):
        with pytest.raises(ValueError, match="より後の日"):
            transfer_date(date(2026, 8, 31), accepted_on)


@given(st.integers(0, 120), st.integers(1, 60))
def test_no_school_day_of_a_mover_counts_twice(left_after, gap):
    days = [date(2026, 9, 1) + timedelta(n) for n in range(0, 150, 2)]
    left_on = days[0] + timedelta(left_after)
    accepted_on = left_on + timedelta(gap)
    here = enrolled_school_days(days, until_on=left_on)
    there = enrolled_school_days(reversed(days), from_on=accepted_on)
    between = [day for day in days if left_on < day < accepted_on]
    assert here + between + there == days
    assert left_on <= transfer_date(left_on, accepted_on) < accepted_on


@given(st.dictionaries(st.dates(date(2026, 4, 1), date(2027, 3, 31)), st.just("祝日"), max_size=12))
def test_observed_holidays_keep_the_named_ones_and_never_fall_on_them(named):
    observed = with_observed(named)
    assert named.items() <= observed.items()
    assert list(observed) == sorted(observed)
    sundays = sum(day.weekday() == 6 for day in named)
    assert sum(name == "振替休日" for name in observed.values()) <= sundays
