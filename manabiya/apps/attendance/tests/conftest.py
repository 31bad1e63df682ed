"""A guardian with one child, the child's class, and the events of a test."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest


@dataclass
class Family:
    """The demo's guardian of one child, with the child's school and class."""

    actor: Any
    child: Any
    school_slug: str

    @property
    def homeroom_id(self) -> UUID:
        return self.child.homeroom_id


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def family(scope):
    """Return the guardian of one child; inside the municipality's scope."""
    from manabiya.kernel.access.actors import Actor
    from manabiya.kernel.identity.models import DemoLogin, Hat, Membership
    from manabiya.roster.models import School
    from manabiya.roster.queries import children_of
    from manabiya.roster.rights import rights_of

    logins = DemoLogin.objects.filter(
        municipality__slug="shirakabano", account__login_name__startswith="guardian-"
    ).order_by("position")
    for login in logins:
        member = Membership.objects.get(
            account_id=login.account_id, municipality__slug="shirakabano", hat=Hat.GUARDIAN
        )
        children = children_of(member.person_id, scope.today)
        if len(children) == 1:
            break
    rights = rights_of(
        hat=Hat.GUARDIAN, person_id=member.person_id, today=scope.today, school_slug=None
    )
    actor = Actor(
        account_id=member.account_id,
        municipality_id=member.municipality_id,
        hat=Hat.GUARDIAN,
        person_id=member.person_id,
        today=scope.today,
        grants=rights.grants,
    )
    child = children[0]
    slug = School.objects.get(pk=child.school_id).slug
    return Family(actor, child, slug)


@pytest.fixture
def heard(monkeypatch):
    """Return the events published during the test, as (name, keys)."""
    found: list[tuple[str, dict[str, Any]]] = []
    for module in ("class_days", "reports", "report_changes"):
        monkeypatch.setattr(
            f"manabiya.apps.attendance.services.{module}.publish",
            lambda event, **keys: found.append((event, keys)),
        )
    return found


@pytest.fixture
def room(scope):
    """Return a confirmed class of the demo without any mark, and its children."""
    from manabiya.apps.attendance.models import AttendanceMark
    from manabiya.roster.queries import seats_on

    homeroom_id = scope.homeroom_id("1年1組")
    AttendanceMark.objects.filter(homeroom_id=homeroom_id).delete()
    return homeroom_id, [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
