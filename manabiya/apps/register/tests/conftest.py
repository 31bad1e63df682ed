"""October of a class, every day confirmed: a month that can be closed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

OCTOBER = date(2026, 10, 1)
ROOM = "1年1組"


@dataclass
class Room:
    """A class of 緑が丘 with its October."""

    city: Any
    id: UUID
    month: date = OCTOBER

    def actor(self, role, school="midorigaoka"):
        return self.city.actor(role, school)

    @property
    def teacher(self):
        """Return the class's own 担任."""
        from dataclasses import replace

        from manabiya.kernel.access.actors import Grant
        from manabiya.roster.models import Appointment, Post
        from manabiya.roster.models.dated import on_day

        post = Appointment.objects.filter(
            on_day(self.city.today), post=Post.HOMEROOM_TEACHER, homeroom_id=self.id
        )[0]
        grant = Grant("homeroom_teacher", "", post.school_id, frozenset([self.id]))
        some = self.actor("homeroom_teacher")
        return replace(some, person_id=post.staff_member_id, grants=(grant,))

    def of(self, actor, **more):
        return {"actor": actor, "homeroom_id": self.id, "month": self.month} | {
            "now": self.city.now(16),
            **more,
        }

    def close(self):
        """Check, close and confirm the month; return its version."""
        from manabiya.apps.register import services

        services.check_month(**self.of(self.teacher))
        version = services.close_month(**self.of(self.actor("vice_principal")))
        services.confirm_month(**self.of(self.actor("principal")))
        return version


def confirm_days(homeroom_id, first, last, now):
    """Confirm every 授業日 of a class without any mark; return the days."""
    from manabiya.apps.attendance.models import ClassDay
    from manabiya.roster.models import Homeroom, StaffMember
    from manabiya.roster.queries import school_days

    room = Homeroom.objects.get(pk=homeroom_id)
    days = school_days(room.school_id, first, last).open_days()
    staff = StaffMember.objects.order_by("number")[0]
    ClassDay.objects.filter(homeroom_id=homeroom_id, date__range=(first, last)).delete()
    ClassDay.objects.bulk_create(
        ClassDay(homeroom_id=homeroom_id, date=day, confirmed_at=now, confirmed_by=staff)
        for day in days
    )
    return days


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def room(scope):
    """Return a class whose October is confirmed, day by day."""
    found = Room(scope, scope.homeroom_id(ROOM))
    confirm_days(found.id, OCTOBER, date(2026, 10, 31), scope.now())
    return found
