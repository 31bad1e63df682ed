"""Writes of class papers: keep a photo."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from manabiya.apps.class_papers.models import StudentPhoto
from manabiya.apps.class_papers.pictures import portrait
from manabiya.apps.class_papers.policies import PHOTO_KEEP
from manabiya.kernel import files
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.queries import may_reach_student


@service
def keep_photo(*, actor: Actor, student_id: UUID, content: bytes, now: datetime) -> StudentPhoto:
    """Keep a photo of a child; older ones stay, the newest is shown. ``now`` is real time.

    Raises ``Refused`` or ``Http404`` (who may not), ``PictureRefused`` (no picture).
    """
    PHOTO_KEEP.require(actor)
    if not may_reach_student(actor, PHOTO_KEEP, student_id):
        raise Http404
    digest = files.keep(portrait(content))
    photo = StudentPhoto.objects.create(
        student_id=student_id, digest=digest, kept_at=now, kept_by=actor.person_id
    )
    record(
        actor=actor,
        action="class_papers.photo:keep",
        subject_type="student",
        subject_id=student_id,
        data_class=DataClass.II,
        details={"digest": digest[:16]},
    )
    return photo
