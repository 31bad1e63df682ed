"""健康観察簿 on screen and on paper."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from manabiya.apps.nurse_office import papers, queries
from manabiya.apps.nurse_office.queries import Book
from manabiya.apps.nurse_office.queries.book import SIGNS
from manabiya.apps.observation.queries import symptom_label
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.law.era import era_year
from manabiya.law.school_year import school_year_of


def home(request: Request) -> HttpResponse:
    """Open the book of the first class, or say there is none."""
    cards = queries.classes_for(request.actor, request.today)
    if cards:
        month = request.today.replace(day=1)
        return redirect(here(request, "health-book", homeroom=cards[0].id, month=month))
    return render(request, "nurse_office/no_book.html", {})


def book(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Show the month of a class."""
    page = _book(request, homeroom, month)
    era, year = era_year(month)
    context = {
        "page": page,
        "homerooms": queries.classes_for(request.actor, request.today),
        "era": f"{era}{year}",
        "signs": [(sign, symptom_label(symptom)) for symptom, sign in SIGNS.items()],
        "marks": papers.MARKS,
        "previous": _inside(month - timedelta(days=1), page.register.card.school_year),
        "next": _inside(month + timedelta(days=31), page.register.card.school_year),
    }
    return render(request, "nurse_office/book.html", context)


def paper(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Give the month of a class as PDF, A4 landscape."""
    page = _book(request, homeroom, month)
    content = papers.book_pdf(page, request.actor.at, request.now, real_now())
    name = f"{page.register.card.name}健康観察簿{month:%Y-%m}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    header = content_disposition_header(as_attachment=False, filename=name)
    if header:
        response.headers["Content-Disposition"] = header
    return response


def _book(request: Request, homeroom: UUID, month: date) -> Book:
    page = queries.book_month(request.actor, homeroom_id=homeroom, first=month, today=request.today)
    if school_year_of(month) != page.register.card.school_year:
        raise Http404
    return page


def _inside(day: date, school_year: int) -> date | None:
    """Return the first of the day's month, None outside the class's school year."""
    first = day.replace(day=1)
    return first if school_year_of(first) == school_year else None
