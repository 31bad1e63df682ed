"""A child of the first class whose guardian has no other child, and one with a sibling elsewhere."""

from datetime import timedelta

import pytest
from django.db.models import Count

from manabiya.roster.models import ExcludedPerson, Guardian, GuardianRight, Protection


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def right(scope):
    """Return the right of a guardian of one child only, in 1年1組."""
    single = Guardian.objects.annotate(n=Count("rights")).filter(n=1)
    return GuardianRight.objects.filter(
        student__enrollments__homeroom_id=scope.homeroom_id("1年1組"),
        guardian__in=single.values("id"),
        call_order=1,
    ).order_by("student_id")[0]


@pytest.fixture
def pair(scope):
    """Return the rights of one guardian for a child of the 小学校 and a sibling of the 中学校."""
    school = "student__enrollments__school__slug"
    for younger in GuardianRight.objects.filter(**{school: "midorigaoka"}, call_order=1):
        elder = GuardianRight.objects.filter(
            **{school: "higashikawabata"}, guardian_id=younger.guardian_id
        ).first()
        if elder is not None and elder.student_id != younger.student_id:
            return younger, elder
    raise LookupError("no siblings in two schools")


@pytest.fixture
def protect(scope):
    """Return a function that protects a child from somebody: ``guardian_id`` or ``name``."""

    def set_it(student_id, *, ends=True, **who):
        protection = Protection.objects.create(
            student_id=student_id, basis="request", starts_on=scope.today,
            review_on=scope.today + timedelta(days=90), set_by=student_id, set_at=scope.now(),
        )  # fmt: skip
        ExcludedPerson.objects.create(protection=protection, **who)
        if ends and "guardian_id" in who:
            rights = GuardianRight.objects.filter(student_id=student_id, **who)
            rights.filter(starts_on=scope.today).delete()
            rights.update(ends_on=scope.today - timedelta(days=1))
        return protection

    return set_it
