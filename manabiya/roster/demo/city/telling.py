"""Tells the roster of a large city: two school years of schools, classes, people and families."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.tenancy.bulk import pour
from manabiya.law.school_year import first_day, last_day, school_year_of
from manabiya.roster.demo.calendar import TERMS
from manabiya.roster.demo.city import calendars, rows, special, ties
from manabiya.roster.demo.city.classes import Room, SchoolYearSeats
from manabiya.roster.demo.city.districts import LARGE, District
from manabiya.roster.demo.city.exchange import exchanges
from manabiya.roster.demo.city.heads import Heads
from manabiya.roster.demo.city.people import Family, Seat
from manabiya.roster.demo.city.persons import introduce
from manabiya.roster.demo.city.protection import protections
from manabiya.roster.demo.city.schools import CityPlan, SchoolSketch
from manabiya.roster.demo.city.staff import (
    BOARD,
    Opening,
    StaffRoom,
    duties_of,
    grade_heads,
    openings_of,
    shared_posts,
)
from manabiya.roster.models import Post, SchoolDuty, SchoolYear, SchoolYearClosing, Term, YearPlan
from manabiya.roster.story import Story

Years = dict[int, list[Room]]
Posts = dict[int, list[Opening]]


def tell(story: Story, plan: CityPlan) -> None:
    """Write the roster of the story's municipality (inside ``tenant()``)."""
    schools = plan.sketches()
    story.today = calendars.last_school_day(schools, story.built_for)
    year = school_year_of(story.today)
    story.years, story.doors = (year - 1, year), plan.doors
    _years(story, schools)
    families = _families(story, schools)
    rooms = _rooms(story, schools, families)
    posts = _staff(story, schools, rooms)
    _people(story, families, rooms, posts)
    introduce(story, families, rooms[year], posts[year])


def _years(story: Story, schools: list[SchoolSketch]) -> None:
    """Write schools, school years, terms and calendars."""
    rows.schools(story.key, story.municipality.name, schools)
    story.school_ids = {school.slug: UUID(school.key) for school in schools}
    story.school_names = {school.slug: school.name for school in schools}
    pour(
        SchoolYear,
        ("id", "year", "starts_on", "ends_on"),
        ((story.key(), year, first_day(year), last_day(year)) for year in story.years),
    )
    pour(
        Term,
        ("id", "school_id", "school_year", "number", "name", "starts_on", "ends_on"),
        (row for year in story.years for row in _terms(story, schools, year)),
    )
    _plans(story, schools)
    days = rows.calendars(
        story.key,
        ((s, calendars.calendar_of(s, year)) for s in schools for year in story.years),
    )
    story.say(f"  学校 {len(schools)}、行事予定の日 {days}")


def _plans(story: Story, schools: list[SchoolSketch]) -> None:
    """Write what the board decided of terms and vacations, for each kind of school there is."""
    kinds = sorted({school.kind.value for school in schools})
    YearPlan.objects.bulk_create(
        YearPlan(
            id=story.key(),
            school_kind=kind,
            valid_from=first_day(story.years[0]),
            terms=TERMS,
            vacations=calendars.vacations_of_plan(kind),
        )
        for kind in kinds
    )


def _terms(story: Story, schools: list[SchoolSketch], year: int) -> Iterator[tuple[object, ...]]:
    """Yield the two terms a 義務教育学校 has of its own; the others have those of the board."""
    two = (
        ("前期", first_day(year), date(year, 10, 9)),
        ("後期", date(year, 10, 10), last_day(year)),
    )
    for school in schools:
        if school.kind.value == "compulsory_education_school":
            for number, term in enumerate(two, start=1):
                yield story.key(), school.key, year, number, *term


def _families(story: Story, schools: list[SchoolSketch]) -> list[Family]:
    """Think out everybody: the special ones first, so that each finds a free name."""
    homes = [school for school in schools if school.size]
    district = District(story.chance, story.key, story.today, homes)
    large = sorted((h for h in homes if h.size >= LARGE and h.feeds), key=lambda h: -h.size)
    found = [special.facility(district, large[-1])]
    found += special.foster_families(district, large)
    found += special.protected_families(district, large, story.today)
    for school in schools:
        if school.is_evening:
            found += special.evening_class(district, school)
        elif school.size:
            found += district.fill(school)
    return found


def _rooms(story: Story, schools: list[SchoolSketch], families: list[Family]) -> Years:
    """Seat the children of both school years in homerooms."""
    by_slug = {school.slug: school for school in schools}
    found: Years = {}
    for back, year in enumerate(reversed(story.years)):
        maker = SchoolYearSeats(story.chance, story.key, by_slug, year, back)
        seats: dict[str, list[Seat]] = defaultdict(list)
        for family in families:
            for seat in maker.seats_of(family):
                seats[seat.school.slug].append(seat)
        found[year] = [room for s in schools for room in maker.rooms(s, seats[s.slug])]
        rows.homerooms(found[year])
        story.say(f"  {year}年度の学級 {len(found[year])}")
    return found


def _staff(story: Story, schools: list[SchoolSketch], rooms: Years) -> Posts:
    """Appoint the staff of both years and share out the duties of this one."""
    last, this = story.years
    staff = StaffRoom(story.chance, story.key)
    posts = {year: _openings(schools, rooms[year]) for year in story.years}
    staff.appoint(posts[this])
    staff.appoint_before(posts[last], posts[this])
    for found in posts.values():
        found += grade_heads(found)
    for year in (this, last):
        posts[year] += list(shared_posts(staff, schools, posts[year]))
    people = rows.staff(staff.people)
    rows.appointments(story.key, posts)
    pour(
        SchoolDuty,
        ("id", "staff_member_id", "school_id", "name", "is_head", "starts_on", "ends_on"),
        duties_of(story.key, posts[this], first_day(this), last_day(this)),
    )
    story.say(f"  教職員 {people}")
    return posts


def _openings(schools: list[SchoolSketch], rooms: list[Room]) -> list[Opening]:
    by_school: dict[str, list[Room]] = defaultdict(list)
    for room in rooms:
        by_school[room.school.slug].append(room)
    found = [Opening(post, None) for post, count in BOARD for _ in range(count)]
    for school in schools:
        found += openings_of(school, by_school[school.slug])
    return found


def _people(story: Story, families: list[Family], rooms: Years, posts: Posts) -> None:
    """Write children, seats, guardians and everything that ties them."""
    key, chance, city = story.key, story.chance, story.municipality.name
    last, this = story.years
    children = rows.students(story.municipality.code, families)
    rows.former_names(key, families, story.today)
    for year in story.years:
        rows.enrollments(key, rooms[year])
        exchanges(key, chance, rooms[year], is_over=year == last)
    guardians = rows.guardians(families, _phones())
    ties.rights(key, chance, families, this)
    ties.addresses(key, chance, city, families)
    heads = Heads.of(rooms, posts)
    ties.authorities(key, families, heads, story.today)
    protections(key, families, heads, story.today)
    _close(story, last, posts[last])
    story.say(f"  児童生徒 {children}、保護者 {guardians}")


def _phones() -> Iterator[str]:
    """Yield mobile numbers nobody has: after 090 no real one goes on with 0."""
    return (f"090-0{n // 10000:03d}-{n % 10000:04d}" for n in range(1, 10_000_000))


def _close(story: Story, year: int, posts: list[Opening]) -> None:
    """Write that every school has closed the last school year."""
    at = datetime.combine(last_day(year), time(16), tzinfo=SCHOOL_ZONE)
    pour(
        SchoolYearClosing,
        ("id", "school_id", "school_year", "closed_at", "closed_by"),
        (
            (story.key(), o.school.key, year, at, o.person.key)
            for o in posts
            if o.post is Post.PRINCIPAL and o.school and o.person
        ),
    )
