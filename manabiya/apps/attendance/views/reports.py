"""A guardian's report: write, sent, change, cancel, history."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.forms.report import UNKNOWN, Choices, ReportForm
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.queries.days import changes_today
from manabiya.apps.attendance.views import moving, outbox
from manabiya.apps.attendance.views.changes import words_of
from manabiya.apps.attendance.views.days import day_choices
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.queries import Child, children_of

ALONE_FROM = 7
"""The grade (1–9) from which a child may be sent home alone: that of the junior high school."""


def report(request: Request, student: UUID) -> HttpResponse:
    """Write a report about a child and send it; of a child between two schools, whom to call."""
    try:
        return _send(request, student) if request.method == "POST" else _write(request, student)
    except Http404:
        return moving.page(request, student)


def _write(request: Request, student: UUID) -> HttpResponse:
    child, siblings = _children(request, student)
    choices = _choices(request, child, siblings)
    return _page(request, ReportForm(initial=_initial(request, choices), choices=choices), child)


def _send(request: Request, student: UUID) -> HttpResponse:
    """Send a report; children and days are judged by the service, so nothing is read twice."""
    form = ReportForm(request.POST, choices=_as_posted(request))
    if not form.is_valid():
        if outbox.is_outbox(request):
            return outbox.refused(request, _problem(form))
        return _again(request, student, status=422)
    sent = form.sent()
    try:
        reports = services.submit_reports(
            actor=request.actor,
            student_ids=[student, *sent.siblings],
            first=sent.first,
            last=sent.last,
            word=sent.word,
            key=sent.key or uuid4().hex,
            now=request.now,
            claimed_at=sent.claimed_at,
        )
    except services.AlreadyReported as refusal:
        if outbox.is_outbox(request):
            return outbox.refused(request, str(refusal), refusal.report)
        return _again(request, student, status=409, existing=refusal.report)
    except services.AttendanceRefused as refusal:
        if outbox.is_outbox(request):
            return outbox.refused(request, str(refusal))
        return _again(request, student, status=422, problem=str(refusal))
    if outbox.is_outbox(request):
        return outbox.received(request, reports[0])
    return redirect(here(request, "family-report-detail", report=reports[0].id))


def _problem(form: ReportForm) -> str:
    """Return what is wrong with a form, in one line."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def _as_posted(request: Request) -> Choices:
    """Return choices that take any day and any child: the service judges them."""
    posted = request.POST
    days = [(text, "") for text in (posted.get("date", ""), posted.get("until", "")) if text]
    children = [(text, "") for text in posted.getlist("siblings") if _is_uuid(text)]
    return Choices(days, children, may_go_alone=True)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _again(
    request: Request,
    student: UUID,
    *,
    status: int,
    existing: AbsenceReport | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show the form with everything typed, and the days there really are."""
    child, siblings = _children(request, student)
    form = ReportForm(request.POST, choices=_choices(request, child, siblings))
    if problem:
        _say(form, problem)
    return _page(request, form, child, status=status, existing=existing)


def _say(form: ReportForm, problem: str) -> None:
    """Say what the service refused; at the day, in the place of 「no choice」, when it is none."""
    field = next((name for name in ("date", "until") if name in form.errors), None)
    if field is not None:
        del form.errors[field]
    form.add_error(field, problem)


def _children(request: Request, student: UUID) -> tuple[Child, list[Child]]:
    """Return the child, and the guardian's other children a report can be about too."""
    children = children_of(request.actor.person_id, request.today)
    child = next((c for c in children if c.student_id == student), None)
    if child is None:
        raise Http404
    return child, [c for c in children if c.can_report and c.student_id != student]


def _choices(request: Request, child: Child, siblings: list[Child]) -> Choices:
    """Return the school days a report can be about, today first, and brothers and sisters."""
    last = request.today + rules.REPORT_AHEAD
    calendar = queries.days_of(child, request.today, last)
    days = calendar.days_with_lessons(child.grade_level, child.homeroom_id)
    return Choices(
        day_choices(days, request.today),
        [(str(sibling.student_id), sibling.name) for sibling in siblings],
        may_go_alone=child.absolute_grade >= ALONE_FROM,
    )


def _initial(request: Request, choices: Choices) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    return {
        "kind": kind if kind in AbsenceReport.Kind.values else AbsenceReport.Kind.ABSENT,
        "date": _first_day(request.GET.get("day", ""), choices),
        "pickup": rules.ME,
        "key": uuid4().hex,
    }


def _first_day(asked: str, choices: Choices) -> str:
    """Return the day asked for where it can be chosen, else the first one."""
    days = [day for day, _word in choices.dates]
    return asked if asked in days else next(iter(days), "")


def _page(
    request: Request,
    form: ReportForm,
    child: Child,
    *,
    status: int = 200,
    existing: AbsenceReport | None = None,
    changing: AbsenceReport | None = None,
) -> HttpResponse:
    kind = form["kind"].value()
    cutoff = child.cutoff_on(request.today)
    has_lessons = request.today.isoformat() in dict(form.fields["date"].choices)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "child": child,
        "kind": kind if kind in AbsenceReport.Kind.values else AbsenceReport.Kind.ABSENT,
        "chosen_day": dict(form.fields["date"].choices).get(form["date"].value(), ""),  # type: ignore[attr-defined]
        "existing": existing,
        "turns_into_change": _is_all_there_is(form, child, existing),
        "existing_name": _name_of(request, existing),
        "changing": changing,
        "outbox_account": outbox.account_key(request),
        "cutoff": cutoff,
        "today": request.today.isoformat(),
        "is_after_cutoff": rules.is_after_cutoff(now=request.now, day=request.today, cutoff=cutoff),
        "changes": [
            words_of(change)
            for change in changes_today(child, request.today, has_lessons=has_lessons)
        ],
    }
    return render(request, "attendance/report_form.html", context, status=status)


def _is_all_there_is(form: ReportForm, child: Child, existing: AbsenceReport | None) -> bool:
    """Return whether the form says no more than what is there could be changed to.

    A form about brothers and sisters, other or more days would lose them as a change.
    """
    if existing is None or existing.student_id != child.student_id:
        return False
    days = {form["date"].value(), form["until"].value() or form["date"].value()}
    return not form["siblings"].value() and days == {existing.date.isoformat()}


def _name_of(request: Request, existing: AbsenceReport | None) -> str:
    """Return the name of the child a report that is there already is about."""
    if existing is None:
        return ""
    children = children_of(request.actor.person_id, request.today)
    return next((c.name for c in children if c.student_id == existing.student_id), "")


def detail(request: Request, report: UUID) -> HttpResponse:
    """Show a report that arrived, with its receipt number and those sent together with it."""
    page = queries.report_page(request.actor, report_id=report, now=request.now)
    return render(request, "attendance/report_detail.html", {"line": page.line, "page": page})


def change(request: Request, report: UUID) -> HttpResponse:
    """Change a report until the cut-off."""
    page = queries.report_page(request.actor, report_id=report, now=request.now)
    line, day = page.line, page.line.report.date
    choices = Choices(
        day_choices([day], request.today),
        may_go_alone=line.child.absolute_grade >= ALONE_FROM,
    )
    form = ReportForm(request.POST or None, initial=_said(page), choices=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_report(
                    actor=request.actor, report_id=report, word=form.word(), now=request.now
                )
                return redirect(here(request, "family-report-detail", report=report))
            except services.AttendanceRefused as refusal:
                form.add_error(None, str(refusal))
                status = 409
    return _page(request, form, line.child, status=status, changing=line.report)


def _said(page: queries.ReportPage) -> dict[str, Any]:
    """Return what a stored report says, as the form shows it."""
    report, pickup = page.line.report, page.pickup
    names = ("kind", "reason", "expected_time", "note", "disease", "temperature")
    found = {name: getattr(report, name) for name in names}
    found["date"] = report.date.isoformat()
    if report.reason == AbsenceReport.Reason.INFECTION and not report.disease:
        found["disease"] = UNKNOWN
    is_leaving = report.kind == AbsenceReport.Kind.LEFT_EARLY
    found["pickup"] = rules.ALONE if is_leaving and pickup is None else rules.ME
    if pickup is not None and pickup.guardian_id != report.guardian_id:
        found["pickup"] = rules.SOMEBODY
        found["pickup_name"] = page.pickup_name
        found["pickup_relationship"] = pickup.relationship
    return found


def cancel(request: Request, report: UUID) -> HttpResponse:
    """Cancel a report until the cut-off, after asking."""
    line = queries.report_page(request.actor, report_id=report, now=request.now).line
    refused, status = "", 200
    if request.method == "POST":
        try:
            services.cancel_report(actor=request.actor, report_id=report, now=request.now)
            return redirect(here(request, "family-report-detail", report=report))
        except services.AttendanceRefused as refusal:
            refused, status = str(refusal), 409
    context = {"line": line, "refused": refused}
    return render(request, "attendance/report_cancel.html", context, status=status)


def history(request: Request) -> HttpResponse:
    """List the reports sent so far."""
    lines = queries.reports_of(request.actor, now=request.now)
    return render(request, "attendance/report_history.html", {"lines": lines})
