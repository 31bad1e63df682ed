"""A class that was confirmed with one child 未着, and the people who look after it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

ROOM = "1年1組"
SCHOOL = "midorigaoka"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@dataclass
class Missing:
    """A child that is 未着 since 8:31, with its class and two guardians in calling order."""

    city: Any
    homeroom_id: UUID
    student_id: UUID
    others: list[UUID]
    first: Any
    second: Any

    def actor(self, role: str = "vice_principal") -> Any:
        return self.city.actor(role, SCHOOL)


@pytest.fixture
def missing(scope):
    """Confirm 1年1組 at 8:31 with its third child 未着; two guardians, the first called first."""
    from manabiya.apps.attendance import rules, services
    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.roster.models import Guardian, GuardianRight
    from manabiya.roster.queries import seats_on

    homeroom_id = scope.homeroom_id(ROOM)
    ids = [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    student_id = ids[2]
    GuardianRight.objects.filter(student_id=student_id).delete()
    people = [
        Guardian.objects.create(
            family_name="勅使河原",
            given_name=given,
            family_kana="てしがわら",
            given_kana=kana,
            phone=f"090-0000-000{number}",
            phone_work=f"0120-000-00{number}",
        )
        for number, (given, kana) in enumerate((("花子", "はなこ"), ("太郎", "たろう")), 1)
    ]
    rights = [
        GuardianRight.objects.create(
            guardian=person,
            student_id=student_id,
            relationship=relationship,
            call_order=order,
            starts_on=scope.today - timedelta(days=30),
        )
        for order, (person, relationship) in enumerate(zip(people, ("母", "父"), strict=True), 1)
    ]
    services.confirm_day(
        actor=scope.actor("homeroom_teacher", SCHOOL),
        homeroom_id=homeroom_id,
        day=scope.today,
        entries=[rules.Entry(student_id, "present", rules.NOT_ARRIVED)],
        now=scope.now(8, 31),
    )
    return Missing(scope, homeroom_id, student_id, ids[:2] + ids[3:], *rights)
