"""The figures of the statistics, from what the queries found; ``link`` gives the address of rows."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from manabiya.apps.statistics.long_absence import CAUSES
from manabiya.apps.statistics.queries.city import CityStatistics
from manabiya.apps.statistics.queries.illness import IllnessPage
from manabiya.apps.statistics.queries.long_absence import LongAbsencePage
from manabiya.apps.statistics.queries.school import SchoolStatistics
from manabiya.kernel.ui.charts import Chart, Series

Link = Callable[..., str]
FLOOR_STEP = 5
MONTH = "月"


def _number(rate: object) -> float | None:
    return None if rate is None else float(str(rate))


def _floor(rates: list[float | None]) -> float:
    """Return where the axis of rates begins: a round number below the lowest one."""
    known = [rate for rate in rates if rate is not None]
    return max(0, int((min(known) - 1) // FLOOR_STEP * FLOOR_STEP)) if known else 0


def rates_of_school(found: SchoolStatistics, link: Link) -> Chart:
    """Return 出席率 by month of each grade or class."""
    series = [
        Series(
            line.name,
            [_number(rate) for rate in line.rates],
            links=[
                None
                if rate is None
                else link("statistics-rows", stretch=month.slug, quantity="rate", where=line.where)
                for month, rate in zip(found.months, line.rates, strict=True)
            ],
            decimals=1,
        )
        for line in found.rates
    ]
    return _rates("rates", [f"{month.first.month}月" for month in found.months], series)


def rates_of_city(found: CityStatistics) -> Chart:
    """Return 出席率 by month of each kind of school and of the city."""
    series = [
        Series(line.name, [_number(tally.rate) for tally in line.months], decimals=1)
        for line in found.rates
    ]
    return _rates("rates", [f"{month.first.month}月" for month in found.months], series)


def _rates(slug: str, months: list[str], series: list[Series]) -> Chart:
    rates = [value for each in series for value in each.values]
    return Chart(
        slug=slug,
        kind="line",
        title=_("月ごとの出席率"),
        unit="%",
        category_name=_(MONTH),
        categories=months,
        series=series,
        floor=_floor(rates),
    )


def infections_of_school(found: IllnessPage, link: Link) -> Chart:
    """Return new 出席停止 by week and disease."""
    series = [
        Series(
            name,
            [line.counts[place] for line in found.weeks],
            links=[
                link("statistics-illness-rows", stretch=line.week.slug, disease=key)
                if line.counts[place]
                else None
                for line in found.weeks
            ],
        )
        for place, (key, name) in enumerate(found.diseases)
    ]
    return _infections([line.week.label for line in found.weeks], series)


def infections_of_city(found: CityStatistics) -> Chart:
    """Return new 出席停止 of the city by week and disease."""
    series = [Series(name, numbers) for _key, name, numbers in found.diseases]
    return _infections([week.label for week in found.weeks], series)


def _infections(weeks: list[str], series: list[Series]) -> Chart:
    """Return the figure from the first to the last week with anybody."""
    some = [n for n in range(len(weeks)) if any(each.values[n] for each in series)]
    shown = slice(some[0], some[-1] + 1) if some else slice(0)
    return Chart(
        slug="infections",
        kind="stack",
        title=_("感染症で出席停止になった人(始まった週)"),
        unit=_("名"),
        category_name=_("週"),
        categories=weeks[shown],
        series=[Series(each.name, each.values[shown], each.links[shown]) for each in series],
    )


def causes_of_school(found: LongAbsencePage, link: Link) -> Chart:
    """Return children absent for long by grade and cause."""
    return Chart(
        slug="long-absence",
        kind="stack",
        title=_("長期欠席の人(学年と理由)"),
        unit=_("名"),
        category_name=_("学年"),
        categories=[f"{line.grade_level}年" for line in found.lines],
        series=[
            Series(
                name,
                [line.counts[place] for line in found.lines],
                links=[
                    link(
                        "statistics-long-absence-rows",
                        stretch=found.period.slug,
                        where=f"g{line.grade_level}",
                        cause=key,
                    )
                    if line.counts[place]
                    else None
                    for line in found.lines
                ],
            )
            for place, (key, name) in enumerate(CAUSES.items())
        ],
    )


def causes_of_city(found: CityStatistics) -> Chart:
    """Return children absent for long of the whole city by cause."""
    causes = found.causes or ()
    return Chart(
        slug="long-absence",
        kind="bar",
        title=_("長期欠席の人(市の計)"),
        unit=_("名"),
        category_name=_("理由"),
        categories=[name for name, _count in causes],
        series=[Series(_("人数"), [count for _name, count in causes])],
    )
