"""The exceptions of the year follow a child that moves to another school."""

from datetime import date

import pytest

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.attendance.queries import child_history
from manabiya.roster.models import Enrollment, Homeroom, School

MOVED = date(2026, 11, 1)


@pytest.fixture
def child(city):
    """Return a child that moved on 11/1 from 1年1組 to 東川端中学校, with marks of before and after."""
    with city.tenant():
        seat = Enrollment.objects.filter(homeroom_id=city.homeroom_id("1年1組"))[0]
        AttendanceMark.objects.filter(student_id=seat.student_id).delete()
        room = Homeroom.objects.filter(school__slug="higashikawabata").order_by("position")[0]
        Enrollment.objects.filter(pk=seat.pk).update(ends_on=date(2026, 10, 31))
        Enrollment.objects.create(
            student_id=seat.student_id, school=room.school, homeroom=room, grade_level=1,
            roll_number=99, starts_on=MOVED,
        )  # fmt: skip
        staff = city.membership("principal", "midorigaoka").person_id
        for homeroom_id, day, words in (
            (seat.homeroom_id, date(2026, 3, 5), {"status": "absent_sick"}),
            (seat.homeroom_id, date(2026, 6, 5), {"status": "absent_sick", "reason": "fever"}),
            (seat.homeroom_id, date(2026, 6, 8), {"status": "bereavement"}),
            (seat.homeroom_id, date(2026, 6, 9), {"status": "present", "late": True}),
            (room.id, date(2026, 11, 5), {"status": "absent_other"}),
        ):
            AttendanceMark.objects.create(
                student_id=seat.student_id, homeroom_id=homeroom_id, date=day, source="teacher",
                decided_by_id=staff, decided_at=city.now(), **words,
            )  # fmt: skip
        return seat.student_id


def test_new_school_sees_what_the_old_one_noted(city, child, django_assert_num_queries):
    with city.tenant():
        actor = city.actor("principal", "higashikawabata")
        with django_assert_num_queries(2):
            found = child_history(actor, child, city.today)
    old, new = found.sums
    assert (old.school_name, old.absent, old.excused, old.late) == ("緑が丘小学校", 1, 1, 1)
    assert (new.school_name, new.absent) == ("東川端中学校", 1)
    assert [mark.date for mark in found.newest][:2] == [date(2026, 11, 5), date(2026, 6, 9)]
    page = city.client("principal", "higashikawabata").get(
        f"/m/shirakabano/school/higashikawabata/students/{child}/"
    )
    assert "出欠のこれまで" in page.content.decode()
    assert "発熱" in page.content.decode()


@pytest.mark.parametrize("role", ["principal", "homeroom_teacher"])
def test_old_school_sees_nothing_any_more(city, child, role):
    with city.tenant():
        assert child_history(city.actor(role, "midorigaoka"), child, city.today) is None
        assert School.objects.filter(slug="midorigaoka").exists()


@pytest.mark.parametrize("role", ["office_staff", "subject_teacher"])
def test_who_reads_no_reasons_has_no_panel(city, child, role):
    with city.tenant():
        assert child_history(city.actor(role, "higashikawabata"), child, city.today) is None
