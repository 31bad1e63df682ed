"""Terms and vacations of a school year from the board's plan: plain values.

A day of a plan is ``"07-25"``: January to March belong to the year after.
"""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from manabiya.law.japanese_calendar import Vacation
from manabiya.law.school_year import last_day

FIRST = "04-01"
NAMES_OF_TERMS = {2: ("前期", "後期"), 3: ("1学期", "2学期", "3学期")}
ONE_DAY = timedelta(days=1)
LEAP_YEAR = 2024


class YearRefused(ValueError):
    """The plan makes no year; the message says why."""


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term (学期) of a certain year, both ends included."""

    name: str
    starts_on: date
    ends_on: date


def day_in(school_year: int, day: str) -> date:
    """Return ``"07-25"`` in a school year."""
    month, number = (int(part) for part in day.split("-"))
    return date(school_year + (month < 4), month, number)


def terms_in(school_year: int, terms: Sequence[Sequence[str]]) -> list[PlannedTerm]:
    """Return the terms of a year: each ends the day before the next one, the last on 31 March."""
    starts = [day_in(school_year, first) for _name, first in terms]
    ends = [*(start - ONE_DAY for start in starts[1:]), last_day(school_year)]
    return [
        PlannedTerm(name, start, end)
        for (name, _first), start, end in zip(terms, starts, ends, strict=True)
    ]


def vacations_in(school_year: int, vacations: Sequence[Sequence[str]]) -> list[Vacation]:
    """Return the vacations of a year."""
    return [
        Vacation(name, day_in(school_year, first), day_in(school_year, last))
        for name, first, last in vacations
    ]


def read_day(text: str) -> str:
    """Return 「7/25」 or 「7月25日」, of any width, as ``"07-25"``.

    Raises :class:`YearRefused`; 29 February is no day of a plan, most years have none.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{1,2})(?:[/.]|月)(\d{1,2})日?", plain)
    try:
        month, day = (int(part) for part in found.groups()) if found else (0, 0)
        date(LEAP_YEAR - 1, month, day)
    except ValueError:
        raise YearRefused(f"「{text}」は日として読めません。7/25のように入れてください。") from None
    return f"{month:02}-{day:02}"


def read_span(text: str) -> tuple[str, str]:
    """Return 「7/25〜8/20」 as its two days; raises :class:`YearRefused`."""
    days = re.split("[〜~-]", unicodedata.normalize("NFKC", text))
    if len(days) != 2:
        raise YearRefused(f"「{text}」は期間として読めません。7/25〜8/20のように入れてください。")
    return read_day(days[0]), read_day(days[1])


def check_year(terms: Sequence[Sequence[str]], vacations: Sequence[Sequence[str]]) -> None:
    """Raise :class:`YearRefused` for terms out of order and vacations that overlap or end early."""
    starts = [day_in(LEAP_YEAR, first) for _name, first in terms]
    if len(terms) not in NAMES_OF_TERMS or terms[0][1] != FIRST:
        raise YearRefused("学期は二つか三つで、はじめの学期は4月1日からです。")
    if any(one >= other for one, other in itertools.pairwise(starts)):
        raise YearRefused("学期の始まりが、前の学期より後になっていません。")
    before: Vacation | None = None
    for name, first, last in vacations:
        try:
            here = Vacation(name, day_in(LEAP_YEAR, first), day_in(LEAP_YEAR, last))
        except ValueError as error:
            raise YearRefused(f"{error}。") from error
        if before is not None and here.first <= before.last:
            raise YearRefused(f"{name}が{before.label}と重なるか、前になっています。")
        before = here
