"""A child of 1年1組 in 緑が丘小学校, a second elementary school to move to, and days to come."""

from dataclasses import replace
from datetime import date

import pytest

from manabiya.kernel.clock import real_now
from manabiya.roster.models import (
    Appointment,
    Enrollment,
    Homeroom,
    School,
    StaffMember,
    Student,
)


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def seat(scope):
    """Return the seat of a child of 1年1組."""
    rows = Enrollment.objects.filter(homeroom_id=scope.homeroom_id("1年1組"))
    return rows.order_by("roll_number")[2]


@pytest.fixture
def there(scope):
    """Give the city a second elementary school with a class of the first grade and an office."""
    school = School.objects.create(
        code="B101299980024", slug="minamino", name="南野小学校", kind="elementary_school"
    )
    room = Homeroom.objects.create(school=school, school_year=2026, name="1年1組", position=1)
    for number, ends_on in ((1, None), (2, date(2026, 6, 30))):
        child = Student.objects.create(
            family_name="南", given_name=str(number), family_kana="みなみ", given_kana="",
            birth_date=date(2019, 5, 5), sex="male", reference=f"N{number}",
        )  # fmt: skip
        Enrollment.objects.create(
            student=child, school=school, homeroom=room, grade_level=1, roll_number=number,
            starts_on=date(2026, 4, 1), ends_on=ends_on,
        )  # fmt: skip
    return school


@pytest.fixture
def office_there(scope, there):
    """Return the office of the second school as an actor."""
    member = StaffMember.objects.create(
        family_name="南野",
        given_name="事務",
        family_kana="みなみの",
        given_kana="じむ",
        number="N1",
    )
    Appointment.objects.create(
        staff_member=member, school=there, post="office_staff", starts_on=date(2026, 4, 1)
    )
    return at_school(scope, member.id, there)


def at_school(city, person_id, school):
    from manabiya.kernel.access.actors import Actor
    from manabiya.kernel.identity.models import Hat
    from manabiya.roster.rights import rights_of

    rights = rights_of(
        hat=Hat.STAFF, person_id=person_id, today=city.today, school_slug=school.slug
    )
    return Actor(
        account_id=person_id, municipality_id=city.municipality().id, hat=Hat.STAFF,
        person_id=person_id, today=city.today, grants=rights.grants, school_id=school.id,
        is_strong=True,
    )  # fmt: skip


@pytest.fixture
def on(scope):
    """Return a function that gives somebody's actor of another day."""

    def of(role, day, school="midorigaoka"):
        actor = scope.actor(role, "" if role.startswith("board") else school)
        return replace(actor, today=day)

    return of


def clock(city, day, hour=7, minute=50):
    """Set the school's clock of the demo to a moment; it runs from there."""
    now = city.now(hour, minute) + (day - city.today)
    municipality = city.municipality()
    municipality.clock_offset_seconds = int((now - real_now()).total_seconds())
    municipality.save(update_fields=["clock_offset_seconds"])


@pytest.fixture
def clock_at(city):
    """Return a function that sets the school's clock to a day (7:50)."""
    return lambda day, **time: clock(city, day, **time)


@pytest.fixture
def everybody_stays(scope):
    """Let the staff of this year keep their posts in the next."""
    Appointment.objects.filter(ends_on=date(2027, 3, 31)).update(ends_on=None)
