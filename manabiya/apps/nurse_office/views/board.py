"""The nurse's board of today."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.nurse_office import queries
from manabiya.apps.nurse_office.chart import line_chart
from manabiya.apps.nurse_office.queries import Board, IllChild
from manabiya.apps.nurse_office.views.words import disease_word, kind_word, what
from manabiya.apps.observation.queries import SYMPTOMS, symptom_label
from manabiya.kernel.access.requests import Request
from manabiya.roster.calendar.policies import DAY_CHANGE_SET


@dataclass(frozen=True, slots=True)
class Child:
    """A child as a row of a list: name, class, what it has."""

    child: IllChild
    kind: str
    what: str


def board(request: Request) -> HttpResponse:
    """Show who is ill today, by class, what is new, and fourteen days."""
    page = queries.nurse_board(request.actor, day=request.today)
    context = {
        "page": page,
        "symptoms": [symptom_label(symptom) for symptom in SYMPTOMS],
        "fresh": [_child(child) for child in page.fresh],
        "here": [_child(child) for child in page.here],
        "over": [(line, [_child(child) for child in line.behind]) for line in page.over],
        "may_close": DAY_CHANGE_SET.may(request.actor),
        "chart": _chart(page),
        "rows": [(kind_word(series.kind), series.counts) for series in page.series],
        "diseases": [(disease_word(key), counts) for key, counts in page.diseases.items()],
        "sums": _sums(page),
    }
    return render(request, "nurse_office/board.html", context)


def _child(child: IllChild) -> Child:
    return Child(child, kind_word(child.ill.kind), what(child.ill))


def _chart(page: Board) -> object:
    ticks = [str(day.day) for day in page.days]
    return line_chart(ticks, [(kind_word(series.kind), series.counts) for series in page.series])


def _sums(page: Board) -> dict[str, object]:
    lines = page.open_lines
    return {
        "enrolled": sum(line.share.enrolled for line in lines),
        "sick": sum(line.sick for line in lines),
        "suspended": sum(line.suspended for line in lines),
        "here": sum(line.here for line in lines),
        "fresh": len(page.fresh),
        "symptoms": [sum(numbers) for numbers in zip(*(x.symptoms for x in lines), strict=True)],
        "unconfirmed": sum(not line.line.is_confirmed for line in lines),
    }
