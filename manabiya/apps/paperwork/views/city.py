"""The city: sums for everybody who keeps a list, and the board's roll-up."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.apps.paperwork import papers, policies, queries, tables
from manabiya.apps.paperwork.figures import zero_figure
from manabiya.apps.paperwork.views.places import PDF, XLSX, as_file, names
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.exchange import to_xlsx


def sums(request: Request) -> HttpResponse:
    """Show a school the sums of the city, no school by name, beside its own."""
    found = queries.city_sums(request.actor, request.today)
    context = {
        "routes": names(request),
        "sums": found,
        "figure": zero_figure(found.years),
        "own": queries.own_counts(request.actor, request.today),
        "may_keep": policies.PARTNER_KEEP.may(request.actor),
    }
    return render(request, "paperwork/sums.html", context)


def city(request: Request) -> HttpResponse:
    """Show the board the city: what is left, why, of which papers, and the way to zero."""
    found = queries.city_sums(request.actor, request.today)
    context = {
        "routes": names(request),
        "sums": found,
        "figure": zero_figure(found.years),
        "papers": queries.paper_rows(request.actor, request.today),
    }
    return render(request, "paperwork/city.html", context)


def schools(request: Request) -> HttpResponse:
    """Show the board every school's counts."""
    rows = queries.school_rows(request.actor, request.today)
    return render(request, "paperwork/schools.html", {"rows": rows})


def overdue(request: Request) -> HttpResponse:
    """Show the board what is overdue."""
    rows = queries.overdue_uses(request.actor, request.today)
    return render(request, "paperwork/overdue.html", {"rows": rows})


def beyond(request: Request) -> HttpResponse:
    """Show what one city can't solve alone."""
    rows = queries.beyond_rows(request.actor)
    return render(request, "paperwork/beyond.html", {"rows": rows})


def own_file(request: Request, kind: str) -> HttpResponse:
    """Give the list of the place as ``xlsx`` or ``pdf``."""
    lines = queries.lines_of(request.actor, today=request.today)
    return _file(request, tables.list_table(lines), kind)


def city_file(request: Request, table: str, kind: str) -> HttpResponse:
    """Give a table of the board as ``xlsx`` or ``pdf``."""
    make = tables.CITY.get(table)
    if make is None:
        raise Http404
    return _file(request, make(request.actor, request.today), kind)


def _file(request: Request, table: tables.Table, kind: str) -> HttpResponse:
    name = f"{table.name}{request.today:%Y-%m-%d}"
    if kind == "xlsx":
        return as_file(to_xlsx(table), XLSX, f"{name}.xlsx")
    if kind == "pdf":
        content = papers.table_pdf(table, request.actor.place, request.today, real_now())
        return as_file(content, PDF, f"{name}.pdf")
    raise Http404
