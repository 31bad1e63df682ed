"""A year after the day of review, by whatever clock: nothing of a protection has lapsed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Max

from manabiya.kernel.clock import real_now
from manabiya.roster.models import (
    Appointment,
    Enrollment,
    ExcludedPerson,
    Guardian,
    GuardianRight,
    Protection,
)
from manabiya.roster.protection import listing
from manabiya.roster.protection.rules import Review
from manabiya.roster.queries import (
    audience_of,
    call_list,
    children_of,
    excluded_guardian_ids,
    guardians_of,
    moving_children,
    protected_among,
)

LONG_AGO = date(2020, 1, 1)
BASE = "/m/shirakabano/school/midorigaoka/"
HOME = "/m/shirakabano/family/"
PHONE = "090-0000-7777"


@pytest.fixture
def passed(scope, family, protect):
    """Protect the family, and let the day of review lie far behind every clock there is.

    A mistaken row gives the excluded person a right: it is the protection that must hold.
    """
    Guardian.objects.filter(pk=family.mother).update(phone=PHONE)
    protect()
    Protection.objects.update(review_on=LONG_AGO)
    rows = list(ExcludedPerson.objects.all())
    ExcludedPerson.objects.all().delete()
    assert GuardianRight.objects.filter(guardian_id=family.kept_out).update(ends_on=None) == 2
    ExcludedPerson.objects.bulk_create(rows)
    return family


@pytest.fixture
def later(scope):
    """Let the school's clock stand two weeks further on; return the day."""
    municipality = scope.municipality()
    moment = scope.now() + timedelta(days=14)
    municipality.clock_offset_seconds = int((moment - real_now()).total_seconds())
    municipality.save(update_fields=["clock_offset_seconds"])
    return scope.today + timedelta(days=14)


def test_the_excluded_person_still_finds_nothing(scope, passed, later):
    from django.test import Client

    from manabiya.kernel.identity.models import Account, Membership

    account = Account.objects.create_account(login_name="kept-out", password="x")
    Membership.objects.create(
        account=account, municipality=scope.municipality(), hat="guardian",
        person_id=passed.kept_out,
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    assert client.get(HOME).status_code == 404
    assert client.get(f"{HOME}report/{passed.child}/").status_code == 404
    for day in (scope.today, later, later + timedelta(days=800)):
        assert children_of(passed.kept_out, day) == []
        assert moving_children(passed.kept_out, day) == []
        audience = [person.guardian_id for person in audience_of(passed.child, day)]
        assert audience == [passed.mother]
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardianRight.objects.create(
            guardian_id=passed.kept_out, student_id=passed.child, relationship="父",
            starts_on=later,
        )  # fmt: skip


def test_phone_stays_kept_back_from_staff_and_managers_are_warned(scope, passed, later):
    page = scope.client("homeroom_teacher", "midorigaoka").get(f"{BASE}students/{passed.child}/")
    assert PHONE not in page.content.decode()
    boss = scope.client("principal", "midorigaoka")
    assert "連絡前に管理職へ" in boss.get(f"{BASE}students/{passed.child}/").content.decode()
    assert "見直す日を過ぎた支援措置 1名" in boss.get(BASE).content.decode()
    moment = scope.now() + timedelta(days=14)
    assert [line.numbers for line in call_list(passed.child, moment)] == [()]
    for day in (later, later + timedelta(days=800)):
        assert [line.phone for line in guardians_of(passed.child, day)] == [""]
        assert excluded_guardian_ids(passed.child) == {passed.kept_out}
        assert protected_among([passed.child]) == {passed.child}


def test_even_when_school_year_and_class_have_changed_it_stands_in_the_list(scope, passed):
    first = date(2027, 4, 1)
    seat = Enrollment.objects.get(student_id=passed.child)
    Enrollment.objects.filter(pk=seat.pk).update(ends_on=first - timedelta(days=1))
    highest = Enrollment.objects.aggregate(most=Max("roll_number"))["most"]
    Enrollment.objects.create(
        student_id=passed.child, school_id=seat.school_id, homeroom_id=seat.homeroom_id,
        grade_level=2, roll_number=highest + 1, starts_on=first,
    )  # fmt: skip
    Appointment.objects.update(ends_on=None)
    principal = replace(scope.actor("principal", "midorigaoka"), today=first)
    (line,) = listing.open_protections(principal)
    assert (line.student_id, line.review) == (passed.child, Review.PASSED)
