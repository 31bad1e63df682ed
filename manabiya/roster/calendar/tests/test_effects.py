"""What the calendar of a school says while changes hold: by grade and class, as the law judges."""

from datetime import date, timedelta

import pytest

from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY
from manabiya.roster.calendar.services import withdraw_day_change
from manabiya.roster.calendar.tests.conftest import SCHOOL
from manabiya.roster.models import School
from manabiya.roster.policies import HOMEROOM_VIEW
from manabiya.roster.queries import calendars_on, children_of, homeroom_day, school_days, seats_on
from manabiya.roster.queries.calendar import next_open_day

FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def days(scope):
    """Return a function that reads the school's calendar of these days."""

    def read(school=SCHOOL):
        return school_days(School.objects.get(slug=school).id, FRIDAY, TUESDAY)

    return read


def test_a_closed_school_has_no_school_day(scope, decide, days, django_assert_num_queries):
    decide(CLOSED)
    with django_assert_num_queries(2):  # the test's own question for the school
        calendar = days()
    assert not any(calendar.is_school_day(FRIDAY, grade) for grade in range(1, 7))
    assert calendar.open_days() == [TUESDAY]
    assert calendar.closure(FRIDAY, 1, scope.homeroom_id("1年1組")).cause == "weather"
    assert calendar.closure(date(2026, 11, 21), 1, scope.homeroom_id("1年1組")) is None, "土曜"
    assert calendars_on(FRIDAY)[School.objects.get(slug=SCHOOL).id].open_days() == []
    there = days("higashikawabata")
    assert there.is_school_day(FRIDAY, 1)


def test_a_closed_grade_loses_its_day_and_no_other(scope, decide, days):
    decide(CLOSED, grade=3)
    calendar = days()
    assert [g for g in range(1, 7) if calendar.is_school_day(FRIDAY, g)] == [1, 2, 4, 5, 6]
    special = scope.homeroom_id("ひまわり学級")
    assert not calendar.has_lessons(FRIDAY, 3, special), "the child's grade decides"
    assert calendar.has_lessons(FRIDAY, 5, special)
    assert calendar.open_days() == [FRIDAY, TUESDAY]


def test_one_class_of_a_grade_is_excused_and_all_classes_lose_the_day(scope, decide, days):
    one, two = scope.homeroom_id("2年1組"), scope.homeroom_id("2年2組")
    decide(CLOSED, room="2年1組", cause="infection", last=TUESDAY)
    calendar = days()
    assert calendar.is_school_day(FRIDAY, 2)
    assert calendar.is_excused(FRIDAY, 2, one)
    assert not calendar.has_lessons(FRIDAY, 2, one)
    assert calendar.has_lessons(FRIDAY, 2, two)
    assert calendar.excused_days(2, one) == [FRIDAY, TUESDAY]
    decide(CLOSED, room="2年2組", cause="infection")
    calendar = days()
    assert not calendar.is_school_day(FRIDAY, 2)
    assert not calendar.is_excused(FRIDAY, 2, one)
    assert calendar.is_excused(TUESDAY, 2, one)
    assert calendar.days_with_lessons(2, two) == [TUESDAY]


def test_a_special_needs_class_that_goes_on_keeps_the_day(scope, decide, days):
    decide(CLOSED, room="1年1組", cause="infection")
    decide(CLOSED, room="1年2組", cause="infection")
    calendar = days()
    assert calendar.is_school_day(FRIDAY, 1)
    assert calendar.is_excused(FRIDAY, 1, scope.homeroom_id("1年2組"))
    assert calendar.has_lessons(FRIDAY, 1, scope.homeroom_id("ひまわり学級"))


def test_a_closed_special_needs_class_is_judged_by_the_grade_of_each_child(scope, decide, days):
    decide(CLOSED, room="ひまわり学級", cause="infection")
    decide(CLOSED, room="3年1組", cause="infection")
    decide(CLOSED, room="3年2組", cause="infection")
    calendar, special = days(), scope.homeroom_id("ひまわり学級")
    assert not calendar.is_school_day(FRIDAY, 3), "all classes of the third grade are closed"
    assert calendar.is_excused(FRIDAY, 5, special)
    assert calendar.is_excused(FRIDAY, 1, special)


def test_a_closed_multigrade_class_is_the_whole_of_its_grades(city):
    from manabiya.roster.calendar.rules import Change
    from manabiya.roster.calendar.services import set_day_change
    from manabiya.roster.models import Homeroom

    with city.tenant("sawanose"):
        room = Homeroom.objects.get(name="1・2年")
        change = Change(CLOSED, FRIDAY, FRIDAY, homeroom_id=room.id, cause="infection")
        set_day_change(
            actor=city.actor("principal", "sawanose", "sawanose"), change=change, now=city.now()
        )
        calendar = school_days(room.school_id, FRIDAY, FRIDAY)
        assert [g for g in (1, 2, 4, 5) if calendar.is_school_day(FRIDAY, g)] == [4, 5]
        assert not calendar.is_excused(FRIDAY, 1, room.id)
        assert calendar.open_days() == [FRIDAY]


def test_a_later_start_and_an_early_end_leave_the_day_a_school_day(scope, decide, days):
    room, other = scope.homeroom_id("2年1組"), scope.homeroom_id("1年1組")
    decide(DELAYED, grade=2)
    decide(EARLY)
    calendar = days()
    assert calendar.has_lessons(FRIDAY, 2, room)
    assert calendar.delay(FRIDAY, 2, room) == timedelta(hours=2)
    assert calendar.delay(FRIDAY, 1, other) == timedelta()
    assert calendar.delay(TUESDAY, 2, room) == timedelta()


def test_withdrawn_means_as_before(scope, decide, days):
    before = days()
    row = decide(CLOSED, last=TUESDAY)
    withdraw_day_change(
        actor=scope.actor("principal", SCHOOL), change_id=row.id, now=scope.now(7, 0)
    )
    assert days() == before


def test_homeroom_of_a_day_knows_why_it_is_closed(scope, decide, django_assert_num_queries):
    decide(CLOSED, room="2年1組", cause="infection", last=TUESDAY)
    viewer = scope.actor("principal", SCHOOL)
    one, two = scope.homeroom_id("2年1組"), scope.homeroom_id("2年2組")
    with django_assert_num_queries(2):
        found = homeroom_day(viewer, HOMEROOM_VIEW, one, FRIDAY)
    child, other = seats_on(one, FRIDAY)[0], seats_on(two, FRIDAY)[0]
    assert not found.has_lessons(child)
    assert found.closure(child).cause == "infection"
    open_one = homeroom_day(viewer, HOMEROOM_VIEW, two, FRIDAY)
    assert open_one.has_lessons(other)
    assert open_one.closure(other) is None


def test_the_way_to_the_next_school_day_leads_past_a_closed_one(scope, decide):
    viewer, room = scope.actor("principal", SCHOOL), scope.homeroom_id("2年1組")
    assert homeroom_day(viewer, HOMEROOM_VIEW, room, FRIDAY).next_day == TUESDAY
    decide(CLOSED, first=TUESDAY)
    found = homeroom_day(viewer, HOMEROOM_VIEW, room, FRIDAY)
    assert found.next_day == TUESDAY + timedelta(days=1)
    assert next_open_day(FRIDAY) == TUESDAY, "the other school is open"


def test_a_child_knows_what_is_changed_for_it_in_the_same_query(
    scope, decide, django_assert_num_queries
):
    person = scope.membership("guardian").person_id
    mine = children_of(person, FRIDAY)[0]
    at = School.objects.get(pk=mine.school_id).slug
    decide(DELAYED, grade=mine.grade_level, school=at)
    other = mine.grade_level % 3 + 1
    decide(DELAYED, grade=other, minutes=60, school=at)
    with django_assert_num_queries(1):
        child = next(c for c in children_of(person, FRIDAY) if c.student_id == mine.student_id)
    assert [change.minutes for change in child.changes] == [120]
    assert f"{child.cutoff_on(FRIDAY):%H:%M} {child.start_on(FRIDAY):%H:%M}" == "10:15 10:25"
    assert f"{child.cutoff_on(TUESDAY):%H:%M}" == "08:15"
