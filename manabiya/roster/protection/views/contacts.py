"""Open address and phones of a protected child, for the one answer to the one request."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.roster.models import Student
from manabiya.roster.models.protection import protected
from manabiya.roster.protection import services
from manabiya.roster.protection.forms import OpenForm
from manabiya.roster.protection.policies import ADDRESS_OPEN


def contacts(request: Request, student: UUID) -> HttpResponse:
    """Ask for the reason; with one, show everything once. Loading again asks again."""
    child = ADDRESS_OPEN.get(
        request.actor, Student.objects.filter(protected(student="id")), pk=student
    )
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_address(
                actor=request.actor,
                student_id=child.id,
                reason=form.cleaned_data["reason"],
                now=request.now,
            )
        except services.ProtectionRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            context = {"child": child, "opened": opened}
            return render(request, "roster/protection/opened.html", context)
    context = {"child": child, "form": form}
    return render(
        request, "roster/protection/contacts.html", context, status=422 if form.errors else 200
    )
