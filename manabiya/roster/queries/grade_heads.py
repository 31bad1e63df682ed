"""Who heads a grade."""

from datetime import date
from uuid import UUID

from manabiya.roster.models import Appointment, Post
from manabiya.roster.models.dated import on_day


def headed_grades(person_id: UUID, school_id: UUID, day: date) -> frozenset[int]:
    """Return the grades of a school a person heads on ``day`` (学年主任; one query)."""
    posts = Appointment.objects.filter(
        on_day(day), staff_member_id=person_id, school_id=school_id, post=Post.GRADE_HEAD
    )
    return frozenset(posts.exclude(grade_level=None).values_list("grade_level", flat=True))
