"""Pages of changed school days, made for a phone: what, for whom, decide."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.calendar import queries, services, words
from manabiya.roster.calendar.forms import GRADE, SCHOOL, DayChangeForm, usual
from manabiya.roster.calendar.policies import DAY_CHANGE_SET
from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY, Change
from manabiya.roster.models import DayChange, School

KINDS = (
    (CLOSED, 0, _("休校・学年閉鎖・学級閉鎖")),
    (DELAYED, 60, _("始業を1時間おくらせる")),
    (DELAYED, 120, _("始業を2時間おくらせる")),
    (DELAYED, 180, _("始業を3時間おくらせる")),
    (EARLY, 0, _("早く終わる")),
)


def day_changes(request: Request) -> HttpResponse:
    """Show what can be changed, and what was."""
    lines = queries.change_lines(request.actor, today=request.today)
    context = {
        "kinds": KINDS if DAY_CHANGE_SET.may(request.actor) else (),
        "may_set": DAY_CHANGE_SET.may(request.actor),
        "standing": sorted(
            (line for line in lines if not line.is_over), key=lambda line: line.row.starts_on
        ),
        "past": [line for line in lines if line.is_over],
    }
    return render(request, "roster/calendar/list.html", context)


def new(request: Request) -> HttpResponse:
    """Ask for whom, then say what follows and decide."""
    asked = request.POST if request.method == "POST" else request.GET
    kind, for_whom = asked.get("kind", ""), asked.get("for_whom", "")
    if kind not in DayChange.Kind.values:
        return redirect(here(request, "day-changes"))
    if not for_whom:
        return _choose(request, kind, asked.get("minutes", "0"))
    if request.method == "POST":
        return _decide(request)
    if "first" in request.GET:
        form = DayChangeForm(request.GET)
        form.is_valid()
        return _page(request, form)
    initial = usual(kind, for_whom, request.today) | request.GET.dict()
    if kind == EARLY:
        initial.setdefault("ends_at", "13:30")
    return _page(request, DayChangeForm(initial=initial))


def _choose(request: Request, kind: str, minutes: str) -> HttpResponse:
    classes = queries.classes_of(request.actor.at, request.today)
    grades = sorted({grade for one in classes for grade in one.grades})
    context = {
        "kind": kind,
        "minutes": minutes,
        "what": _what(kind, int(minutes) if minutes.isdigit() else 0),
        "grades": [(f"{GRADE}{grade}", grade) for grade in grades],
        "classes": classes,
    }
    return render(request, "roster/calendar/choose.html", context)


def _what(kind: str, minutes: int) -> str:
    known = {(one, length): word for one, length, word in KINDS}
    if kind == DELAYED and (kind, minutes) not in known:
        return _("始業 %(length)s繰下げ") % {"length": words.length_of(minutes)}
    return known[kind, minutes if kind == DELAYED else 0]


def _decide(request: Request) -> HttpResponse:
    form = DayChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    replaces = _ids(request.POST.getlist("replaces"))
    says_again = request.POST.get("says_again") == "1"
    try:
        row = services.set_day_change(
            actor=request.actor, change=form.change, now=request.now, replaces=replaces,
            says_again=says_again,
        )  # fmt: skip
    except services.DayChangeClash as clash:
        lines = [queries.line_of(row, request.today) for row in clash.standing]
        return _page(
            request, form, status=409, clashing=lines, problem=str(clash), says_again=says_again
        )
    except services.ClassesConfirmed as found:
        return _page(
            request, form, status=409, problem=str(found), confirmed=found.names,
            replaces=replaces, says_again=True,
        )  # fmt: skip
    except services.DayChangeRefused as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, str(refused))
        return _page(request, form, status=422)
    line = queries.line_of(row, request.today)
    messages.success(
        request,
        _("%(days)s %(whom)s %(what)sに決めました。")
        % {"days": line.days, "whom": line.for_whom, "what": line.what},
        extra_tags="done",
    )
    return redirect(here(request, "day-changes"))


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _page(request: Request, form: DayChangeForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """Show what would follow; nothing is decided yet."""
    school = School.objects.get(pk=request.actor.at)
    change = _meant(request, form)
    classes = queries.classes_of(school.id, change.first if change else request.today)
    names = {one.id: one.name for one in classes}
    if change and change.homeroom_id is not None and change.homeroom_id not in names:
        raise Http404
    context = {
        "form": form,
        "kind": form["kind"].value(),
        "change": change,
        "what": words.kind_of(change) if change else "",
        "whom": words.scope_of(change, names) if change else "",
        "days": words.days_of(change) if change else "",
        "consequences": queries.consequences(school, change, classes) if change else [],
        "is_open": bool(form.errors)
        or bool(change and change.kind == CLOSED and change.scope != SCHOOL),
        **more,
    }
    return render(request, "roster/calendar/decide.html", context, status=status)


def _meant(request: Request, form: DayChangeForm) -> Change | None:
    """Return the change as far as it is said; None when the form can't be read."""
    if not form.is_bound:
        form = DayChangeForm({**form.initial})
    if (
        not form.is_valid()
        and not {"kind", "for_whom", "first", "cause"} <= form.cleaned_data.keys()
    ):
        return None
    if "scope" not in form.cleaned_data:
        return None
    for name in ("last", "ends_at", "minutes", "note"):
        form.cleaned_data.setdefault(name, None if name != "note" else "")
    change = form.change
    is_complete = change.kind != EARLY or change.ends_at is not None
    return change if change.last >= change.first and is_complete else None


def withdraw(request: Request, change: UUID) -> HttpResponse:
    """Say what withdrawing does, and do it."""
    rows = DayChange.objects.select_related("homeroom", "set_by", "withdrawn_by")
    row = DAY_CHANGE_SET.get(request.actor, rows, pk=change)
    problem, status = "", 200
    if request.method == "POST":
        try:
            services.withdraw_day_change(actor=request.actor, change_id=change, now=request.now)
            messages.success(
                request, _("変更を取り消しました。記録は残っています。"), extra_tags="done"
            )
            return redirect(here(request, "day-changes"))
        except services.DayChangeRefused as refused:
            problem, status = str(refused), 409
    context = {
        "line": queries.line_of(row, request.today),
        "problem": problem,
        "has_begun": row.starts_on < request.today,
    }
    return render(request, "roster/calendar/withdraw.html", context, status=status)
