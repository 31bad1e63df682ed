"""The address of the button."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import Step, real_now
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.kernel.identity.views.entry import demo_is_open, safe_next
from manabiya.site.clock.services import ClockStays, move_clock_on


@require_POST
def move_on(request: Request, municipality: str) -> HttpResponse:
    """Move the clock on and go back to the page; 404 but for people of a demo on loopback."""
    try:
        step, day = Step(request.POST["step"]), date.fromisoformat(request.POST["day"])
        shown = move_clock_on(actor=_actor(request), step=step, day=day, now=real_now())
    except (KeyError, ValueError):
        raise Http404 from None
    except ClockStays as error:
        messages.warning(request, str(error))
    else:
        time = f"{shown.month}月{shown.day}日 {shown.hour}:{shown.minute:02d}"
        messages.success(request, _("学校の時計を %(time)s に進めました。") % {"time": time})
    return redirect(safe_next(request))


def _actor(request: Request) -> Actor:
    """Return who presses: anybody with a hat in the demo municipality of the address."""
    if not demo_is_open(request) or not request.municipality.is_demo:
        raise Http404
    memberships = Membership.objects.filter(
        account_id=request.user.pk, municipality_id=request.municipality.id, revoked_at=None
    )
    found = memberships.order_by("created_at", "id").first()
    if found is None:
        raise Http404
    return Actor(
        account_id=found.account_id,
        municipality_id=request.municipality.id,
        hat=Hat(found.hat),
        person_id=found.person_id,
        today=request.today,
    )
