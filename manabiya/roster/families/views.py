"""Pages of a family: add a guardian, change, phones, end, 親権."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.requests import Request
from manabiya.roster.families import queries, rules, services
from manabiya.roster.families.forms import (
    NEW,
    AddForm,
    AuthorityForm,
    EndForm,
    PhonesForm,
    RightForm,
    SelfForm,
)
from manabiya.roster.families.policies import AUTHORITY_SET, FAMILY_CHANGE
from manabiya.roster.models import GuardianRight, Student
from manabiya.roster.models.protection import excluded_pair


def add(request: Request, student: UUID) -> HttpResponse:
    """Add a guardian: known to the family, or new."""
    child = _child(request, FAMILY_CHANGE, student)
    known = queries.known_guardians(request.actor, child.id)
    order = len(queries.right_lines(child.id, request.today)) + 1
    initial = {
        "who": NEW,
        "may": [name for name, _ in RightForm.base_fields["may"].choices],  # type: ignore[attr-defined]
        "call_order": order,
        "starts_on": request.today,
    }
    form = AddForm(request.POST or None, known=known, initial=initial)
    context = {"student": child, "is_adult": rules.is_adult(child.birth_date, request.today)}
    return _answer(
        request, form, "add", context, lambda: services.add_guardian(
            actor=request.actor, student_id=child.id, who=form.person(), word=form.word(),
            starts_on=form.cleaned_data["starts_on"],
        ), "保護者を加えました。",
    )  # fmt: skip


def add_self(request: Request, student: UUID) -> HttpResponse:
    """Let an adult student report for himself."""
    child = _child(request, FAMILY_CHANGE, student)
    form = SelfForm(request.POST or None, initial={"starts_on": request.today})
    return _answer(
        request, form, "add_self", {"student": child}, lambda: services.add_self(
            actor=request.actor, student_id=child.id, phones=form.phones(),
            starts_on=form.cleaned_data["starts_on"],
        ), "本人が連絡できるようにしました。",
    )  # fmt: skip


def change(request: Request, student: UUID, right: UUID) -> HttpResponse:
    """Change what a guardian may do, from a day on."""
    row = _right(request, student, right)
    initial = {**RightForm.initial_of(row), "starts_on": max(request.today, row.starts_on)}
    form = RightForm(request.POST or None, initial=initial)
    return _answer(
        request, form, "change", _about(request, row), lambda: services.change_right(
            actor=request.actor, right_id=row.id, word=form.word(),
            starts_on=form.cleaned_data["starts_on"],
        ), "できることを変えました。前の内容も残っています。",
    )  # fmt: skip


@require_POST
def phones(request: Request, student: UUID, right: UUID) -> HttpResponse:
    """Write the numbers of a guardian."""
    row = _right(request, student, right)
    form = PhonesForm(request.POST)
    initial = {**RightForm.initial_of(row), "starts_on": max(request.today, row.starts_on)}
    context = {**_about(request, row), "phones": form, "form": RightForm(initial=initial)}
    return _answer(
        request, form, "change", context, lambda: services.change_phones(
            actor=request.actor, guardian_id=row.guardian_id, phones=form.phones()
        ), "電話番号を変えました。",
    )  # fmt: skip


def end(request: Request, student: UUID, right: UUID) -> HttpResponse:
    """End a right, after asking."""
    row = _right(request, student, right)
    form = EndForm(request.POST or None, initial={"last_day": request.today})
    return _answer(
        request, form, "end", _about(request, row), lambda: services.end_right(
            actor=request.actor, right_id=row.id, last_day=form.cleaned_data["last_day"]
        ), "権利の終わりを登録しました。",
    )  # fmt: skip


def authority(request: Request, student: UUID) -> HttpResponse:
    """Write who holds 親権 by the document seen."""
    child = _child(request, AUTHORITY_SET, student)
    guardians = [line.guardian for line in queries.right_lines(child.id, request.today)]
    form = AuthorityForm(
        request.POST or None, guardians=guardians, initial={"seen_on": request.today}
    )
    context = {"student": child, "sets": queries.authority_sets(child.id)}
    return _answer(
        request, form, "authority", context, lambda: services.set_authority(
            actor=request.actor, student_id=child.id, holders=form.holders(),
            document=form.cleaned_data["document"], seen_on=form.cleaned_data["seen_on"],
            starts_on=form.cleaned_data["starts_on"],
        ), "親権を登録しました。前の登録も残っています。",
    )  # fmt: skip


def _child(request: Request, policy: Policy, student_id: UUID) -> Student:
    return policy.get(request.actor, Student.objects.all(), pk=student_id)


def _right(request: Request, student_id: UUID, right_id: UUID) -> GuardianRight:
    rows = GuardianRight.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=request.today),
        ~excluded_pair(),
        student_id=student_id,
    ).select_related("guardian", "student")
    return FAMILY_CHANGE.get(request.actor, rows, pk=right_id)


def _about(request: Request, row: GuardianRight) -> dict[str, Any]:
    """Return what the pages about one right show; the numbers only when they are not masked."""
    is_masked = queries.is_guardian_masked(row.guardian_id, request.today)
    names = PhonesForm.base_fields
    numbers = {} if is_masked else {name: getattr(row.guardian, name) for name in names}
    return {
        "student": row.student,
        "right": row,
        "is_masked": is_masked,
        "phones": PhonesForm(initial=numbers),
    }


def _answer(
    request: Request,
    form: forms.Form,
    page: str,
    context: dict[str, Any],
    write: Callable[[], object],
    said: str,
) -> HttpResponse:
    """Write what a valid form says and go back to the child, or show the page with everything."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write()
                messages.success(request, said)
                return redirect(here(request, "roster-student", student=context["student"].id))
            except services.FamilyRefused as refused:
                known = refused.field if refused.field in form.fields else None
                form.add_error(known, str(refused))
    page_context = {"form": form, "failed": form, **context}
    return render(request, f"roster/families/{page}.html", page_context, status=status)
