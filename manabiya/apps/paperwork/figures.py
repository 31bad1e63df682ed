"""The way to zero as a figure: what the plan leaves and what is really left, by school year."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from manabiya.apps.paperwork.rules import YearLeft
from manabiya.kernel.ui.charts import Chart, Series


def zero_figure(years: Sequence[YearLeft]) -> Chart:
    """Return the figure of the years; what has not begun is not known."""
    return Chart(
        "paperwork-zero",
        "line",
        _("ゼロまでの歩み"),
        _("件"),
        _("年度の終わり"),
        [year.label for year in years],
        (
            Series(_("計画での残り"), [year.planned for year in years]),
            Series(_("実際の残り"), [year.real for year in years]),
        ),
        missing=_("これから"),
        note=_(
            "計画での残りは、決めた期限で数えます。継続とまだ決めていないものは、残りに入ります。"
            "今年度の実際の残りは、今日までの分です。"
        ),
    )
