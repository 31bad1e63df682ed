"""The city's numbers as a spreadsheet: always with the small ones hidden."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from manabiya.apps.city import queries
from manabiya.apps.city.queries import BoardDay, BoardRow, Infections, Trend
from manabiya.apps.city.words import STAR, disease_word, hidden_note, reason_word, short_day
from manabiya.kernel.access.requests import Request
from manabiya.kernel.exchange.tables import Cell, Column, Table, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(request: Request) -> HttpResponse:
    """Give today, infections and weeks as one workbook."""
    page = queries.infections(request.actor, day=request.today, shared=True)
    weeks = queries.trend(request.actor, board=page.board)
    body = to_xlsx(
        _schools(page.board), _infections(page), _weeks(weeks), _reasons(weeks), _note(page.board)
    )
    name = quote(f"市の出欠{request.today:%Y-%m-%d}.xlsx")
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _star(number: int | None) -> Cell:
    return STAR if number is None else number


def _table(name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    columns = [Column(text, 20 if place == 0 else 12) for place, text in enumerate(headings)]
    return Table(name, columns, rows)


def _schools(board: BoardDay) -> Table:
    headings = [
        _("学校"), _("確定学級"), _("学級"), _("在籍"), _("出席"), _("欠席"), _("停止・忌引"),
        _("未着"), _("未確認"), _("新しく病気"),
    ]  # fmt: skip
    return _table(
        _("学校ごと"), headings, [_school(row, board) for row in (*board.rows, board.total)]
    )


def _school(row: BoardRow, board: BoardDay) -> list[Cell]:
    line = row.line
    cells = row.cells
    return [
        line.school.name if line else _("市の計"),
        line.confirmed_classes if line else board.day.confirmed_classes,
        line.classes if line else board.day.classes,
        row.enrolled,
        *map(_star, (cells["present"], cells["absent"], row.excused, cells["not_arrived"])),
        *map(_star, (cells["unconfirmed"], row.newly_ill)),
    ]


def _infections(page: Infections) -> Table:
    board = page.board
    headings = [_("学校"), *(disease_word(key) for key in board.diseases)]
    rows = [
        [row.line.school.name if row.line else _("市の計"),
         *(_star(row.with_disease(key)) for key in board.diseases)]
        for row in (*board.rows, board.total)
    ]  # fmt: skip
    return _table(_("感染症による出席停止"), headings, rows)


def _weeks(page: Trend) -> Table:
    headings = [
        _("週"), _("授業日"), _("欠席率"), _("昨年度の欠席率"), _("感染症による出席停止(1日)"),
        _("昨年度の同じ週"),
    ]  # fmt: skip
    rows = [
        [
            _("%(day)sの週") % {"day": short_day(week.monday)},
            week.days,
            *map(
                _percent, (week.percent, week.percent_before, week.infected, week.infected_before)
            ),
        ]
        for week in page.weeks
    ]
    return _table(_("週ごと"), headings, rows)


def _percent(value: Decimal | None) -> Cell:
    return "" if value is None else str(value)


def _reasons(page: Trend) -> Table:
    headings = [
        _("理由(市の計)"),
        *(_("%(day)sの週") % {"day": short_day(monday)} for monday in page.mondays),
    ]
    rows = [[reason_word(line.reason), *map(_star, line.numbers)] for line in page.reasons]
    return _table(_("休んだ理由"), headings, rows)


def _note(board: BoardDay) -> Table:
    return Table(
        _("読み方"),
        [Column(_("読み方"), 90)],
        [
            [f"{board.day.date:%Y-%m-%d}"],
            [hidden_note()],
            [_("確定していない学級の人は、どこでも出席に数えていません。")],
            [_("休んだ理由は市の計だけで、学校ごとにはだれにも出ません。")],
        ],
    )
