from uuid import UUID

from django.http import HttpRequest, HttpResponse

from manabiya.roster.models import Student
from tests.tinyapp import services
from tests.tinyapp.models import TinyNote
from tests.tinyapp.policies import NOTE_VIEW, NOTE_WRITE


def notes(request: HttpRequest) -> HttpResponse:
    rows = NOTE_VIEW.filter(request.actor, TinyNote.objects.order_by("text"))
    return HttpResponse("\n".join(row.text for row in rows))


def note(request: HttpRequest, note: UUID) -> HttpResponse:
    return HttpResponse(NOTE_VIEW.get(request.actor, TinyNote.objects.all(), pk=note).text)


def write(request: HttpRequest, student: UUID) -> HttpResponse:
    NOTE_WRITE.get(request.actor, Student.objects.all(), pk=student)
    if request.method == "POST":
        services.write_note(actor=request.actor, student_id=student, text=request.POST["text"])
    return HttpResponse("ok")
