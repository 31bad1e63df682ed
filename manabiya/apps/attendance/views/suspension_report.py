"""The month's report of 出席停止 to the 設置者: to look at, and as a paper."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from manabiya.apps.attendance import papers
from manabiya.apps.attendance.queries.suspension_report import suspension_report
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.law.era import era_year


def report(request: Request, month: date) -> HttpResponse:
    """Show the numbers of a month."""
    era, year = era_year(month)
    following = (month + timedelta(days=31)).replace(day=1)
    context = {
        "page": suspension_report(request.actor, month=month),
        "era": f"{era}{year}",
        "previous": (month - timedelta(days=1)).replace(day=1),
        "next": following if following <= request.today else None,
    }
    return render(request, "attendance/decisions/suspension_report.html", context)


def paper(request: Request, month: date) -> HttpResponse:
    """Give the report of a month as PDF."""
    page = suspension_report(request.actor, month=month)
    content = papers.suspension_report_pdf(page, request.now, real_now())
    response = HttpResponse(content, content_type="application/pdf")
    header = content_disposition_header(
        as_attachment=False, filename=f"出席停止報告書{month:%Y-%m}.pdf"
    )
    if header:
        response.headers["Content-Disposition"] = header
    return response
