"""The drawings of the city's pages, each with its table."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from manabiya.apps.city.queries import Infections, Trend, WeekLine
from manabiya.apps.city.rules import Figures
from manabiya.apps.city.words import STAR, disease_word, short_day
from manabiya.kernel.ui.charts import Chart, Series


def days_chart(page: Trend) -> Chart:
    """Return absent and excused children of the city day by day."""
    days = page.days
    absent = [(_("病欠"), [d.sick for d in days]), (_("事故欠"), [d.other for d in days])]
    if not page.is_exact:
        absent = [(_("欠席"), [d.absent for d in days])]
    return Chart(
        slug="days",
        kind="stack",
        title=_("欠席と出席停止・忌引"),
        unit=_("名"),
        category_name=_("日"),
        categories=[short_day(line.day) for line in days],
        series=[
            *(Series(name, numbers) for name, numbers in absent),
            Series(_("停止・忌引"), [line.excused for line in days]),
        ],
        missing=STAR,
    )


def school_days_chart(days: Iterable[tuple[date, Figures]]) -> Chart:
    """Return a school's days; 病欠 and 事故欠 are never told apart there."""
    found = list(days)
    return Chart(
        slug="days",
        kind="stack",
        title=_("欠席と出席停止・忌引"),
        unit=_("名"),
        category_name=_("日"),
        categories=[short_day(day) for day, _figures in found],
        series=[
            Series(_("欠席"), [f.absent for _day, f in found]),
            Series(_("停止・忌引"), [f.excused for _day, f in found]),
        ],
    )


def rate_chart(weeks: Sequence[WeekLine]) -> Chart:
    """Return 欠席率 by week, beside the year before where it was counted."""
    return _by_week(
        "rate", _("週ごとの欠席率"), "%", _("欠席を、来るはずだった人数で割った値です。"),
        [(week.monday, week.percent, week.percent_before) for week in weeks],
    )  # fmt: skip


def infected_chart(weeks: Sequence[WeekLine]) -> Chart:
    """Return who was suspended for a disease, for one school day of each week."""
    return _by_week(
        "infected", _("感染症による出席停止"), _("名"), _("授業日1日あたりの人数です。"),
        [(week.monday, week.infected, week.infected_before) for week in weeks],
    )  # fmt: skip


def _by_week(
    slug: str, title: str, unit: str, note: str,
    weeks: Sequence[tuple[date, Decimal | None, Decimal | None]],
) -> Chart:  # fmt: skip
    now = [_number(value) for _monday, value, _before in weeks]
    before = [_number(value) for _monday, _now, value in weeks]
    series = [Series(_("今年度"), now, decimals=1)]
    if any(value is not None for value in before):
        series.append(Series(_("昨年度"), before, decimals=1))
    return Chart(
        slug=slug,
        kind="line",
        title=title,
        unit=unit,
        category_name=_("週"),
        categories=[_("%(day)sの週") % {"day": short_day(week[0])} for week in weeks],
        series=series,
        note=note,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def diseases_chart(page: Infections) -> Chart:
    """Return the diseases of the last days, a line each."""
    return Chart(
        slug="diseases",
        kind="line",
        title=_("感染症による出席停止の動き"),
        unit=_("名"),
        category_name=_("日"),
        categories=[short_day(day) for day in page.days],
        series=[Series(disease_word(line.key), line.history) for line in page.lines],
        missing=STAR,
    )
