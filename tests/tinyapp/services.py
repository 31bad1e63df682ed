from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import Student
from tests.tinyapp.models import TinyNote
from tests.tinyapp.policies import NOTE_WRITE


@service
def write_note(*, actor: Actor, student_id: UUID, text: str) -> TinyNote:
    NOTE_WRITE.require(actor)
    student = NOTE_WRITE.get(actor, Student.objects.all(), pk=student_id)
    note = TinyNote.objects.create(student=student, text=text)
    record(actor=actor, action="tinyapp.note:write", subject_type="student", subject_id=student.id)
    return note


@service
def forget_the_record(*, actor: Actor, student_id: UUID) -> None:
    """A service with a defect: it writes no audit entry."""
    TinyNote.objects.create(student_id=student_id, text="no entry")
