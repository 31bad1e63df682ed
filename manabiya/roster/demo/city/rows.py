"""Turns what was thought out into rows, table by table."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta

from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.school_year import first_day, last_day
from manabiya.roster.demo.city.calendars import Entry
from manabiya.roster.demo.city.classes import KINDS, Room
from manabiya.roster.demo.city.people import GRADUATED, Adult, Child, Family
from manabiya.roster.demo.city.schools import SchoolSketch
from manabiya.roster.demo.city.staff import Opening, Person
from manabiya.roster.kana import search_text, sort_text
from manabiya.roster.models import (
    Appointment,
    CalendarDay,
    Enrollment,
    FormerName,
    Guardian,
    Homeroom,
    School,
    StaffMember,
    Student,
)

EVENING = {
    "starts_at": time(17, 30),
    "ends_at": time(20, 55),
    "report_cutoff": time(17, 0),
    "keeps_own_cutoff": True,
}
DAY = {
    "starts_at": time(8, 25),
    "ends_at": time(15, 30),
    "report_cutoff": time(8, 15),
    "keeps_own_cutoff": False,
}
NAME = ("family_name", "given_name", "family_kana", "given_kana", "kana_key", "kana_search")


def name_row(name: tuple[str, str, str, str], listed: tuple[str, str]) -> tuple[str, ...]:
    """Return the columns of :data:`NAME`; ``listed``: the kana the person is listed under."""
    return *name, sort_text(*listed), search_text("".join(listed))


def schools(key: Keys, city: str, sketches: list[SchoolSketch]) -> None:
    """Write the schools and give each sketch its key; a 分校 after its 本校."""
    for school in sketches:
        school.key = key()
    keys = {school.slug: school.key for school in sketches}
    hours = tuple(DAY)
    pour(
        School,
        ("id", "code", "slug", "name", "kind", "phone", "address", "main_school_id",
         "is_evening", *hours),
        (
            (s.key, s.code, s.slug, s.name, s.kind.value, s.phone,
             f"{city}{s.name[:2]}{s.number}番地", keys.get(s.main_slug), s.is_evening,
             *(EVENING if s.is_evening else DAY).values())
            for s in sketches
        ),
    )  # fmt: skip


def calendars(key: Keys, entries: Iterable[tuple[SchoolSketch, list[Entry]]]) -> int:
    """Write the calendar days of the schools."""
    return pour(
        CalendarDay,
        ("id", "school_id", "date", "grade_level", "is_school_day", "label"),
        (
            (key(), school.key, row.date, row.grade_level, row.is_open, row.label)
            for school, rows in entries
            for row in rows
        ),
    )


def homerooms(rooms: list[Room]) -> None:
    """Write the homerooms."""
    pour(
        Homeroom,
        ("id", "school_id", "school_year", "name", "kind", "position"),
        (
            (r.key, r.school.key, r.year, r.name, KINDS[r.plan.kind].value, r.position)
            for r in rooms
        ),
    )


def students(code: str, families: list[Family]) -> int:
    """Write the children; the 識別番号 begins with the municipality's code."""
    children = [child for family in families for child in family.children]
    return pour(
        Student,
        ("id", *NAME, "preferred_family_name", "preferred_given_name", "preferred_family_kana",
         "preferred_given_kana", "preferred_used_in", "birth_date", "sex", "reference"),
        (_student(child, f"{code}{n:07d}") for n, child in enumerate(children, start=1)),
    )  # fmt: skip


def _student(child: Child, reference: str) -> Row:
    name, called = child.name, child.preferred
    preferred = (called.family[0], called.given[0], called.family[1], called.given[1]) \
        if called else ("", "", "", "")  # fmt: skip
    return (
        child.key,
        *name_row((*name.letters, name.family[1], name.given[1]),
                  (child.listed.family[1], child.listed.given[1])),
        *preferred,
        ["screen", "report_card"] if called else [],
        child.born,
        "female" if child.is_girl else "male",
        reference,
    )  # fmt: skip


def former_names(key: Keys, families: list[Family], today: date) -> int:
    """Write the names children had until some day of the last two years."""
    return pour(
        FormerName,
        ("id", *NAME, "student_id", "starts_on", "ends_on"),
        (
            (key(),
             *name_row((*c.former.letters, c.former.family[1], c.former.given[1]),
                       (c.former.family[1], c.former.given[1])),
             c.key, c.born, max(today - timedelta(days=41 + c.grade * 61), c.born))
            for family in families for c in family.children if c.former
        ),
    )  # fmt: skip


def enrollments(key: Keys, rooms: list[Room]) -> int:
    """Write every seat of the homerooms."""
    return pour(
        Enrollment,
        ("id", "student_id", "school_id", "homeroom_id", "grade_level", "roll_number",
         "starts_on", "ends_on", "entry", "exit"),
        (
            (key(), s.child.key, s.school.key, s.homeroom, s.grade_level, s.roll_number,
             s.starts_on, s.ends_on, str(s.entry), str(s.exit))
            for room in rooms for s in room.seats
        ),
    )  # fmt: skip


def guardians(families: list[Family], phones: Iterator[str]) -> int:
    """Write the guardians."""
    adults = [adult for family in families for adult in family.adults]
    return pour(
        Guardian,
        ("id", *NAME, "kind", "facility_name", "reference", "phone", "phone_home", "phone_work"),
        (_guardian(adult, f"G{n:07d}", phones) for n, adult in enumerate(adults, start=1)),
    )


def _guardian(adult: Adult, reference: str, phones: Iterator[str]) -> Row:
    name = adult.name
    kana = (name.family[1], name.given[1])
    number = int(reference[1:])
    return (
        adult.key,
        *name_row((*name.letters, *kana), kana),
        str(adult.kind),
        adult.facility,
        reference,
        next(phones),
        f"0190-02-{number % 10000:04d}" if number % 6 == 0 else "",
        f"0190-03-{number % 10000:04d}" if number % 3 == 0 else "",
    )


def staff(people: list[Person]) -> int:
    """Write everybody who works in the city."""
    return pour(
        StaffMember,
        ("id", *NAME, "number"),
        (
            (p.key, *name_row((*p.name.letters, p.name.family[1], p.name.given[1]),
                              (p.name.family[1], p.name.given[1])), f"{p.number:06d}")
            for p in people
        ),
    )  # fmt: skip


def appointments(key: Keys, openings: Mapping[int, list[Opening]]) -> int:
    """Write who held which post, by school year."""
    return pour(
        Appointment,
        ("id", "staff_member_id", "school_id", "post", "is_main", "homeroom_id", "grade_level",
         "starts_on", "ends_on"),
        (
            (key(), o.person.key if o.person else None, o.school.key if o.school else None,
             o.post.value, o.is_main, o.room.key if o.room else None, o.grade_level,
             first_day(year), last_day(year))
            for year, found in openings.items() for o in found
        ),
    )  # fmt: skip


def family_span(child: Child, year: int) -> tuple[date, date | None]:
    """Return from when to when a child's guardians have rights in the city."""
    first = first_day(year if child.grade == 1 else year - 1)
    return first, last_day(year - 1) if child.grade == GRADUATED else None
