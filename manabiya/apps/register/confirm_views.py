"""確認を待つ出席簿: confirm at one press what was on the page."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.register import services
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


@require_POST
def confirm(request: Request) -> HttpResponse:
    """Confirm the months the form names, each as it was seen."""
    done = services.confirm_months(
        actor=request.actor, seen=_seen(request.POST.getlist("month")), now=request.now
    )
    if done.confirmed:
        said = _("%(n)d件の出席簿を確認しました。") % {"n": done.confirmed}
        messages.success(request, said, extra_tags="done")
    if done.left:
        said = _("%(n)d件は、そのあいだに変わったので、確認していません。") % {"n": done.left}
        messages.warning(request, said)
    return redirect(here(request, "register"))


def _seen(values: list[str]) -> list[services.SeenMonth]:
    """Read 「class:month:digest」; what is none of ours is left out."""
    found = []
    for value in values:
        room, _colon, rest = value.partition(":")
        month, _colon, sha256 = rest.partition(":")
        try:
            if sha256:
                found.append(services.SeenMonth(UUID(room), date.fromisoformat(month), sha256))
        except ValueError:
            continue
    return found
