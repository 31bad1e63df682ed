"""School years, grades and ages.

「年度」 runs from 1 April to 31 March. A child enters school at the start of the 「学年」 that
follows the day it turns six, and an age is reached at the end of the day before the birthday:
who is born on 1 April belongs to the year of those born the year before 「早生まれ」.
"""

from datetime import date, timedelta

from manabiya.law.era import FIRST_YEAR_WORD, era_year
from manabiya.law.school import SchoolKind
from manabiya.law.sources import Refused, Rule, example, rule
from manabiya.law.statutes import (
    AGE_ACT,
    ERA_ORDER_REIWA,
    SCHOOL_EDUCATION_ACT,
    SCHOOL_EDUCATION_RULES,
)

GRADES = {
    SchoolKind.ELEMENTARY: range(1, 7),
    SchoolKind.JUNIOR_HIGH: range(7, 10),
    SchoolKind.COMPULSORY_EDUCATION: range(1, 10),
}
"""The absolute grades (1 to 9) of each kind of school."""


@rule(
    Rule(
        term="年度",
        unit="年度",
        also=("学年の始めと終わり",),
        summary="学年は4月1日に始まり、翌年3月31日に終わります。",
        sources=(SCHOOL_EDUCATION_RULES.article("59条"),),
        words={"day": "日付"},
        examples=(
            example(2026, day=date(2026, 4, 1)),
            example(2026, day=date(2027, 3, 31)),
            example(2025, day=date(2026, 3, 31)),
        ),
    )
)
def school_year_of(day: date) -> int:
    """Return the 「年度」 of a day: 2027-03-31 → 2026. 学校教育法施行規則59条 (1947-05-23)."""
    return day.year if day.month >= 4 else day.year - 1


def first_day(school_year: int) -> date:
    """Return 1 April of a school year."""
    return date(school_year, 4, 1)


def last_day(school_year: int) -> date:
    """Return 31 March of a school year."""
    return date(school_year + 1, 3, 31)


@rule(
    Rule(
        term="満年齢",
        unit="歳",
        also=("年齢計算", "年齢"),
        summary="年齢は誕生日の前日の終わりに1つ増えます。4月1日生まれは3月31日に満6歳となります。",
        sources=(AGE_ACT.article(),),
        words={"birth_date": "生年月日", "day": "基準日"},
        examples=(
            example(6, birth_date=date(2020, 4, 1), day=date(2026, 3, 31)),
            example(5, birth_date=date(2020, 4, 2), day=date(2026, 3, 31)),
            example(6, birth_date=date(2020, 2, 29), day=date(2026, 2, 28)),
        ),
    )
)
def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years at the end of ``day`` 「満年齢」.

    年齢計算ニ関スル法律 (1902-12-02): ``age_on(date(2020, 4, 1), date(2026, 3, 31)) == 6``.
    Raises ValueError before the birth.
    """
    if day < birth_date:
        raise ValueError("生まれる前の日です")
    tomorrow = day + timedelta(days=1)
    reached = (tomorrow.month, tomorrow.day) >= (birth_date.month, birth_date.day)
    return tomorrow.year - birth_date.year - (0 if reached else 1)


def entry_school_year(birth_date: date) -> int:
    """Return the school year in which a child enters grade 1 「就学」 (学校教育法17条1項)."""
    later = (birth_date.month, birth_date.day) >= (4, 2)
    return birth_date.year + (7 if later else 6)


@rule(
    Rule(
        term="学年",
        unit="年",
        also=("学齢", "早生まれ", "就学"),
        summary="満6歳に達した日の翌日以後の最初の学年の始めに小学校へ入り、満15歳に達した日の属する"
        "学年の終わりまでが学齢です。4月1日生まれは早生まれとして1つ上の学年になります。年齢から"
        "出した学年は確認のためのもので、学年そのものは在籍の記録に年度ごとに持ちます。",
        sources=(SCHOOL_EDUCATION_ACT.article("17条"), AGE_ACT.article()),
        words={"birth_date": "生年月日", "school_year": "年度"},
        examples=(
            example(1, birth_date=date(2019, 4, 2), school_year=2026),
            example(1, birth_date=date(2020, 4, 1), school_year=2026),
            example(1, birth_date=date(2020, 4, 2), school_year=2027),
            example(9, birth_date=date(2012, 4, 1), school_year=2026),
            example(9, birth_date=date(2011, 4, 2), school_year=2026),
            example(Refused("学齢"), birth_date=date(2011, 4, 1), school_year=2026),
        ),
    )
)
def grade_on(birth_date: date, school_year: int) -> int:
    """Return the grade by age 「学齢」 in a school year, 1 to 9 (7 = 中1); ValueError outside."""
    grade = school_year - entry_school_year(birth_date) + 1
    if not 1 <= grade <= 9:
        raise ValueError("義務教育の9年間(学齢)の外です")
    return grade


@rule(
    Rule(
        term="学校種ごとの学年",
        unit="年",
        also=("義務教育学校の学年",),
        summary="通し学年1〜9は、小学校では1〜6年、中学校では7〜9が1〜3年、義務教育学校では1〜9年です。",
        sources=(SCHOOL_EDUCATION_ACT.article("32条・47条・49条の4"),),
        words={"absolute": "通し学年", "kind": "学校種"},
        examples=(
            example(1, absolute=7, kind=SchoolKind.JUNIOR_HIGH),
            example(7, absolute=7, kind=SchoolKind.COMPULSORY_EDUCATION),
            example(Refused("小学校にありません"), absolute=7, kind=SchoolKind.ELEMENTARY),
        ),
    )
)
def grade_in_kind(absolute: int, kind: SchoolKind) -> int:
    """Return the grade within a kind of school: grade 7 is year 1 of 「中学校」; else ValueError."""
    if absolute not in GRADES[kind]:
        raise ValueError(f"通し学年{absolute}は{kind.label}にありません")
    return absolute - GRADES[kind].start + 1


@rule(
    Rule(
        term="年度の呼び名",
        also=("年度表記",),
        summary="年度は4月1日の元号で呼びます。改元の年の2019年度は令和元年度です。",
        sources=(ERA_ORDER_REIWA.article(in_force=date(2019, 5, 1)),),
        words={"school_year": "年度"},
        examples=(
            example("令和8年度", school_year=2026),
            example("令和元年度", school_year=2019),
            example("平成30年度", school_year=2018),
        ),
    )
)
def label(school_year: int) -> str:
    """Return the label of a school year: 2026 → 「令和8年度」, 2019 → 「令和元年度」."""
    era, number = era_year(date(school_year, 4, 1) if school_year != 2019 else date(2019, 5, 1))
    return f"{era}{FIRST_YEAR_WORD if number == 1 else number}年度"
