"""The words of the review and what follows from the dates of one line: no database, no clock."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from manabiya.law.school_year import label, last_day, school_year_of

KINDS = {"paper": "紙", "seal": "押印・署名", "fax": "FAX", "phone": "電話", "other": "その他"}
PEOPLE = {
    "inside": "内部",
    "guardians": "保護者",
    "school": "ほかの学校",
    "board": "教育委員会",
    "partner": "外部の相手先",
}
BASES = {
    "law": "法令",
    "city_rule": "市の規則・要綱",
    "habit": "慣習",
    "partner": "相手先の希望",
    "machine": "機器や環境がない",
    "unknown": "わからない",
}
CHANNELS = {
    "product": "学び舎",
    "mail": "メール",
    "web": "相手のWeb画面",
    "share": "ファイル共有",
    "fax": "FAXだけ",
    "post": "郵送・持参だけ",
    "phone": "電話だけ",
}
REPLACEMENTS = {key: CHANNELS[key] for key in ("product", "mail", "web", "share")}
DECISIONS = {"abolish": "廃止", "digital": "電子化", "keep": "継続"}
PER = {"month": "月", "year": "年"}
BEYOND = {"prefecture": "都道府県", "state": "国"}
SORTS = {
    "firm": "業者",
    "lunch_center": "給食センター",
    "office": "役所",
    "school": "学校",
    "other": "その他",
}
KEEP, LAW, PARTNER = "keep", "law", "partner"
ENDING = ("abolish", "digital")
MONTHS = 12


class State(Enum):
    """Where a line stands."""

    UNDECIDED = "undecided"
    PLANNED = "planned"
    OVERDUE = "overdue"
    KEPT = "kept"
    DONE = "done"

    @property
    def label(self) -> str:
        """Return the word on screen."""
        return {
            "undecided": "まだ決めていない",
            "planned": "やめる予定",
            "overdue": "期限を過ぎている",
            "kept": "継続",
            "done": "やめた",
        }[self.value]


def state_of(decision: str, due_on: date | None, done_on: date | None, today: date) -> State:
    """Return where a line stands on ``today``; its due day itself is still in time."""
    if done_on is not None:
        return State.DONE
    if decision == KEEP:
        return State.KEPT
    if decision not in ENDING:
        return State.UNDECIDED
    return State.OVERDUE if due_on is not None and due_on < today else State.PLANNED


def yearly(count: int | None, per: str) -> int | None:
    """Return how often a year, None where nobody knows."""
    return None if count is None else count * MONTHS if per == "month" else count


def plain(name: str) -> str:
    """Return a name for comparison: one width, no spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def tidy(text: str) -> str:
    """Return a line of text without spaces around it or doubled in it."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Dates:
    """What the way to zero needs of a line: its decision, when it is due, since when it is done."""

    decision: str
    due_on: date | None
    done_on: date | None

    def is_planned_gone(self, day: date) -> bool:
        """Return whether the plan says it is gone by the end of ``day``."""
        if self.decision in ENDING and self.due_on is not None:
            return self.due_on <= day
        return self.is_gone(day)

    def is_gone(self, day: date) -> bool:
        """Return whether it is really gone by the end of ``day``."""
        return self.done_on is not None and self.done_on <= day


@dataclass(frozen=True, slots=True)
class YearLeft:
    """A school year: how many lines the plan leaves at its end, and how many are really left.

    ``real``: None before the year has begun; in the running year as of today. ``is_over``: the
    year is past, the number no longer moves by itself.
    """

    school_year: int
    planned: int
    real: int | None
    is_over: bool

    @property
    def label(self) -> str:
        """Return the year in words: 「令和8年度」."""
        return label(self.school_year)


def way_to_zero(lines: Iterable[Dates], today: date) -> list[YearLeft]:
    """Return the years from the first thing that ended (or this one) to the last due day.

    Lines that go on (継続) and undecided ones stay in ``planned``: the sum says what is not yet
    on its way.
    """
    known = list(lines)
    this = school_year_of(today)
    done = [school_year_of(line.done_on) for line in known if line.done_on is not None]
    due = [
        school_year_of(line.due_on)
        for line in known
        if line.due_on is not None and line.decision in ENDING
    ]
    years = range(min([this, *done]), max([this, *due]) + 1)
    return [_year(known, year, this, today) for year in years]


def _year(lines: list[Dates], year: int, this: int, today: date) -> YearLeft:
    end = last_day(year)
    return YearLeft(
        school_year=year,
        planned=sum(not line.is_planned_gone(end) for line in lines),
        real=sum(not line.is_gone(min(end, today)) for line in lines) if year <= this else None,
        is_over=year < this,
    )
