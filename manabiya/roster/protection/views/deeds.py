"""Set a protection, look at it again, end it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.models import Student
from manabiya.roster.protection import listing, services
from manabiya.roster.protection.families import family_of
from manabiya.roster.protection.forms import EndForm, ProtectionForm, ReviewForm
from manabiya.roster.protection.policies import PROTECTION_SET
from manabiya.roster.protection.views.places import addresses

HALF_A_YEAR = timedelta(days=180)


def set_protection(request: Request, student: UUID) -> HttpResponse:
    """Decide for a child and its siblings from whom they are kept."""
    child = PROTECTION_SET.get(request.actor, Student.objects.all(), pk=student)
    family = family_of(child.id, request.today)
    initial = {"starts_on": request.today, "review_on": request.today + HALF_A_YEAR}
    form = ProtectionForm(request.POST or None, family=family, student_id=child.id, initial=initial)
    if request.method == "POST" and form.is_valid() and _is_set(request, form):
        return redirect(here(request, addresses(request)["list"]))
    context = {"at": addresses(request), "form": form, "child": child, "family": family}
    return render(
        request, "roster/protection/set.html", context, status=422 if form.errors else 200
    )


def _is_set(request: Request, form: ProtectionForm) -> bool:
    """Set the protection; say what happened, or put the refusal beside its field."""
    given = form.cleaned_data
    try:
        protections = services.set_protection(
            actor=request.actor,
            student_ids=[UUID(text) for text in given["students"]],
            guardian_ids=[UUID(text) for text in given["guardians"]],
            outsiders=given["names"],
            word=form.word(),
            now=request.now,
        )
    except services.ProtectionRefused as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return False
    text = _("%(count)s名の支援措置を決めました。遠ざけた人は、いまから何も見られません。")
    messages.success(request, text % {"count": len(protections)})
    return True


def review(request: Request, protection: UUID) -> HttpResponse:
    """Choose the next day of review."""
    line = listing.one_protection(request.actor, protection)
    form = ReviewForm(request.POST or None, initial={"review_on": request.today + HALF_A_YEAR})
    if request.method == "POST" and form.is_valid():
        try:
            services.review_protection(
                actor=request.actor,
                protection_id=line.id,
                review_on=form.cleaned_data["review_on"],
            )
        except services.ProtectionRefused as refusal:
            form.add_error("review_on", str(refusal))
        else:
            messages.success(request, _("見直す日を変えました。支援措置は続きます。"))
            return redirect(here(request, addresses(request)["list"]))
    context = {"at": addresses(request), "form": form, "line": line}
    return render(
        request, "roster/protection/review.html", context, status=422 if form.errors else 200
    )


def end(request: Request, protection: UUID) -> HttpResponse:
    """End a protection, after saying what does not come back by itself."""
    line = listing.one_protection(request.actor, protection)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_protection(
                actor=request.actor, protection_id=line.id, reason=form.cleaned_data["reason"]
            )
        except services.ProtectionRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("支援措置を終えました。権利は戻っていません。"))
            return redirect(here(request, addresses(request)["list"]))
    context = {"at": addresses(request), "form": form, "line": line}
    return render(
        request, "roster/protection/end.html", context, status=422 if form.errors else 200
    )
