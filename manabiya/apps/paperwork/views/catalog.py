"""The common papers, and one of them over all schools with the proposal to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.paperwork import policies, queries, services
from manabiya.apps.paperwork.forms import CatalogForm, ProposeForm, WithdrawForm
from manabiya.apps.paperwork.views.places import counted, tried
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def papers(request: Request) -> HttpResponse:
    """List the common papers; write a new one."""
    form = CatalogForm(request.POST or None, initial={"version": 0})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refused = _keep(request, form, None)
            if not refused:
                words = _("「%(name)s」を共通の帳票に加えました。")
                return _to_list(request, words % {"name": form.cleaned_data["name"]})
            form.add_error(None, refused)
            status = 409
    context = {"papers": queries.catalog_papers(request.actor), "form": form}
    return render(request, "paperwork/papers.html", context, status=status)


def paper(request: Request, paper: UUID) -> HttpResponse:
    """Show a common paper over the schools; write it anew."""
    if request.method != "POST":
        return _page(request, paper)
    policies.CATALOG_KEEP.require(request.actor)
    form = CatalogForm(request.POST)
    if not form.is_valid():
        return _page(request, paper, form=form, status=422)
    if refused := _keep(request, form, paper):
        form.add_error(None, refused)
        return _page(request, paper, form=form, status=409)
    return _to_paper(request, paper, _("書き直しました。"))


@require_POST
def propose(request: Request, paper: UUID) -> HttpResponse:
    """Propose to every school."""
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return _page(request, paper, propose_form=form, status=422)

    def do() -> int:
        return services.propose_to_schools(
            actor=request.actor, paper_id=paper, said=form.said, now=request.now
        )

    count, refused = counted(do)
    if refused:
        form.add_error(None, refused)
        return _page(request, paper, propose_form=form, status=409)
    return _to_paper(request, paper, _("%(count)s校に提案しました。") % {"count": count})


@require_POST
def withdraw(request: Request, paper: UUID) -> HttpResponse:
    """Take the proposal back from the schools that have not answered."""
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    if not form.is_valid():
        return _page(request, paper, withdraw_form=form, status=422)

    def do() -> int:
        return services.withdraw_proposals(
            actor=request.actor,
            paper_id=paper,
            reason=form.cleaned_data["reason"],
            now=request.now,
        )

    count, refused = counted(do)
    if refused:
        form.add_error(None, refused)
        return _page(request, paper, withdraw_form=form, status=409)
    return _to_paper(request, paper, _("%(count)s校への提案を取り下げました。") % {"count": count})


@require_POST
def retire(request: Request, paper: UUID) -> HttpResponse:
    """Offer it no more, or again."""
    version = request.POST.get("version", "")

    def do() -> object:
        return services.retire_catalog_paper(
            actor=request.actor,
            paper_id=paper,
            version=int(version) if version.isdecimal() else 0,
            now=request.now,
        )

    if refused := tried(do):
        return _page(request, paper, refused=refused, status=409)
    return _to_paper(request, paper, _("変えました。学校の一覧にある分は、そのままです。"))


def _keep(request: Request, form: CatalogForm, paper: UUID | None) -> str:
    def do() -> object:
        return services.keep_catalog_paper(
            actor=request.actor,
            paper_id=paper,
            version=form.cleaned_data["version"],
            entry=form.entry,
            now=request.now,
        )

    return tried(do)


def _to_list(request: Request, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags="done")
    return redirect(here(request, "board-paperwork-papers"))


def _to_paper(request: Request, paper: UUID, words: str) -> HttpResponse:
    messages.success(request, words, extra_tags="done")
    return redirect(here(request, "board-paperwork-paper", paper=paper))


def _page(request: Request, paper: UUID, *, status: int = 200, **filled: Any) -> HttpResponse:
    page = queries.paper_page(request.actor, paper, request.today)
    context = {
        "page": page,
        "paper": page.paper,
        "filled": next((form for form in filled.values() if isinstance(form, Form)), None),
        "form": CatalogForm.of(page.paper),
        "propose_form": ProposeForm(),
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
        **filled,
    }
    return render(request, "paperwork/paper.html", context, status=status)
