"""Who sits in a class, on a day or in a stretch of days, and who comes to it (交流学級)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from manabiya.roster.models import Enrollment, ExchangePlacement, Homeroom
from manabiya.roster.models.dated import on_day


@dataclass(frozen=True, slots=True)
class Home:
    """The class a guest belongs to (在籍学級)."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A child's place in a homeroom: 出席番号, grade, and from which to which day (inclusive).

    ``name`` is what the child is called on lists: the 通称 where it is used. ``home``: only of a
    guest, whose number and grade are those of that class; ``visits``: the name of the 交流学級 of a
    child of this class. Both are known to :func:`seats_with_guests` only. ``is_from_class`` and
    ``is_to_class``: the child came from, or left for, another class of the school (学級の変更).
    """

    student_id: UUID
    name: str
    kana: str
    roll_number: int
    grade_level: int
    sex: str
    starts_on: date
    ends_on: date | None
    home: Home | None = None
    visits: str = ""
    is_from_class: bool = False
    is_to_class: bool = False

    def holds_on(self, day: date) -> bool:
        """Return whether the child belongs to the class on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def seats_on(homeroom_id: UUID, day: date) -> list[Seat]:
    """Return the children of a homeroom on ``day``, by grade and 出席番号."""
    return seats_between(homeroom_id, day, day)


def seats_between(homeroom_id: UUID, first: date, last: date) -> list[Seat]:
    """Return every child who belonged to a homeroom at some time from ``first`` to ``last``."""
    return seats_of_classes([homeroom_id], first, last).get(homeroom_id, [])


def seats_of_classes(
    homeroom_ids: Collection[UUID], first: date, last: date
) -> dict[UUID, list[Seat]]:
    """Return by homeroom the children of several from ``first`` to ``last`` (one query)."""
    rows: QuerySet[Enrollment] = (
        Enrollment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=first),
            homeroom_id__in=list(homeroom_ids),
            starts_on__lte=last,
        )
        .select_related("student")
        .order_by("grade_level", "roll_number", "starts_on", "id")
    )
    found: dict[UUID, list[Seat]] = defaultdict(list)
    for row in rows:
        found[row.homeroom_id].append(_seat(row))
    return found


def seats_with_guests(homeroom_id: UUID, day: date, today: date) -> list[Seat]:
    """Return the children of a homeroom on ``day``, then those who come to it (交流学級).

    A guest is one who is placed here on ``day`` and still is ``today``: what a teacher may do for
    a guest ends with the placement, for days gone by too (one query).
    """
    own = Enrollment.objects.filter(on_day(day), homeroom_id=homeroom_id)
    guests = Enrollment.objects.filter(
        on_day(day),
        on_day(day, "student__exchanges__"),
        on_day(today, "student__exchanges__"),
        student__exchanges__homeroom_id=homeroom_id,
        school_id=F("student__exchanges__homeroom__school_id"),
    )
    placed = ExchangePlacement.objects.filter(on_day(day), student_id=OuterRef("student_id"))
    visits = When(
        homeroom__kind=Homeroom.Kind.SPECIAL_NEEDS,
        then=Subquery(placed.values("homeroom__name")[:1]),
    )
    rows = (
        Enrollment.objects.filter(pk__in=own.values("pk").union(guests.values("pk")))
        .select_related("student", "homeroom")
        .annotate(visits=Case(visits))
        .order_by("grade_level", "roll_number", "starts_on", "id")
    )
    seats = [_seat(row, class_id=homeroom_id) for row in rows]
    return sorted(seats, key=lambda seat: seat.home is not None)


def _seat(row: Enrollment, class_id: UUID | None = None) -> Seat:
    """Return the place of a row; with ``class_id`` it says who is a guest there, and who visits."""
    is_guest = class_id is not None and row.homeroom_id != class_id
    return Seat(
        student_id=row.student_id,
        name=row.student.display_name,
        kana=row.student.display_kana,
        roll_number=row.roll_number,
        grade_level=row.grade_level,
        sex=row.student.sex,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        home=Home(row.homeroom_id, row.homeroom.name) if is_guest else None,
        visits="" if is_guest else getattr(row, "visits", None) or "",
        is_from_class=row.entry == Enrollment.Entry.CLASS_CHANGE,
        is_to_class=row.exit == Enrollment.Exit.CLASS_CHANGE,
    )
