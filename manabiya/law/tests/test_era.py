"""Eras: dates as people write them, borders on both sides, then the round trip."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.era import SOLAR_CALENDAR, era_year, format_era, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和8年11月22日", date(2026, 11, 22)),
        ("令和8.4.1", date(2026, 4, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("R8.11.22", date(2026, 11, 22)),
        ("R8/4/1", date(2026, 4, 1)),
        ("Ｒ８/１１/２２", date(2026, 11, 22)),
        ("h31-4-30", date(2019, 4, 30)),
        ("S63.12.31", date(1988, 12, 31)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("㋿8年4月1日", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)),
        ("2026/4/1", date(2026, 4, 1)),
        ("2026.4.1", date(2026, 4, 1)),
        ("２０２６年４月１日", date(2026, 4, 1)),
        ("２０２６－０４－０１", date(2026, 4, 1)),
        (" 令和 8年 4月 1日 ", date(2026, 4, 1)),
        ("令和8年\u30004月1日", date(2026, 4, 1)),
        ("20260401", date(2026, 4, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_dates_are_read_as_people_write_them(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("昭和65年1月1日", "昭和にない日"),
        ("昭和64年1月8日", "昭和にない日"),
        ("平成元年1月7日", "平成にない日"),
        ("平成31年5月1日", "平成にない日"),
        ("令和元年4月30日", "令和にない日"),
        ("大正15年12月25日", "大正にない日"),
        ("明治45年7月30日", "明治にない日"),
        ("R0.4.1", "令和にない日"),
        ("令和8年2月30日", "2月30日はありません"),
        ("2026-02-29", "2月29日はありません"),
        ("20260431", "4月31日はありません"),
        ("2017年15月3日", "15月はありません"),
        ("2026/0/1", "0月はありません"),
        ("2026/1/0", "1月0日はありません"),
        ("明治5年1月1日", "太陰太陽暦"),
        ("26/4/1", "元号が要ります"),
        ("8年4月1日", "元号が要ります"),
        ("8.4.1", "元号が要ります"),
        ("きのう", "日付として読めません"),
        ("2026/4", "日付として読めません"),
        ("", "日付として読めません"),
    ],
)
def test_impossible_dates_are_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2026, 11, 22), "令和8年11月22日"),
    ],
)
def test_era_borders(day, text):
    assert format_era(day) == text
    assert parse_date(text) == day


def test_eras_begin_with_meiji():
    assert era_year(date(1868, 1, 25)) == ("明治", 1)
    with pytest.raises(ValueError, match="明治"):
        era_year(date(1868, 1, 24))


def test_days_of_the_old_calendar_are_not_written():
    with pytest.raises(ValueError, match="太陰太陽暦"):
        format_era(date(1872, 12, 31))


@given(st.dates(SOLAR_CALENDAR, date(2117, 12, 31)))
def test_what_is_written_is_read_back(day):
    assert parse_date(format_era(day)) == parse_date(day.isoformat()) == day


@given(st.dates(SOLAR_CALENDAR))
def test_the_first_year_is_never_a_number(day):
    _, year = era_year(day)
    assert ("元年" in format_era(day)) == (year == 1)
