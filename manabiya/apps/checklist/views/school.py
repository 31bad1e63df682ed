"""Answering: the same pages for a school and for the board itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist import policies, queries, services
from manabiya.apps.checklist.forms import ReasonForm
from manabiya.apps.checklist.papers import sheet_pdf
from manabiya.apps.checklist.views.board import asked_year
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.law.checklist_points import WEIGHTS_UNKNOWN

PREFIX, NEXT, SHOWN = "answer:", "follow:", "shown:"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: item → answer, item → what is told beside it, and on which version.

    ``shown``: item → what the form showed as stored.
    """

    answers: dict[str, str]
    follow_ups: dict[str, list[str]]
    shown: dict[str, str]
    version: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody answers: how the sheet is read, who may do what, the addresses."""

    read: Callable[..., queries.SheetPage | None]
    answer: Policy
    confirm: Policy
    reopen: Policy
    home: str


SCHOOL = Desk(
    queries.school_sheet,
    policies.SHEET_ANSWER,
    policies.SHEET_CONFIRM,
    policies.SHEET_REOPEN,
    "checklist",
)
BOARD = Desk(
    queries.board_sheet,
    policies.BOARD_ANSWER,
    policies.BOARD_CONFIRM,
    policies.BOARD_CONFIRM,
    "board-checklist-own",
)


def own(request: Request) -> HttpResponse:
    """Show the school's own answers, to fill in while the round is open."""
    return _own(request, SCHOOL)


def board_own(request: Request) -> HttpResponse:
    """Show the board's own answers."""
    return _own(request, BOARD)


@require_POST
def save(request: Request) -> HttpResponse:
    """Keep the school's draft."""
    return _save(request, SCHOOL)


@require_POST
def board_save(request: Request) -> HttpResponse:
    """Keep the board's draft."""
    return _save(request, BOARD)


@require_POST
def confirm(request: Request) -> HttpResponse:
    """Confirm the school's answers."""
    return _confirm(request, SCHOOL)


@require_POST
def board_confirm(request: Request) -> HttpResponse:
    """Confirm the board's answers."""
    return _confirm(request, BOARD)


@require_POST
def reopen(request: Request) -> HttpResponse:
    """Take the school's confirmation back."""
    return _reopen(request, SCHOOL)


@require_POST
def board_reopen(request: Request) -> HttpResponse:
    """Take the board's confirmation back."""
    return _reopen(request, BOARD)


def paper(request: Request) -> HttpResponse:
    """Give the school's sheet as PDF: empty to fill in by hand, or as answered."""
    page = SCHOOL.read(request.actor, school_year=asked_year(request), today=request.today)
    if page is None:
        raise Http404
    content = sheet_pdf(page, is_blank="blank" in request.GET, made_at=real_now())
    response = HttpResponse(content, content_type="application/pdf")
    name = f"校務DXチェックリスト{page.year.label}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


def _own(
    request: Request,
    desk: Desk,
    form: ReasonForm | None = None,
    problem: str = "",
    status: int = 200,
    typed: Typed | None = None,
) -> HttpResponse:
    """Show the sheet; ``typed``: what could not be kept stays in the form, or is told below."""
    page = desk.read(request.actor, school_year=asked_year(request), today=request.today)
    retyped = page
    if page and typed:
        retyped = queries.with_typed(page, typed.answers, typed.follow_ups, typed.shown)
    otherwise = queries.typed_otherwise(page, retyped) if page and retyped and typed else None
    is_settled = page is not None and not (page.is_writable and desk.answer.may(request.actor))
    context: dict[str, Any] = {
        "standing": queries.own_standing(request.actor) if is_settled and desk is SCHOOL else None,
        "page": retyped if page and page.is_writable else page,
        "typed": otherwise,
        "kept": _kept(page) if page and typed else "",
        "form": form or ReasonForm(),
        "problem": problem,
        "home": desk.home,
        "save": f"{desk.home}-save",
        "confirm": f"{desk.home}-confirm",
        "reopen": f"{desk.home}-reopen",
        "is_board": desk is BOARD,
        "may_answer": desk.answer.may(request.actor),
        "may_confirm": desk.confirm.may(request.actor),
        "may_reopen": desk.reopen.may(request.actor),
        "weights_unknown": WEIGHTS_UNKNOWN,
    }
    return render(request, "checklist/own.html", context, status=status)


def _save(request: Request, desk: Desk) -> HttpResponse:
    page = _current(request, desk)
    typed = _typed(request)
    try:
        services.save_sheet(
            actor=request.actor,
            sheet_id=page.sheet.id,
            answers=typed.answers,
            follow_ups=typed.follow_ups,
            version=typed.version,
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _own(request, desk, problem=str(refusal), status=409, typed=typed)
    if request.POST.get("then") == "confirm":
        return _confirm(request, desk)
    messages.success(request, _("下書きを保存しました。まだ確定していません。"), extra_tags="done")
    return redirect(here(request, desk.home))


def _kept(page: queries.SheetPage) -> str:
    """Say that what was typed is still there, and who wrote last."""
    said = _("あなたの入力は、下に残っています。")
    if not page.steps:
        return said
    last = page.steps[0]
    return said + _("最後にしたこと: %(who)s(%(deed)s)。") % {"who": last.who, "deed": last.label}


def _typed(request: Request) -> Typed:
    """Read the form: what is asked next stays with its question, answered or not."""
    version = request.POST.get("version", "")
    return Typed(
        {
            name.removeprefix(PREFIX): str(value)[:20]
            for name, value in request.POST.items()
            if name.startswith(PREFIX)
        },
        {
            name.removeprefix(NEXT): request.POST.getlist(name)
            for name in request.POST
            if name.startswith(NEXT)
        },
        {
            name.removeprefix(SHOWN): str(value)
            for name, value in request.POST.items()
            if name.startswith(SHOWN)
        },
        int(version) if version.isdecimal() and len(version) < 9 else None,
    )


def _confirm(request: Request, desk: Desk) -> HttpResponse:
    page = _current(request, desk)
    try:
        services.confirm_sheet(actor=request.actor, sheet_id=page.sheet.id, now=request.now)
    except services.ChecklistRefused as refusal:
        return _own(request, desk, problem=str(refusal), status=409)
    messages.success(request, _("確定しました。市の割合に入ります。"), extra_tags="done")
    return redirect(here(request, desk.home))


def _reopen(request: Request, desk: Desk) -> HttpResponse:
    page = _current(request, desk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _own(request, desk, form, status=422)
    try:
        services.reopen_sheet(
            actor=request.actor,
            sheet_id=page.sheet.id,
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _own(request, desk, form, str(refusal), 409)
    messages.success(request, _("書き直せるようにしました。"), extra_tags="done")
    return redirect(here(request, desk.home))


def _current(request: Request, desk: Desk) -> queries.SheetPage:
    page = desk.read(request.actor, school_year=None, today=request.today)
    if page is None:
        raise Http404
    return page
