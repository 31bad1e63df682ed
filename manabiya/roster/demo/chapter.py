"""Fill one demo municipality: schools, calendar, classes, staff, children and families."""

from datetime import date

from manabiya.law.school_year import school_year_of
from manabiya.roster.demo import calendar, city, people
from manabiya.roster.demo.city.schools import CityPlan
from manabiya.roster.demo.plan import MunicipalityPlan, SchoolPlan
from manabiya.roster.models import (
    CalendarDay,
    Enrollment,
    ExchangePlacement,
    Homeroom,
    School,
    SchoolYear,
    YearPlan,
)
from manabiya.roster.story import Story


def tell(story: Story) -> None:
    """Write the roster of the story's municipality (inside ``tenant()``)."""
    match story.plan:
        case CityPlan():
            city.tell(story, story.plan)
        case MunicipalityPlan():
            _small(story, story.plan)


def _small(story: Story, plan: MunicipalityPlan) -> None:
    """Write a few schools with this school year only."""
    story.doors = tuple(school.slug for school in plan.schools)
    story.today = calendar.last_school_day(story.built_for)
    year = school_year_of(story.today)
    SchoolYear.objects.create(year=year, starts_on=date(year, 4, 1), ends_on=date(year + 1, 3, 31))
    _decide_year(plan, year)
    staffing = people.Staffing(story, year)
    for school_plan in plan.schools:
        _school(story, school_plan, year, staffing)
    staffing.board()
    staffing.families()


def _decide_year(plan: MunicipalityPlan, year: int) -> None:
    """Write what the board decided of terms and vacations, for each kind of school there is."""
    YearPlan.objects.bulk_create(
        YearPlan(
            school_kind=kind,
            valid_from=date(year, 4, 1),
            terms=calendar.TERMS,
            vacations=calendar.vacations_of_plan(),
        )
        for kind in sorted({school.kind for school in plan.schools})
    )


def _school(story: Story, plan: SchoolPlan, year: int, staffing: people.Staffing) -> None:
    school = School.objects.create(
        code=plan.code, slug=plan.slug, name=plan.name, kind=plan.kind, phone=plan.phone
    )
    story.school_ids[plan.slug], story.school_names[plan.slug] = school.id, school.name
    CalendarDay.objects.bulk_create(calendar.calendar_rows(school, year))
    homerooms = Homeroom.objects.bulk_create(
        [
            Homeroom(school=school, school_year=year, name=h.name, kind=h.kind, position=i)
            for i, h in enumerate(plan.homerooms, start=1)
        ]
    )
    staffing.school(school, plan, homerooms)
    for homeroom, homeroom_plan in zip(homerooms, plan.homerooms, strict=True):
        staffing.children(school, homeroom, homeroom_plan)
    _exchanges(homerooms, plan, year)


def _exchanges(homerooms: list[Homeroom], plan: SchoolPlan, year: int) -> None:
    """Let the children of a 特別支援学級 come to the class of their grade the plan names (交流学級)."""
    by_name = {homeroom.name: homeroom for homeroom in homerooms}
    visited = {
        (by_name[room.name].id, grade): by_name[name]
        for room in plan.homerooms
        for grade, name in room.visits
    }
    seats = Enrollment.objects.filter(homeroom_id__in={room_id for room_id, _grade in visited})
    ExchangePlacement.objects.bulk_create(
        ExchangePlacement(
            student_id=seat.student_id,
            homeroom=visited[seat.homeroom_id, seat.grade_level],
            starts_on=date(year, 4, 1),
        )
        for seat in seats.order_by("roll_number")
    )
