"""年間の出席簿 of a class: the page, its PDF and its workbook."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.apps.register import queries, year_papers
from manabiya.apps.register.document import SUMS
from manabiya.apps.register.files import XLSX, as_file
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.exchange import to_xlsx

SHOWN_FIRST = "absent"


def year(request: Request, homeroom: UUID) -> HttpResponse:
    """Show the year's sums, and one quantity (``?of=``) month by month."""
    page = queries.year_page(request.actor, homeroom_id=homeroom, today=request.today)
    chosen = request.GET.get("of", SHOWN_FIRST)
    chosen = chosen if chosen in SUMS else SHOWN_FIRST
    sheet, year = page.sheet, page.homeroom.school_year
    context = {
        "page": page,
        "title": year_papers.title_of(page),
        "standing": year_papers.standing_of(page, request.today),
        "principals": year_papers.signers(page.officers.principals, year),
        "teachers": year_papers.signers(page.officers.teachers, year),
        "months": list(zip(sheet.months, page.states, strict=True)),
        "rows": [(row, [row.sums[name] for name in SUMS]) for row in sheet.rows],
        "totals": [sheet.whole.sums[name] for name in SUMS],
        "figures": year_papers.class_figures(sheet),
        "quantities": SUMS.items(),
        "chosen": chosen,
        "chosen_word": SUMS[chosen],
        "by_month": [
            (row, list(zip(row.of(chosen), page.states, strict=True)), row.sums[chosen])
            for row in sheet.rows
        ],
        "month_totals": [one.sums[chosen] if one else "" for one in (*sheet.classes, sheet.whole)],
    }
    return render(request, "register/year.html", context)


def paper(request: Request, homeroom: UUID, kind: str) -> HttpResponse:
    """Give the year as ``pdf`` or ``xlsx``."""
    page = queries.year_page(request.actor, homeroom_id=homeroom, today=request.today)
    name = f"{page.homeroom.name}年間の出席簿{page.homeroom.school_year}"
    if kind == "xlsx":
        tables = year_papers.year_tables(page, request.today)
        return as_file(to_xlsx(*tables), XLSX, f"{name}.xlsx")
    if kind != "pdf":
        raise Http404
    content = year_papers.year_pdf(page, request.today, real_now())
    return as_file(content, "application/pdf", f"{name}.pdf", inline=True)
