"""A period that stands already, for tests about what it does."""

from manabiya.apps.attendance.models import ExcusedPeriod
from manabiya.roster.models import Enrollment, StaffMember

CAUSES = {
    "suspension": {"disease": "influenza"},
    "bereavement": {"relation": "grandparent"},
    "deemed_present": {"facility": "教育支援センター"},
    "disaster": {},
}


def put_period(city, student_id, kind="suspension", status="decided", **more):
    """Write a period of a child from today on, decided (or ``status``) at its school of today."""
    seat = Enrollment.objects.get(student_id=student_id, ends_on=None)
    staff = StaffMember.objects.order_by("number")[0]
    signed = {} if status == "proposed" else {"decided_by": staff, "decided_at": city.now(7, 30)}
    return ExcusedPeriod.objects.create(
        student_id=student_id, school_id=seat.school_id, kind=kind, status=status,
        proposed_by=staff, proposed_at=city.now(7, 20),
        **{"first_day": city.today, **CAUSES[kind], **signed, **more},
    )  # fmt: skip
