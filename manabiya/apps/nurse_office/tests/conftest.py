"""A school where nobody was ill, so that a test says itself who is."""

from datetime import timedelta
from decimal import Decimal

import pytest

BASE = "/m/shirakabano/school/midorigaoka"
ROOM, OTHER = "1年1組", "2年1組"


@pytest.fixture(autouse=True)
def at_eight_forty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(8, 40))


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


class School:
    """The school of the demo without any illness, and ways to let children fall ill."""

    def __init__(self, city):
        from manabiya.roster.queries import school_days, seats_on

        self.city = city
        self.actor = city.actor("school_nurse", "midorigaoka")
        self.room, self.other = city.homeroom_id(ROOM), city.homeroom_id(OTHER)
        self.seats = {room: seats_on(room, city.today) for room in (self.room, self.other)}
        calendar = school_days(self.actor.at, city.today - timedelta(days=80), city.today)
        self.days = calendar.open_days()
        assert self.days[-1] == city.today

    def child(self, place, room=None):
        return self.seats[room or self.room][place].student_id

    def name(self, place, room=None):
        return self.seats[room or self.room][place].name

    def away(self, place, *, day=None, room=None, status="absent_sick", reason="fever", cause=""):
        from manabiya.apps.attendance.models import AttendanceMark

        return AttendanceMark.objects.create(
            student_id=self.child(place, room),
            date=day or self.city.today,
            homeroom_id=room or self.room,
            status=status,
            reason=reason,
            cause=cause,
            source="teacher",
            decided_by_id=self.actor.person_id,
            decided_at=self.city.now(8, 31),
        )

    def confirm(self, room=None, day=None):
        from manabiya.apps.attendance.models import ClassDay

        ClassDay.objects.get_or_create(
            homeroom_id=room or self.room,
            date=day or self.city.today,
            defaults={
                "confirmed_at": self.city.now(8, 31),
                "confirmed_by_id": self.actor.person_id,
            },
        )

    def seen(self, place, *symptoms, day=None, room=None, temperature=None):
        from manabiya.apps.observation import services
        from manabiya.apps.observation.queries import GOOD, Entry, health

        heat = temperature and Decimal(temperature)
        services.note_symptoms(
            actor=self.actor,
            homeroom_id=room or self.room,
            day=day or self.city.today,
            entries=[Entry(self.child(place, room), GOOD, health(symptoms, heat))],
            now=self.city.now(8, 30),
        )

    def reported(self, place, *, reason="fever", kind="absent", room=None, disease=""):
        from manabiya.apps.attendance.models import AbsenceReport

        child = self.child(place, room)
        return AbsenceReport.objects.create(
            student_id=child,
            date=self.city.today,
            kind=kind,
            reason=reason,
            disease=disease,
            staff_member_id=self.actor.person_id,
            submitted_at=self.city.now(7, 44),
            idempotency_key=f"{child}{kind}",
            receipt_number=f"R{child.hex[-12:]}",
        )


@pytest.fixture
def school(scope):
    """Return the healthy school; inside the municipality's scope."""
    from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
    from manabiya.apps.observation.models import HealthObservation

    HealthObservation.objects.all().delete()
    AttendanceMark.objects.all().delete()
    AbsenceReport.objects.filter(date=scope.today).delete()
    return School(scope)
