"""The lists of the review as tables, for a workbook and for paper."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from manabiya.apps.paperwork import queries
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.exchange import Column, Table
from manabiya.kernel.exchange.tables import Cell

__all__ = ["CITY", "Table", "list_table"]

STATES = ("残り", "まだ決めていない", "やめる予定", "期限を過ぎている", "継続", "やめた")
BOARD = "教育委員会"


def list_table(lines: Sequence[queries.Line]) -> Table:
    """Return the list of a place."""
    columns = (
        Column("帳票・業務の名前", 28), Column("種類"), Column("だれと", 16), Column("相手先", 18),
        Column("年に"), Column("なぜ残っているか", 18), Column("根拠", 24), Column("決定"),
        Column("決定の理由", 28), Column("担当", 14), Column("いつまでに", 14), Column("いま", 16),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            use.name, use.get_kind_display(), use.get_with_whom_display(),
            use.partner.name if use.partner else "", line.yearly, use.get_basis_display(),
            use.source, use.get_decision_display(), use.decision_reason,
            use.owner.name if use.owner else "", _day(use.due_on), line.state.label,
        )
        for line in lines
        for use in (line.use,)
    ]  # fmt: skip
    return Table("業務・帳票の一覧", columns, rows)


def _states(counts: queries.Counts) -> tuple[int, ...]:
    return (
        counts.left, counts.undecided, counts.planned, counts.overdue, counts.kept, counts.done
    )  # fmt: skip


def _papers(viewer: Actor, today: date) -> Table:
    columns = [Column("帳票・業務の名前", 28), Column("種類"), Column("学校の数"),
               *(Column(word, 14) for word in STATES), Column("年に")]  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (row.name, row.kind_label, len(row.schools), *_states(row.counts), row.counts.yearly)
        for row in queries.paper_rows(viewer, today)
    ]
    return Table("帳票ごとのまとめ", columns, rows)


def _schools(viewer: Actor, today: date) -> Table:
    columns = [Column("学校", 24), *(Column(word, 14) for word in STATES)]
    rows: list[tuple[Cell, ...]] = [
        (row.school.name if row.school else BOARD, *_states(row.counts))
        for row in queries.school_rows(viewer, today)
    ]
    return Table("学校ごとのまとめ", columns, rows)


def _overdue(viewer: Actor, today: date) -> Table:
    columns = (Column("学校", 24), Column("帳票・業務の名前", 28), Column("種類"), Column("決定"),
               Column("いつまでに", 14), Column("担当", 16))  # fmt: skip
    rows = [
        (
            use.school.name if use.school else BOARD, use.name, use.get_kind_display(),
            use.get_decision_display(), _day(use.due_on), use.owner.name if use.owner else "",
        )
        for use in queries.overdue_uses(viewer, today)
    ]  # fmt: skip
    return Table("期限を過ぎたもの", columns, rows)


def _beyond(viewer: Actor, today: date) -> Table:
    columns = (Column("どこへ", 12), Column("帳票・業務の名前", 28), Column("種類"),
               Column("根拠", 28), Column("どうなれば解けるか", 44), Column("使うところ"),
               Column("年に"))  # fmt: skip
    rows = [
        (row.to_label, row.name, row.kind_label, row.source, row.note, row.places, row.yearly)
        for row in queries.beyond_rows(viewer)
    ]
    return Table("市だけでは解けないもの", columns, rows)


def _partners(viewer: Actor, today: date) -> Table:
    columns = (Column("相手先", 28), Column("どんな相手", 14), Column("どこの", 20),
               Column("受け渡し方法", 16), Column("合意した日", 14), Column("合意した人", 16),
               Column("残り"))  # fmt: skip
    rows = [
        (
            row.partner.name, row.partner.get_sort_display(),
            row.partner.school.name if row.partner.school else "市全体",
            row.partner.get_channel_display(), _day(row.partner.agreed_on),
            row.partner.agreed_by.name if row.partner.agreed_by else "", row.counts.left,
        )
        for row in queries.partner_rows(viewer, today)
    ]  # fmt: skip
    return Table("相手先と受け渡し方法", columns, rows)


def _years(viewer: Actor, today: date) -> Table:
    columns = (Column("年度", 14), Column("計画での残り", 14), Column("実際の残り", 14))
    rows = [
        (year.label, year.planned, "" if year.real is None else year.real)
        for year in queries.city_sums(viewer, today).years
    ]
    return Table("ゼロまでの歩み", columns, rows)


def _day(day: date | None) -> str:
    return f"{day:%Y/%-m/%-d}" if day else ""


CITY: Mapping[str, Callable[[Actor, date], Table]] = {
    "papers": _papers,
    "schools": _schools,
    "overdue": _overdue,
    "beyond": _beyond,
    "partners": _partners,
    "years": _years,
}
"""The tables of the board by the word in their address."""
