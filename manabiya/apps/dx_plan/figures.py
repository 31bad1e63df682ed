"""Figures of the plan: where each item stands and where it is to go; what became of it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from manabiya.apps.dx_plan.document import PrintedFigure
from manabiya.apps.dx_plan.queries import GoalLine, PlanPage, ReportLine, ReportPage
from manabiya.kernel.ui.charts import Chart, Series

UP, DOWN = "上げる項目", "下げる項目"


def goal_figures(page: PlanPage) -> list[Chart]:
    """Return the baseline beside the goal of the last year; items to be lowered apart."""
    found = []
    for falls in (False, True):
        lines = [line for line in page.with_goals if line.falls is falls]
        if lines:
            found.append(_goals(page, lines, falls=falls))
    return found


def _goals(page: PlanPage, lines: Sequence[GoalLine], *, falls: bool) -> Chart:
    return Chart(
        "dx-plan-falling" if falls else "dx-plan-rising",
        "bar",
        _("基準と目標(%(which)s)") % {"which": _(DOWN) if falls else _(UP)},
        "%",
        _("項目"),
        [line.name for line in lines],
        (
            Series(
                _("基準 %(year)s") % {"year": page.baseline_label},
                [float(line.baseline.percent) if line.baseline else None for line in lines],
                decimals=1,
            ),
            Series(
                _("最後の目標"),
                [_float(line.goals[max(line.goals)]) for line in lines],
                decimals=1,
            ),
        ),
        missing=_("わかりません"),
    )


def report_figures(page: ReportPage) -> list[Chart]:
    """Return baseline, goal of the year and what became of it; items to be lowered apart."""
    found = []
    for falls in (False, True):
        lines = [line for line in page.lines if line.falls is falls]
        if lines:
            found.append(_report(page, lines, falls=falls))
    return found


def _report(page: ReportPage, lines: Sequence[ReportLine], *, falls: bool) -> Chart:
    return Chart(
        "dx-plan-report-falling" if falls else "dx-plan-report-rising",
        "bar",
        _("目標と実績(%(which)s)") % {"which": _(DOWN) if falls else _(UP)},
        "%",
        _("項目"),
        [line.label for line in lines],
        (
            Series(_("基準"), [_float(line.baseline) for line in lines], decimals=1),
            Series(_("目標"), [_float(line.goal) for line in lines], decimals=1),
            Series(_("実績"), [_float(line.real) for line in lines], decimals=1),
        ),
        missing=_("—"),
    )


def printed_figure(figure: PrintedFigure) -> Chart:
    """Return the figure of chapter 2 as printed."""
    return Chart(
        "dx-plan-printed",
        "bar",
        figure.title,
        "%",
        _("学校"),
        [name for name, _percent in figure.bars],
        (Series(_("割合"), [float(percent) for _name, percent in figure.bars], decimals=1),),
        note=figure.survey,
    )


def _float(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent)
