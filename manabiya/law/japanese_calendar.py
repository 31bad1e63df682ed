"""The school calendar 「年間行事予定」: the source of 「授業日数」.

Sundays, Saturdays, national holidays and the board's days are no school days; 学校教育法施行規則61条
(1947-05-23). The board sets terms and vacations 「長期休業」; 学校教育法施行令29条 (1953-10-31). A school
that teaches on a day off (運動会 on a Saturday) takes another day off for it 「振替休業日」.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from manabiya.law.era import format_era
from manabiya.law.school_year import first_day, last_day
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import PRODUCT, SCHOOL_EDUCATION_ORDER, SCHOOL_EDUCATION_RULES

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A row of the calendar; without ``grade`` it is for all grades, a grade's row goes first."""

    date: date
    is_school_day: bool
    label: str = ""
    grade: int | None = None

    def __str__(self) -> str:
        kind = "授業日" if self.is_school_day else "休業日"
        grade = f"{self.grade}年 " if self.grade is not None else ""
        return (
            f"{self.date.month}月{self.date.day}日 {grade}{kind}{self.label and f'({self.label})'}"
        )


@dataclass(frozen=True, slots=True)
class Vacation:
    """A vacation 「長期休業」, both ends included; ValueError when it ends before it begins."""

    label: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.label}の終わりが始めより前です")

    def __str__(self) -> str:
        return f"{self.label} {format_era(self.first)}〜{format_era(self.last)}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """「振替」: lessons on a day off (``taught_on``), a school day off for it (``off_on``)."""

    taught_on: date
    off_on: date
    label: str = ""

    def __str__(self) -> str:
        return f"{format_era(self.taught_on)}に授業、{format_era(self.off_on)}を休み"


_SPORTS = (
    CalendarDay(date(2026, 5, 29), True),
    CalendarDay(date(2026, 5, 30), True, "運動会"),
    CalendarDay(date(2026, 6, 1), False, "振替休業日"),
    CalendarDay(date(2026, 6, 2), True),
    CalendarDay(date(2026, 6, 2), False, "5年閉鎖", grade=5),
)


@rule(
    Rule(
        term="授業日",
        also=("授業日数", "休業日", "振替休業日"),
        summary="年間行事予定で授業日とした日だけを数えます。始業式・終業式・卒業式・土曜日の運動会も授業日、"
        "振替休業日は授業日ではありません。学年だけの行があれば、全学年の行より優先します。短縮した日も"
        "1日です。",
        sources=(
            SCHOOL_EDUCATION_RULES.article("61条"),
            SCHOOL_EDUCATION_ORDER.article("29条"),
            PRODUCT.article("学年の行を優先、短縮した日も1日", confidence=Confidence.LOW),
        ),
        words={"calendar_days": "行事予定", "grade": "学年"},
        examples=(
            example(
                [date(2026, 5, 29), date(2026, 5, 30), date(2026, 6, 2)],
                calendar_days=_SPORTS,
                grade=4,
            ),
            example([date(2026, 5, 29), date(2026, 5, 30)], calendar_days=_SPORTS, grade=5),
            example(Refused("二つ"), calendar_days=_SPORTS[:1] * 2, grade=1),
        ),
    )
)
def school_days(calendar_days: Iterable[CalendarDay], grade: int) -> list[date]:
    """Return the 「授業日」 of a grade in order; a date without a row is none.

    Raises ValueError when two rows speak of the same day for the same grade or for all.
    """
    rows: dict[tuple[date, int | None], bool] = {}
    for row in calendar_days:
        if (row.date, row.grade) in rows:
            raise ValueError(f"{format_era(row.date)}の行が二つあります")
        rows[row.date, row.grade] = row.is_school_day
    dates = sorted({day for day, _ in rows})
    return [day for day in dates if rows.get((day, grade), rows.get((day, None), False))]


@rule(
    Rule(
        term="長期休業",
        also=("休業日", "振替休業日", "夏季休業"),
        summary="日曜日、土曜日、国民の祝日と、教育委員会が定める長期休業を休業日として1年度の予定を作ります。"
        "休業日に授業をするときは、ほかの授業日を振替休業日とします。",
        sources=(SCHOOL_EDUCATION_RULES.article("61条"), SCHOOL_EDUCATION_ORDER.article("29条")),
        words={
            "school_year": "年度",
            "holidays": "祝日",
            "vacations": "長期休業",
            "exchanges": "振替",
        },
        examples=(
            example(
                Refused("授業日ではありません"),
                school_year=2026,
                holidays={date(2026, 4, 29): "昭和の日"},
                vacations=(),
                exchanges=(Exchange(date(2026, 5, 30), date(2026, 5, 31)),),
            ),
            example(
                Refused("もともと授業日"),
                school_year=2026,
                holidays={},
                vacations=(),
                exchanges=(Exchange(date(2026, 5, 29), date(2026, 6, 1)),),
            ),
        ),
    )
)
def plan_year(
    school_year: int,
    *,
    holidays: Mapping[date, str],
    vacations: Iterable[Vacation] = (),
    exchanges: Iterable[Exchange] = (),
) -> list[CalendarDay]:
    """Return a row for every day of a school year, from national holidays and the board's days.

    ``holidays``: 「国民の祝日」 with 「振替休日」 (see ``law.national_holidays``). Raises ValueError for
    an exchange that teaches on a school day or takes off a day that is none.
    """
    first, days = first_day(school_year), (last_day(school_year) - first_day(school_year)).days + 1
    periods = tuple(vacations)
    rows = {
        day: _ordinary(day, holidays, periods)
        for day in (first + timedelta(days=n) for n in range(days))
    }
    for exchange in exchanges:
        _exchange(rows, exchange)
    return list(rows.values())


def _ordinary(
    day: date, holidays: Mapping[date, str], vacations: tuple[Vacation, ...]
) -> CalendarDay:
    vacation = next((v.label for v in vacations if v.first <= day <= v.last), "")
    label = holidays.get(day, vacation)
    return CalendarDay(day, not label and day.weekday() not in (SATURDAY, SUNDAY), label)


def _exchange(rows: dict[date, CalendarDay], exchange: Exchange) -> None:
    taught, off = rows.get(exchange.taught_on), rows.get(exchange.off_on)
    if taught is None or taught.is_school_day:
        raise ValueError(f"{format_era(exchange.taught_on)}はもともと授業日か、年度の外です")
    if off is None or not off.is_school_day:
        raise ValueError(f"{format_era(exchange.off_on)}は授業日ではありません")
    rows[exchange.taught_on] = CalendarDay(exchange.taught_on, True, exchange.label)
    rows[exchange.off_on] = CalendarDay(exchange.off_on, False, "振替休業日")
