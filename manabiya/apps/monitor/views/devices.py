"""The school's screens: pair one more, see when each was last seen, take one away."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.monitor import queries, services
from manabiya.apps.monitor.forms import NameForm
from manabiya.apps.monitor.tokens import grouped
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now


def devices(request: Request) -> HttpResponse:
    """List the screens; on POST make a code for a new one and show it, here only."""
    form = NameForm(request.POST or None)
    pairing = None
    if request.method == "POST" and form.is_valid():
        pairing = services.start_pairing(
            actor=request.actor, name=form.cleaned_data["name"], now=real_now()
        )
        form = NameForm()
    address = reverse("wall-entry", kwargs={"municipality": request.municipality.slug})
    context = {
        "devices": queries.devices_of(request.actor),
        "form": form,
        "pairing": pairing,
        "code": grouped(pairing.code) if pairing else "",
        "address": settings.PUBLIC_ADDRESS.split("//")[-1] + address,
        "now": real_now(),
    }
    status = 422 if request.method == "POST" and pairing is None else 200
    return render(request, "monitor/devices.html", context, status=status)


@require_POST
def revoke(request: Request, device: UUID) -> HttpResponse:
    """Take a screen's board away."""
    gone = services.revoke_device(actor=request.actor, device_id=device, now=real_now())
    said = _("「%(name)s」の画面を止めました。15秒ほどで消えます。") % {"name": gone.name}
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "monitors"))
