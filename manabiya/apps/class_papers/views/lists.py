"""Choose a class and a paper; the paper as a file."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from manabiya.apps.class_papers import papers, queries
from manabiya.apps.class_papers.policies import LIST_PRINT
from manabiya.apps.class_papers.rules import LABEL_SHEETS
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.exchange import Encoding, to_csv, to_xlsx

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def overview(request: Request) -> HttpResponse:
    """List the classes with the papers of each."""
    cards = queries.classes_for(request.actor, LIST_PRINT, request.today)
    return render(
        request, "class_papers/overview.html", {"homerooms": cards, "sheets": LABEL_SHEETS.items()}
    )


def class_list(request: Request, homeroom: UUID, kind: str) -> HttpResponse:
    """Give the class list as ``pdf``, ``xlsx``, ``csv`` (UTF-8) or ``cp932``."""
    page = queries.class_list(request.actor, homeroom, request.today)
    name = f"{page.homeroom.name}名簿"
    if kind == "pdf":
        return as_file(papers.class_list_pdf(page, real_now()), PDF, f"{name}.pdf", inline=True)
    table = papers.class_list_table(page)
    if kind == "xlsx":
        return as_file(to_xlsx(table), XLSX, f"{name}.xlsx")
    if kind not in ("csv", "cp932"):
        raise Http404
    encoding = Encoding.CP932 if kind == "cp932" else Encoding.UTF_8
    content, gaps = to_csv(table, encoding)
    if gaps and "accepted" not in request.GET:
        context = {"page": page, "gaps": papers.gaps_of(page, gaps)}
        return render(request, "class_papers/gaps.html", context)
    return as_file(content, "text/csv", f"{name}.csv")


def labels(request: Request, homeroom: UUID, sheet: str) -> HttpResponse:
    """Give the name labels of a class on a sheet of labels."""
    if sheet not in LABEL_SHEETS:
        raise Http404
    page = queries.class_list(request.actor, homeroom, request.today)
    content = papers.labels_pdf(page, LABEL_SHEETS[sheet], real_now())
    return as_file(content, PDF, f"{page.homeroom.name}名札{sheet}面.pdf", inline=True)


def as_file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(not inline, name)
    if header:
        response.headers["Content-Disposition"] = header
    return response
