"""The photo roster: see it, print it, put photos in."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.class_papers import papers, queries, services
from manabiya.apps.class_papers.forms import PhotosForm
from manabiya.apps.class_papers.pictures import PictureRefused
from manabiya.apps.class_papers.policies import PHOTO_KEEP, PHOTO_VIEW
from manabiya.apps.class_papers.rules import number_in_name
from manabiya.apps.class_papers.views.lists import PDF, as_file
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import homeroom_ids_for


@dataclass(frozen=True, slots=True)
class Left:
    """An uploaded file that was not taken, and why."""

    name: str
    reason: str


def overview(request: Request) -> HttpResponse:
    """Open the photo roster of the first class, or say there is none."""
    cards = queries.classes_for(request.actor, PHOTO_VIEW, request.today)
    if cards:
        return redirect(here(request, "class-photos", homeroom=cards[0].id))
    return render(request, "class_papers/photos.html", {"homerooms": [], "chosen": None})


def roster(request: Request, homeroom: UUID) -> HttpResponse:
    """Show the photos of a class; take new ones (each file for the number in its name)."""
    page = queries.class_list(request.actor, homeroom, request.today, PHOTO_VIEW)
    form = PhotosForm(request.POST or None, request.FILES or None)
    left: list[Left] = []
    if request.method == "POST" and request.FILES.getlist("photos"):
        kept, left = _keep(request, page)
        if kept:
            messages.success(request, _("%(count)s枚の写真を入れました。") % {"count": kept})
        if not left:
            return redirect(here(request, "class-photos", homeroom=homeroom))
    context = {
        "homerooms": queries.classes_for(request.actor, PHOTO_VIEW, request.today),
        "chosen": page.homeroom,
        "lines": queries.photo_seats(page.seats),
        "form": form,
        "left": left,
        "may_keep": _may_keep(request, homeroom),
    }
    status = 422 if left or (request.method == "POST" and form.errors) else 200
    return render(request, "class_papers/photos.html", context, status=status)


def _may_keep(request: Request, homeroom: UUID) -> bool:
    year = school_year_of(request.today)
    return homeroom in homeroom_ids_for(request.actor, PHOTO_KEEP, year)


def _keep(request: Request, page: queries.ClassList) -> tuple[int, list[Left]]:
    """Keep each file for the child its name means; return how many, and what was left and why."""
    PHOTO_KEEP.require(request.actor)
    seats = {seat.roll_number: seat for seat in page.seats}
    kept, left, seen = 0, [], set()
    for file in request.FILES.getlist("photos"):
        number = number_in_name(file.name or "", seats.keys())
        if number is None or number in seen:
            left.append(Left(file.name or "", _number_problem(number)))
            continue
        problem = _keep_one(request, seats[number].student_id, file.read())
        seen.add(number)
        if problem:
            left.append(Left(file.name or "", problem))
        else:
            kept += 1
    return kept, left


def _number_problem(number: int | None) -> str:
    if number is None:
        return _(
            "名前から出席番号がわかりません。「05.jpg」のように直して、もう一度選んでください。"
        )
    return _("同じ番号の写真が2枚あります。1枚だけ選んでください。")


def _keep_one(request: Request, student_id: UUID, content: bytes) -> str:
    """Keep one photo; return what is wrong with it, or an empty text."""
    try:
        services.keep_photo(
            actor=request.actor, student_id=student_id, content=content, now=real_now()
        )
    except PictureRefused as error:
        return str(error)
    return ""


def photo(request: Request, student: UUID) -> HttpResponse:
    """Give the newest photo of a child."""
    response = HttpResponse(queries.photo_of(request.actor, student), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def paper(request: Request, homeroom: UUID) -> HttpResponse:
    """Give the photo roster as PDF."""
    page = queries.class_list(request.actor, homeroom, request.today, PHOTO_VIEW)
    photos = queries.newest_photos([seat.student_id for seat in page.seats])
    content = papers.photos_pdf(page, photos, real_now())
    return as_file(content, PDF, f"{page.homeroom.name}写真名簿.pdf", inline=True)
