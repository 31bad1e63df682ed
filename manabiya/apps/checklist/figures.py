"""The drawings of the checklist, each with its table: bands, years of an item, spread, figure 1."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from manabiya.apps.checklist.plan_table import PlanFigure
from manabiya.apps.checklist.queries import ItemPage, RoundsPage
from manabiya.apps.checklist.queries.rounds import RoundCell, RoundRow
from manabiya.apps.checklist.queries.years import year_label
from manabiya.kernel.ui.charts import Chart, Series


def bands_figure(page: RoundsPage) -> Chart:
    """Return how many of the city's items stand in each band, year by year."""
    known = [(year, year.bands) for year in page.years if year.bands]
    names = (_("80%以上"), _("50%以上80%未満"), _("50%未満"))
    return Chart(
        slug="checklist-bands",
        kind="stack",
        title=_("本市の項目の数"),
        unit=_("項目"),
        category_name=_("年度"),
        categories=[
            year.label if year.is_final else _("%(year)s(速報)") % {"year": year.label}
            for year, _bands in known
        ],
        series=[
            Series(name, [bands[place] for _year, bands in known])
            for place, name in enumerate(names)
        ],
    )


def years_figure(page: ItemPage) -> Chart | None:
    """Return an item through the years; a line ends where the next figure can't be compared.

    A figure that stands alone between two breaks is left to the table: beside the lines it would
    look comparable. None where no two figures stand in one line.
    """
    columns = sorted({cell.year for row in page.years for cell in row.known})
    runs = [
        (row, run)
        for row in page.years
        for run in _runs(row)
        if len(run) > 1 or len(row.known) == 1
    ]
    if not any(len(run) > 1 for _row, run in runs):
        return None
    return Chart(
        slug="checklist-years",
        kind="line",
        title=_("本市と全国の割合"),
        unit="%",
        category_name=_("年度"),
        categories=[year_label(year) for year in columns],
        series=[_line(row, run, columns) for row, run in runs],
        missing=_("なし"),
        note=_("切れ目で分かれた1つだけの数は、下の表にあります。")
        if sum(len(run) for _row, run in runs) < sum(len(row.known) for row in page.years)
        else "",
    )


def _runs(row: RoundRow) -> Iterator[list[RoundCell]]:
    """Yield the figures of a row that can be compared with one another."""
    run: list[RoundCell] = []
    for cell in row.known:
        if cell.breaks and run:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _line(row: RoundRow, run: Sequence[RoundCell], columns: Sequence[int]) -> Series:
    is_whole = len(run) == len(row.known)
    name = (
        row.area
        if is_whole
        else _("%(area)s %(year)sから")
        % {
            "area": row.area,
            "year": year_label(run[0].year),
        }
    )
    by_year = {cell.year: float(cell.percent or 0) for cell in run}
    return Series(name, [by_year.get(year) for year in columns], decimals=1)


def spread_figure(page: ItemPage) -> Chart | None:
    """Return how many schools gave each answer, by kind of school; None without answers."""
    if not page.spread:
        return None
    kinds = page.kinds or (_("学校"),)
    return Chart(
        slug="checklist-spread",
        kind="stack",
        title=_("回答ごとの学校数"),
        unit=_("校"),
        category_name=_("回答"),
        categories=[row.answer for row in page.spread],
        series=[
            Series(
                kind, [row.by_kind[place] if row.by_kind else row.schools for row in page.spread]
            )
            for place, kind in enumerate(kinds)
        ],
    )


def obstacle_figures(page: ItemPage) -> list[Chart]:
    """Return the causes that are counted for an item, one figure for each app that counts."""
    return [
        Chart(
            slug=f"checklist-obstacles-{place}",
            kind="bar",
            title=label,
            unit="",
            category_name=_("わけ"),
            categories=[one.word for one in found],
            series=[
                Series(_("件"), [one.count for one in found]),
                Series(_("学校"), [one.schools for one in found]),
            ],
        )
        for place, (label, found) in enumerate(page.obstacles)
    ]


def plan_figure(figure: PlanFigure) -> Chart:
    """Return figure 1 of the plan as far as its text prints numbers."""
    return Chart(
        slug="plan-figure-1",
        kind="bar",
        title=figure.title,
        unit="%",
        category_name=_("学校の種類"),
        categories=[name for name, _percent in figure.percents],
        series=[
            Series(_("本市"), [float(percent) for _name, percent in figure.percents], decimals=1)
        ],
        note=figure.note,
    )
