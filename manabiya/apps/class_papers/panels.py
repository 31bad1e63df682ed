"""The photo on a student's page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from manabiya.apps.class_papers.models import StudentPhoto
from manabiya.apps.class_papers.policies import PHOTO_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import may_reach_student


def photo_panel(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the panel of a child with a photo, None without one."""
    if not may_reach_student(actor, PHOTO_VIEW, student_id):
        return None
    photo = StudentPhoto.objects.filter(student_id=student_id).order_by("-kept_at").first()
    return {"student_id": student_id, "kept_at": photo.kept_at} if photo else None
