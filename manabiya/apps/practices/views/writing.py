"""Write a practice, publish it, take it back, attach files."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.practices import services
from manabiya.apps.practices.forms import PaperForm, PracticeForm, VersionForm
from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.papers import LIMIT, Upload
from manabiya.apps.practices.policies import PRACTICE_WRITE
from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.services.writing import WORDS
from manabiya.apps.practices.views.deeds import done
from manabiya.apps.practices.views.reading import practice_page
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def write(request: Request) -> HttpResponse:
    """Write a new practice of the school."""
    return _write(request, None)


def edit(request: Request, practice: UUID) -> HttpResponse:
    """Change a practice of the school."""
    row = PRACTICE_WRITE.get(request.actor, Practice.objects.all(), pk=practice)
    return _write(request, row)


def _write(request: Request, row: Practice | None) -> HttpResponse:
    known = {name: getattr(row, name) for name in WORDS} if row else {}
    seen = {"version": row.version if row else 1, "item": request.GET.get("item", "")}
    form = PracticeForm(request.POST or None, initial={**seen, **known})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = services.write_practice(
                    actor=request.actor, word=form.word(), now=request.now,
                    practice_id=row.id if row else None, version=form.cleaned_data["version"],
                )  # fmt: skip
            except PracticeRefused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("保存しました。"), extra_tags="done")
                return redirect(here(request, "practice", practice=saved.id))
    return render(request, "practices/write.html", {"form": form, "row": row}, status=status)


@require_POST
def publish(request: Request, practice: UUID) -> HttpResponse:
    """Let every school read it."""
    return done(
        request, practice, VersionForm(request.POST),
        lambda data: services.publish(
            actor=request.actor, practice_id=practice, now=request.now, **data
        ),
        _("公開しました。市のすべての学校の教職員が読めます。"),
    )  # fmt: skip


@require_POST
def withdraw(request: Request, practice: UUID) -> HttpResponse:
    """Take it back."""
    return done(
        request, practice, VersionForm(request.POST),
        lambda data: services.withdraw(
            actor=request.actor, practice_id=practice, now=request.now, **data
        ),
        _("取り下げました。ほかの学校には見えません。"),
    )  # fmt: skip


@require_POST
def add_paper(request: Request, practice: UUID) -> HttpResponse:
    """Attach a file."""
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        words = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return practice_page(request, practice, refused=words, status=422)
    file = form.cleaned_data["file"]
    upload = Upload(file.name, file.read(LIMIT + 1))
    try:
        services.add_paper(
            actor=request.actor, practice_id=practice, upload=upload, now=request.now,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except PracticeRefused as refusal:
        return practice_page(request, practice, refused=str(refusal), status=409)
    said = _("「%(name)s」を付けました。") % {"name": file.name}
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "practice", practice=practice))


@require_POST
def remove_paper(request: Request, practice: UUID, attachment: UUID) -> HttpResponse:
    """Take a file away."""
    gone = services.remove_paper(actor=request.actor, paper_id=attachment, now=request.now)
    said = _("「%(name)s」を外しました。") % {"name": gone.name}
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "practice", practice=practice))
