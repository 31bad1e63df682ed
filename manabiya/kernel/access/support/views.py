"""Pages of support sessions."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.models import SupportSession
from manabiya.kernel.access.requests import Request
from manabiya.kernel.access.support import services
from manabiya.kernel.access.support.policies import SUPPORT_LIST
from manabiya.kernel.clock import real_now
from manabiya.kernel.registry import registry


class SupportForm(forms.Form):
    """Which school, why, how long."""

    school = forms.ChoiceField(
        label="学校",
        error_messages={
            "required": "学校を選んでください。",
            "invalid_choice": "この市の学校を選んでください。",
        },
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="学校の校長・教頭にも見えます",
        error_messages={"required": "理由を書いてください。"},
    )
    minutes = forms.TypedChoiceField(
        label="時間", choices=[(15, "15分"), (30, "30分"), (60, "60分"), (120, "120分")], coerce=int
    )

    def __init__(self, *args: object, schools: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["school"].choices = schools  # type: ignore[attr-defined]


def support(request: Request) -> HttpResponse:
    """Open a session; list the own running ones."""
    places = registry.places() if registry.places else []
    form = SupportForm(
        request.POST or None, schools=[(str(place.id), place.name) for place in places]
    )
    if request.method == "POST" and form.is_valid():
        try:
            session = services.open_support(
                actor=request.actor,
                school_id=UUID(form.cleaned_data["school"]),
                reason=form.cleaned_data["reason"],
                minutes=form.cleaned_data["minutes"],
                now=real_now(),
            )
        except services.SupportRefused as error:
            form.add_error("reason", str(error))
        else:
            slug = next(place.slug for place in places if place.id == session.school_id)
            return redirect(f"/m/{request.municipality.slug}/school/{slug}/students/")
    names = {place.id: place for place in places}
    running = SupportSession.objects.filter(
        account_id=request.actor.account_id, ends_at__gt=real_now()
    ).order_by("ends_at")
    context = {
        "form": form,
        "sessions": [(s, names[s.school_id]) for s in running if s.school_id in names],
    }
    return render(request, "access/support.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: Request, session: UUID) -> HttpResponse:
    """End an own session."""
    services.end_support(actor=request.actor, session_id=session, now=real_now())
    return redirect(here(request, "support"))


def visits(request: Request) -> HttpResponse:
    """Show the school who looked in, when, why and until when."""
    rows = SUPPORT_LIST.filter(request.actor, SupportSession.objects.order_by("-started_at"))[:100]
    names = registry.names_of({row.person_id for row in rows}) if registry.names_of else {}
    context = {"sessions": [(row, names.get(row.person_id, "")) for row in rows]}
    return render(request, "access/visits.html", context)
