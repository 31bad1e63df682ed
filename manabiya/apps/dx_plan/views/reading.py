"""The plan as a document, its editions, the yearly report, and what a school reads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.apps.dx_plan import figures, papers, queries
from manabiya.apps.dx_plan.document import CHAPTERS, Document, paragraphs
from manabiya.apps.dx_plan.models import PlanEdition
from manabiya.apps.dx_plan.views.answers import PDF, as_file, standing_of
from manabiya.apps.dx_plan.writing import markdown
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now

MARKDOWN = "text/markdown; charset=utf-8"


def document(request: Request, plan: UUID) -> HttpResponse:
    """Show the plan as a document: its draft, or what is decided."""
    return _shown(request, *queries.document_of(request.actor, plan), plan)


def edition(request: Request, plan: UUID, number: int) -> HttpResponse:
    """Show a decided edition."""
    found, words = queries.edition_of(request.actor, plan, number)
    return _shown(request, found, words, plan)


def _shown(
    request: Request, found: PlanEdition | None, words: Document, plan: UUID | None
) -> HttpResponse:
    context = {
        "document": words,
        "edition": found,
        "plan_id": plan,
        "standing": standing_of(found, words),
        "printed": figures.printed_figure(words.figure) if words.figure else None,
        "chapters": {name: paragraphs(getattr(words, name)) for name in CHAPTERS},
    }
    return render(request, "dx_plan/document.html", context)


def document_pdf(request: Request, plan: UUID) -> HttpResponse:
    """Give the plan as PDF: its draft, or what is decided."""
    return _pdf(*queries.document_of(request.actor, plan))


def document_text(request: Request, plan: UUID) -> HttpResponse:
    """Give the plan as Markdown: its draft, or what is decided."""
    return _text(*queries.document_of(request.actor, plan))


def edition_pdf(request: Request, plan: UUID, number: int) -> HttpResponse:
    """Give a decided edition as PDF."""
    return _pdf(*queries.edition_of(request.actor, plan, number))


def edition_text(request: Request, plan: UUID, number: int) -> HttpResponse:
    """Give a decided edition as Markdown."""
    return _text(*queries.edition_of(request.actor, plan, number))


def _pdf(found: PlanEdition | None, words: Document) -> HttpResponse:
    standing = standing_of(found, words)
    made_at = found.decided_at if found else real_now()
    content = papers.plan_pdf(words, standing=standing, made_at=made_at)
    return as_file(content, PDF, f"{_name(words, standing)}.pdf")


def _text(found: PlanEdition | None, words: Document) -> HttpResponse:
    standing = standing_of(found, words)
    content = markdown(words, standing=standing).encode()
    return as_file(content, MARKDOWN, f"{_name(words, standing)}.md")


def _name(words: Document, standing: str) -> str:
    return f"{words.title}_{standing.replace(' ', '_')}"


def report(request: Request, plan: UUID) -> HttpResponse:
    """Show the yearly report."""
    page = queries.report_page(request.actor, plan, _asked(request))
    context = {"page": page, "plan": page.plan, "charts": figures.report_figures(page)}
    return render(request, "dx_plan/report.html", context)


def report_file(request: Request, plan: UUID) -> HttpResponse:
    """Give the yearly report as PDF."""
    page = queries.report_page(request.actor, plan, _asked(request))
    content = papers.report_pdf(page, made_at=real_now())
    return as_file(content, PDF, f"{page.document.title}_年次報告_{page.year.label}.pdf")


def _asked(request: Request) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


def own(request: Request) -> HttpResponse:
    """Show a school the decided plan."""
    found = queries.decided_plan(request.actor)
    if found is None:
        return render(request, "dx_plan/nothing.html")
    return _shown(request, *found, None)


def own_file(request: Request) -> HttpResponse:
    """Give a school the decided plan as PDF."""
    found = queries.decided_plan(request.actor)
    if found is None:
        raise Http404
    return _pdf(*found)
