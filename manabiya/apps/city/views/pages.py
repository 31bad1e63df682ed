"""Today, the weeks before, infections, one school, and what is shared: numbers, never names."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.city import queries
from manabiya.apps.city.policies import EXACT_VIEW
from manabiya.apps.city.views import charts
from manabiya.kernel.access.requests import Request


def today(request: Request) -> HttpResponse:
    """Show the city and each school today."""
    page = queries.board_day(request.actor, day=request.today)
    return render(request, "city/today.html", {"page": page, **_rights(request)})


def infections(request: Request) -> HttpResponse:
    """Show the diseases, the schools on tiles, and the days before."""
    page = queries.infections(request.actor, day=request.today, disease=request.GET.get("disease"))
    context = {"page": page, "board": page.board, **_rights(request)}
    if page.lines and page.days:
        context["figure"] = charts.diseases_chart(page)
    return render(request, "city/infections.html", context)


def trend(request: Request) -> HttpResponse:
    """Show fourteen school days, the school year by week, and the year before."""
    board = queries.board_day(request.actor, day=request.today)
    page = queries.trend(request.actor, board=board)
    return render(
        request, "city/trend.html",
        {"page": page, "board": board, **_figures(page), **_rights(request)},
    )  # fmt: skip


def school(request: Request, school_id: UUID) -> HttpResponse:
    """Show one school's days to the officer in charge."""
    card, days, weeks = queries.school_trend(
        request.actor, school_id=school_id, today=request.today
    )
    board = queries.board_day(request.actor, day=request.today)
    row = next((r for r in board.rows if r.line and r.line.school.id == card.id), None)
    context = {
        "school": card,
        "days": days,
        "weeks": weeks,
        "row": row,
        "board": board,
        "day_figure": charts.school_days_chart(days) if days else None,
        "rate_figure": charts.rate_chart(weeks) if weeks else None,
    }
    return render(request, "city/school.html", context)


def share(request: Request) -> HttpResponse:
    """Show everything as it may leave the office: small numbers hidden, made for paper."""
    page = queries.infections(request.actor, day=request.today, shared=True)
    weeks = queries.trend(request.actor, board=page.board)
    context = {"page": page.board, "infections": page, "trend": weeks, "board": page.board}
    return render(request, "city/share.html", {**context, **_figures(weeks)})


def _rights(request: Request) -> dict[str, Any]:
    return {"may_see_exact": EXACT_VIEW.may(request.actor)}


def _figures(page: queries.Trend) -> dict[str, Any]:
    """Return the drawings of the trend; nothing is drawn of what was never counted."""
    return {
        "day_figure": charts.days_chart(page) if page.days else None,
        "rate_figure": charts.rate_chart(page.weeks) if page.weeks else None,
        "infected_figure": charts.infected_chart(page.weeks) if page.weeks else None,
    }
