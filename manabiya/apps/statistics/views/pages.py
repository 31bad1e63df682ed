"""What the pages share: which of them a person may open, and a workbook as an answer."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from manabiya.apps.statistics.policies import ATTENDANCE_VIEW, LONG_ABSENCE_VIEW
from manabiya.kernel.access.requests import Request
from manabiya.kernel.exchange import Table, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(tables: Sequence[Table], name: str) -> HttpResponse:
    """Return the tables as a workbook to keep."""
    response = HttpResponse(to_xlsx(*tables), content_type=XLSX)
    header = content_disposition_header(True, f"{name}.xlsx")
    if header:
        response.headers["Content-Disposition"] = header
    return response


def pages_of(request: Request) -> dict[str, bool]:
    """Return which pages beside 感染症 the person may open."""
    return {
        "may_attendance": ATTENDANCE_VIEW.may(request.actor),
        "may_long_absence": LONG_ABSENCE_VIEW.may(request.actor),
    }
