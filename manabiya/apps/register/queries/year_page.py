"""A class's year: closed months as they were written down, open ones from the rows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries import Register, months_of_year, read_year
from manabiya.apps.attendance.queries.facilities import facilities_of
from manabiya.apps.register.document import Document, Head, month_document
from manabiya.apps.register.models import RegisterStep
from manabiya.apps.register.policies import MONTH_VIEW
from manabiya.apps.register.queries.live import last_of
from manabiya.apps.register.queries.stored import document_of, newest_versions
from manabiya.apps.register.year_sheet import YearSheet, year_sheet
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import ClassOfficers, class_officers


@dataclass(frozen=True, slots=True)
class YearPage:
    """The year of a class, who signs it, and how far each month is.

    ``states``: of each month "confirmed", "closed", "open" or "" (not begun).
    """

    homeroom: Homeroom
    officers: ClassOfficers
    sheet: YearSheet
    states: tuple[str, ...]
    sha256: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether every month is closed: the sums are the year's."""
        return all(state in ("closed", "confirmed") for state in self.states)


def year_page(viewer: Actor, *, homeroom_id: UUID, today: date) -> YearPage:
    """Return the year of a class up to today (about fifteen queries, more for open months' places).

    Raises ``Http404`` for a class out of reach.
    """
    room = MONTH_VIEW.get(viewer, Homeroom.objects.all(), pk=homeroom_id)
    begun = months_of_year(room.school_year, today)
    if not begun:
        raise Http404
    versions = {v.month: v for v in newest_versions([room.id], room.school_year)}
    documents = {month: document_of(version) for month, version in versions.items()}
    open_months = [month for month in begun if month not in documents]
    documents |= _live(room, open_months, today)
    first, last = begun[0], last_of(begun[-1])
    children = {UUID(row["student"]) for one in documents.values() for row in one["rows"]}
    places = {str(key): found for key, found in facilities_of(children, first, last).items()}
    sheet = year_sheet(room.school_year, documents, places, today)
    states = _states(room, set(versions), set(open_months))
    return YearPage(
        homeroom=room,
        officers=class_officers(room.id, first, last),
        sheet=sheet,
        states=tuple(states.get(month, "") for month in sheet.months),
        sha256=tuple(version.sha256 for version in versions.values()),
    )


def _live(room: Homeroom, months: list[date], today: date) -> dict[date, Document]:
    rows = read_year(room.school_id, room.school_year, today, only=room.id, months=months)
    registers = next(iter(rows), [])
    return {register.first: _document(register) for register in registers}


def _document(register: Register) -> Document:
    """Return an open month's document: only its numbers are read."""
    return month_document(register, Head(school="", principals=(), teachers=(), symbols={}))


def _states(room: Homeroom, closed: set[date], begun: set[date]) -> dict[date, str]:
    confirmed = RegisterStep.objects.filter(
        homeroom_id=room.id, kind=RegisterStep.Kind.CONFIRMED
    ).values_list("month", flat=True)
    return (
        dict.fromkeys(begun, "open")
        | dict.fromkeys(closed, "closed")
        | dict.fromkeys(set(confirmed), "confirmed")
    )
