"""Reports that wait on a phone without a network: the page to write them on, and what sends them.

A phone keeps a report with the account it was written under and its idempotency key. It asks for a
token of now, and sends the same form the page would have sent, marked with a header; the answer is
JSON: the receipt, or why the school can't take it.
"""

from datetime import date

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from manabiya.apps.attendance import queries
from manabiya.apps.attendance.forms.report import Choices, ReportForm
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.views.days import day_choices
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import SCHOOL_ZONE

HEADER = "X-Outbox"
SALT = "manabiya.attendance.outbox"


def account_key(request: Request) -> str:
    """Return what stands for the account on a phone: always the same, and no id of ours."""
    return salted_hmac(SALT, str(request.actor.account_id)).hexdigest()[:20]


def is_outbox(request: Request) -> bool:
    """Return whether a kept report is sent, and not a page."""
    return HEADER in request.headers


def token(request: Request) -> HttpResponse:
    """Give a token of now, and say whose."""
    return JsonResponse({"token": get_token(request), "account": account_key(request)})


def received(request: Request, report: AbsenceReport) -> HttpResponse:
    """Answer that the report is stored; only now the phone may forget it."""
    return JsonResponse(
        {
            "receipt": report.receipt_number,
            "at": f"{report.submitted_at.astimezone(SCHOOL_ZONE):%-H:%M}",
            "to": here(request, "family-report-detail", report=report.id),
        }
    )


def refused(request: Request, problem: str, existing: AbsenceReport | None = None) -> HttpResponse:
    """Answer why the school can't take the report."""
    to = here(request, "family-report-detail", report=existing.id) if existing else ""
    return JsonResponse({"problem": problem, "to": to}, status=409 if existing else 422)


def offline(request: Request) -> HttpResponse:
    """Show the page a phone keeps: every child one may report for, every day ahead."""
    children = queries.reportable_children(request.actor, today=request.today)
    days = sorted({day for child in children for day in child.days})
    form = ReportForm(
        initial={"kind": AbsenceReport.Kind.ABSENT},
        choices=Choices([(day.isoformat(), _plain(day)) for day in days]),
        auto_id="id_%s",
    )
    kinds = [(AbsenceReport.Kind.ABSENT, _("欠席")), (AbsenceReport.Kind.LATE, _("遅刻"))]
    context = {
        "children": children,
        "form": form,
        "kinds": kinds,
        "outbox_account": account_key(request),
    }
    return render(request, "attendance/offline.html", context)


def _plain(day: date) -> str:
    return day_choices([day])[0][1]
