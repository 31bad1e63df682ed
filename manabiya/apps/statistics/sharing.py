"""The board's tables as they leave the house: counts of 1 to 4 hidden, and what would tell them.

A column of counts is hidden by itself (its cells and its sum). Where the absences of a school are
hidden, so are 出席日数 and 出席率, from which they could be computed.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from manabiya.apps.statistics.counting import Tally
from manabiya.apps.statistics.queries.city import CityStatistics
from manabiya.apps.statistics.tables import said
from manabiya.kernel.exchange import Column, Table
from manabiya.kernel.exchange.small_cells import hidden_cells

HIDDEN = "*"
LEGEND = "* 少ない人数は伏せています"
Cell = str | int | None


def hidden_in(numbers: Sequence[int]) -> set[int]:
    """Return the places of a column to hide; ``len(numbers)`` is the place of its sum."""
    return {column for row, column in hidden_cells([list(numbers)]) if row == 0}


def of_city(found: CityStatistics) -> list[Table]:
    """Return schools, months, weeks of infections and, for the city alone, causes."""
    tables = [_schools(found), _months(found), _weeks(found)]
    if found.causes is not None:
        tables.append(_causes(found.causes))
    return tables


def _schools(found: CityStatistics) -> Table:
    tallies = [*(line.tally for line in found.lines), found.total]
    long_absent = [*(line.long_absent for line in found.lines), found.long_absent]
    absent = [tally.absent for tally in tallies]
    columns = {
        _("欠席"): absent,
        _("出席停止等"): [tally.suspended for tally in tallies],
        _("忌引等"): [tally.bereaved for tally in tallies],
        _("遅刻"): [tally.late for tally in tallies],
        _("早退"): [tally.left_early for tally in tallies],
        _("未確認"): [tally.unconfirmed for tally in tallies],
        _("長期欠席(年度)"): long_absent,
    }
    kept = [hidden_in(numbers[:-1]) for numbers in columns.values()]
    names = [*(line.school.name for line in found.lines), _("市の計")]
    rows: list[list[Cell]] = []
    for place, (name, tally) in enumerate(zip(names, tallies, strict=True)):
        cells: list[Cell] = [
            HIDDEN if place in hidden else numbers[place]
            for numbers, hidden in zip(columns.values(), kept, strict=True)
        ]
        rows.append([name, tally.required, *_attended(tally, is_hidden=place in kept[0]), *cells])
    rows.append([LEGEND, *[None] * (len(columns) + 3)])
    heads = [Column(_("学校"), 24), Column(_("出席しなければならない日数"), 20)]
    heads += [Column(_("出席日数")), Column(_("出席率(%)")), *(Column(name) for name in columns)]
    return Table(_("学校ごと") + f" {found.period.label}", heads, rows)


def _attended(tally: Tally, *, is_hidden: bool) -> list[Cell]:
    return [HIDDEN, HIDDEN] if is_hidden else [tally.attended, said(tally.rate)]


def _months(found: CityStatistics) -> Table:
    columns = [Column(_("学校の種類"), 16)]
    columns += [Column(f"{month.first.month}月") for month in found.months]
    rows = [[line.name, *(said(tally.rate) for tally in line.months)] for line in found.rates]
    return Table(_("月ごとの出席率"), columns, rows)


def _weeks(found: CityStatistics) -> Table:
    numbers = [list(counts) for _key, _name, counts in found.diseases]
    hidden = hidden_cells(numbers)
    columns = [Column(_("感染症"), 24), *(Column(week.label) for week in found.weeks)]
    rows: list[list[Cell]] = [
        [name, *(HIDDEN if (r, c) in hidden else n for c, n in enumerate(counts))]
        for r, (_key, name, counts) in enumerate(found.diseases)
    ]
    rows.append([LEGEND, *[None] * len(found.weeks)])
    return Table(_("感染症(週)"), columns, rows)


def _causes(causes: Sequence[tuple[str, int]]) -> Table:
    numbers = [count for _name, count in causes]
    hidden = hidden_in(numbers)
    rows: list[list[Cell]] = [
        [name, HIDDEN if place in hidden else count] for place, (name, count) in enumerate(causes)
    ]
    rows.append([LEGEND, None])
    return Table(_("長期欠席の理由(市の計)"), [Column(_("理由"), 24), Column(_("人数"))], rows)
