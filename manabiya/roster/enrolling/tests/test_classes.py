"""学級の変更 within a school."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.enrolling.services import EnrollingRefused, change_class
from manabiya.roster.models import Enrollment

FIRST = date(2026, 12, 1)


def change(scope, seat, name="1年2組", role="office_staff", first_day=FIRST, school="midorigaoka"):
    return change_class(
        actor=scope.actor(role, school), student_id=seat.student_id,
        homeroom_id=scope.homeroom_id(name), first_day=first_day,
    )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff"])
def test_old_class_keeps_the_child_until_the_day_before(scope, seat, role):
    highest = max(
        Enrollment.objects.filter(homeroom_id=scope.homeroom_id("1年2組")).values_list(
            "roll_number", flat=True
        )
    )
    entries = AuditEntry.objects.count()
    new = change(scope, seat, role=role)
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (FIRST - timedelta(days=1), "class_change")
    assert (new.starts_on, new.entry, new.roll_number) == (FIRST, "class_change", highest + 1)
    assert new.grade_level == seat.grade_level
    assert AuditEntry.objects.count() == entries + 1


@pytest.mark.parametrize("role", ["homeroom_teacher", "grade_head", "school_nurse"])
def test_nobody_else_changes_it(scope, seat, role):
    with pytest.raises(Refused):
        change(scope, seat, role=role)
    seat.refresh_from_db()
    assert seat.ends_on is None


@pytest.mark.parametrize(
    ("name", "day", "field"),
    [
        ("1年1組", FIRST, "homeroom"),
        ("2年1組", FIRST, "grade"),
        ("1年2組", date(2026, 11, 19), "first_day"),
    ],
)
def test_what_makes_no_sense_is_refused(scope, seat, name, day, field):
    with pytest.raises(EnrollingRefused) as refused:
        change(scope, seat, name, first_day=day)
    assert refused.value.field == field
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_child_of_another_school_does_not_exist(scope, seat):
    with pytest.raises(Http404):
        change(scope, seat, school="higashikawabata")


def test_page_shows_the_history_after_it(city, seat):
    client = city.client("office_staff", "midorigaoka")
    base = f"/m/shirakabano/school/midorigaoka/students/{seat.student_id}/"
    with city.tenant():
        there = city.homeroom_id("1年2組")
    assert str(seat.homeroom_id) not in client.get(f"{base}class/").content.decode()
    sent = {"homeroom": str(there), "first_day": "R8.12.1"}
    assert client.post(f"{base}class/", {**sent, "first_day": "R8.11.1"}).status_code == 422
    assert client.post(f"{base}class/", sent).status_code == 302
    page = client.get(base).content.decode()
    for word in ("2026年11月30日", "学級の変更", "1年2組"):
        assert word in page
