"""The drawings of the city's pages, each with its table."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from manabiya.apps.city.queries import Infections
from manabiya.apps.city.rules import Figures, Week, alone
from manabiya.apps.city.words import STAR, disease_word, short_day
from manabiya.kernel.ui.charts import Chart, Series


def days_chart(
    days: Iterable[tuple[date, Figures]], *, exact: bool, kept_back: frozenset[date] = frozenset()
) -> Chart:
    """Return absent and excused children day by day; ``kept_back``: days whose absences are ＊."""
    found = list(days)

    def series(name: str, numbers: list[int]) -> Series:
        values = [
            None if day in kept_back else alone(n, exact=exact)
            for (day, _figures), n in zip(found, numbers, strict=True)
        ]
        return Series(name, values)

    return Chart(
        slug="days",
        kind="stack",
        title=_("欠席と出席停止・忌引"),
        unit=_("名"),
        category_name=_("日"),
        categories=[short_day(day) for day, _figures in found],
        series=[
            series(_("病欠"), [f.sick for _day, f in found]),
            series(_("事故欠"), [f.other for _day, f in found]),
            series(_("停止・忌引"), [f.excused for _day, f in found]),
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


def rate_chart(weeks: Iterable[Week], *, exact: bool) -> Chart:
    """Return 欠席率 by week, beside the year before where it was counted."""
    found = list(weeks)
    series = [Series(_("今年度"), [_percent(week.now, exact) for week in found], decimals=1)]
    if any(week.before for week in found):
        series.append(
            Series(_("昨年度"), [_percent(week.before, exact) for week in found], decimals=1)
        )
    return Chart(
        slug="rate",
        kind="line",
        title=_("週ごとの欠席率"),
        unit="%",
        category_name=_("週"),
        categories=[_("%(day)sの週") % {"day": short_day(week.monday)} for week in found],
        series=series,
        note=_("欠席を、来るはずだった人数で割った値です。"),
    )


def _percent(figures: Figures | None, exact: bool) -> float | None:
    if figures is None or figures.percent is None or alone(figures.absent, exact=exact) is None:
        return None
    return float(figures.percent)


def infected_chart(weeks: Iterable[Week], *, exact: bool) -> Chart:
    """Return who was suspended for a disease, for one school day of each week."""
    found = list(weeks)

    def value(figures: Figures | None) -> float | None:
        if figures is None or alone(figures.infected, exact=exact) is None:
            return None
        return float(figures.a_day(figures.infected))

    series = [Series(_("今年度"), [value(week.now) for week in found], decimals=1)]
    if any(week.before for week in found):
        series.append(Series(_("昨年度"), [value(week.before) for week in found], decimals=1))
    return Chart(
        slug="infected",
        kind="line",
        title=_("感染症による出席停止"),
        unit=_("名"),
        category_name=_("週"),
        categories=[_("%(day)sの週") % {"day": short_day(week.monday)} for week in found],
        series=series,
        note=_("授業日1日あたりの人数です。"),
    )


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
