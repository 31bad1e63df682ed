"""Whom a family telephones about: found by the beginning of the kana, with what is known already."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries.arrivals import Said, said_about
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import STUDENT_VIEW
from manabiya.roster.queries import StudentLine, fetchers_of, school_days, student_lines

MOST = 30
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A child that was found, and the report of today that is there already."""

    child: StudentLine
    said: Said | None


@dataclass(frozen=True, slots=True)
class PhonePage:
    """A child at the telephone: the days a report can be about, who is registered to fetch it."""

    student_id: UUID
    name: str
    kana: str
    homeroom_name: str
    roll_number: int
    dates: tuple[date, ...]
    fetchers: tuple[str, ...]
    said: Said | None


def phone_lines(viewer: Actor, *, typed: str, today: date) -> list[PhoneLine]:
    """Return up to thirty children of the school whose kana begin with ``typed`` (two queries)."""
    if not typed.strip():
        return []
    found = student_lines(viewer, today=today, typed=typed)
    children = sorted(found, key=lambda child: (child.kana, child.homeroom_name))[:MOST]
    said = said_about([child.student_id for child in children], day=today)
    return [PhoneLine(child, said.get(child.student_id)) for child in children]


def phone_page(viewer: Actor, *, student_id: UUID, today: date) -> PhonePage:
    """Return one child of the school for the form (five queries); another's does not exist."""
    rows = Enrollment.objects.filter(on_day(today), student_id=student_id)
    seat = STUDENT_VIEW.filter(viewer, rows).select_related("student", "homeroom").first()
    if seat is None:
        raise Http404
    calendar = school_days(seat.school_id, today, today + AHEAD)
    return PhonePage(
        student_id=student_id,
        name=seat.student.display_name,
        kana=seat.student.display_kana,
        homeroom_name=seat.homeroom.name,
        roll_number=seat.roll_number,
        dates=tuple(calendar.days_with_lessons(seat.grade_level, seat.homeroom_id)),
        fetchers=tuple(fetchers_of(student_id, today).registered.values()),
        said=said_about([student_id], day=today).get(student_id),
    )
