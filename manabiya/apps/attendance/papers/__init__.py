"""The report of a month's 出席停止 to the 設置者 as PDF (Typst)."""

from datetime import date, datetime

from manabiya.apps.attendance.queries.suspension_report import SuspensionReport, SuspensionRow
from manabiya.kernel.pdf import typeset
from manabiya.law.era import era_year

PAPER = "apps/attendance/papers/suspension_report.typ"


def suspension_report_pdf(report: SuspensionReport, now: datetime, made_at: datetime) -> bytes:
    """Return the paper, A4. ``now`` (school time) is printed, ``made_at`` kept in the file."""
    era, year = era_year(report.month)
    data = {
        "school": report.school.full_name,
        "principal": report.school.principal,
        "month": f"{era}{year}年{report.month.month}月",
        "grades": list(report.grades),
        "rows": [_row(row) for row in report.rows],
        "sums": [*report.sums, report.total],
        "foot": f"{now:%Y年%-m月%-d日 %-H:%M} 作成",
    }
    return typeset(PAPER, data, made_at=made_at)


def _row(row: SuspensionRow) -> list[str | int]:
    last = _short(row.last_day) if row.last_day else "未定"
    days = f"{_short(row.first_day)}〜{last}"
    return [row.disease, _short(row.decided_on), days, *row.counts, row.total]


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
