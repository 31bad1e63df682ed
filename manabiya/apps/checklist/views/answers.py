"""Answers of single schools to a past round: the page of the file, and its pattern."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.forms import AnswerFileForm
from manabiya.apps.checklist.queries.years import year_label
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.exchange import to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answers(request: Request, question_set: UUID) -> HttpResponse:
    """Take the answers of schools to the questions of a set, all of the file or nothing."""
    line = queries.set_of(request.actor, question_set)
    if request.method != "POST":
        initial = {"school_year": line.questions.school_year}
        return _page(request, line, AnswerFileForm(initial=initial))
    form = AnswerFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, line, form, status=422)
    file = form.cleaned_data["answers"]
    try:
        taken = services.import_answers(
            actor=request.actor,
            file_name=file.name,
            content=file.read(),
            set_id=question_set,
            school_year=form.cleaned_data["school_year"],
            source=form.cleaned_data["source"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _page(request, line, form, refusal, 422)
    said = _("%(year)sの学校ごとの回答を入れました。") % {"year": year_label(taken.school_year)}
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "board-checklist-progress") + f"?year={taken.school_year}")


def _page(
    request: Request,
    line: queries.SetLine,
    form: AnswerFileForm,
    refusal: services.ChecklistRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"line": line, "form": form, "refusal": refusal}
    return render(request, "checklist/answers.html", context, status=status)


def pattern(request: Request, question_set: UUID) -> HttpResponse:
    """Give the empty table of the file: a row for each school, a column for each question."""
    table = queries.answer_pattern(request.actor, question_set)
    response = HttpResponse(to_xlsx(table), content_type=XLSX)
    name = content_disposition_header(as_attachment=True, filename=f"{table.name}.xlsx")
    response.headers["Content-Disposition"] = name or ""
    return response
