"""The tables of the statistics as sheets of a workbook."""

from decimal import Decimal

from django.utils.translation import gettext as _

from manabiya.apps.statistics.counting import KINDS, Tally
from manabiya.apps.statistics.long_absence import CAUSES
from manabiya.apps.statistics.queries.illness import IllnessPage
from manabiya.apps.statistics.queries.long_absence import LongAbsencePage, LongAbsenceRows
from manabiya.apps.statistics.queries.school import SchoolStatistics
from manabiya.kernel.exchange import Column, Table

Cell = str | int | None
NONE = "―"
WIDE = 16


def said(rate: Decimal | None) -> str:
    """Return 出席率 as text; 「―」 without a required day."""
    return NONE if rate is None else str(rate)


def state(*, is_open: bool) -> str:
    """Return whether numbers may still change."""
    return _("速報") if is_open else _("確定")


def _numbers(tally: Tally) -> list[Cell]:
    return [tally.of(kind) for kind in KINDS]


def of_school(found: SchoolStatistics) -> list[Table]:
    """Return the classes, and the rates by month."""
    head = [Column(_("学級"), WIDE), Column(_("状態")), Column(_("出席率(%)"))]
    kinds = [Column(str(label), WIDE) for label in KINDS.values()]
    lines: list[list[Cell]] = [
        [
            line.card.name,
            state(is_open=line.is_open),
            said(line.tally.rate),
            *_numbers(line.tally),
        ]
        for line in found.lines
    ]
    lines.append(
        [_("計"), state(is_open=found.is_open), said(found.total.rate), *_numbers(found.total)]
    )
    months = [Column(f"{month.first.month}月") for month in found.months]
    rates: list[list[Cell]] = [
        [line.name, *(said(rate) for rate in line.rates)] for line in found.rates
    ]
    return [
        Table(_("学級ごと") + f" {found.period.label}", [*head, *kinds], lines),
        Table(_("月ごとの出席率"), [Column(_("学年・学級"), WIDE), *months], rates),
    ]


def of_illness(found: IllnessPage) -> list[Table]:
    """Return the weeks of infections."""
    columns = [Column(_("週"), WIDE), *(Column(name, WIDE) for _key, name in found.diseases)]
    columns += [Column(_("出席停止の計")), Column(_("病欠の日数"))]
    rows: list[list[Cell]] = [
        [line.week.label, *line.counts, line.total, line.sick_days] for line in found.weeks
    ]
    rows.append([_("計"), *found.sums, found.total, found.sick_days])
    return [Table(_("感染症") + f" {found.period.label}", columns, rows)]


def of_long_absence(found: LongAbsencePage, children: LongAbsenceRows) -> list[Table]:
    """Return the grades by cause, and the children behind."""
    columns = [Column(_("学年")), *(Column(name, WIDE) for name in CAUSES.values())]
    rows: list[list[Cell]] = [
        [f"{line.grade_level}年", *line.counts, line.total] for line in found.lines
    ]
    rows.append([_("計"), *found.sums, found.total])
    names: list[list[Cell]] = [
        [row.card.name, row.name, row.child.absent_days, row.child.excused_days, row.child.days,
         row.cause]
        for row in children.rows
    ]  # fmt: skip
    heads = [
        Column(_("学級")), Column(_("氏名"), 20), Column(_("欠席")), Column(_("出席停止・忌引等")),
        Column(_("計")), Column(_("理由"), WIDE),
    ]  # fmt: skip
    return [
        Table(_("学年と理由"), [*columns, Column(_("計"))], rows),
        Table(_("児童生徒"), heads, names),
    ]
