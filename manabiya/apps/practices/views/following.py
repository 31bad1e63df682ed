"""Follow a practice, say it was tried, copy its setting; the board recommends."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.practices import services
from manabiya.apps.practices.forms import RecommendForm, TriedForm, VersionForm
from manabiya.apps.practices.views.deeds import done
from manabiya.kernel.access.requests import Request


@require_POST
def follow(request: Request, practice: UUID) -> HttpResponse:
    """Follow."""
    return done(
        request, practice, Form(request.POST),
        lambda _data: services.follow(
            actor=request.actor, practice_id=practice, now=request.now,
            shows_school="shows_school" in request.POST,
        ),
        _("取り組みはじめました。「やってみた」は、いつでも書けます。"),
    )  # fmt: skip


@require_POST
def unfollow(request: Request, practice: UUID) -> HttpResponse:
    """Follow no longer."""
    return done(
        request, practice, Form(request.POST),
        lambda _data: services.unfollow(
            actor=request.actor, practice_id=practice, now=request.now
        ),
        _("取り組みをやめました。記録は残っています。"),
    )  # fmt: skip


@require_POST
def tried(request: Request, practice: UUID) -> HttpResponse:
    """Say that it was tried; with ``back``: take it back."""
    if "back" in request.POST:
        return done(
            request, practice, Form(request.POST),
            lambda _data: services.take_tried_back(
                actor=request.actor, practice_id=practice, now=request.now
            ),
            _("「やってみた」を取り消しました。"),
        )  # fmt: skip
    return done(
        request, practice, TriedForm(request.POST),
        lambda data: services.say_tried(
            actor=request.actor, practice_id=practice, now=request.now, **data
        ),
        _("「やってみた」を書きました。事例の学校と教育委員会に見えます。"),
        "tried_form",
    )  # fmt: skip


@require_POST
def copy(request: Request, practice: UUID) -> HttpResponse:
    """Copy the setting."""
    return done(
        request, practice, Form(request.POST),
        lambda _data: services.copy_setup(
            actor=request.actor, practice_id=practice, now=request.now
        ),
        _("設定を写しました。今日から変わります。前の設定も残っています。"),
    )  # fmt: skip


@require_POST
def recommend(request: Request, practice: UUID) -> HttpResponse:
    """Recommend; with ``back``: take it back."""
    if "back" in request.POST:
        return done(
            request, practice, VersionForm(request.POST),
            lambda data: services.take_recommendation_back(
                actor=request.actor, practice_id=practice, now=request.now, **data
            ),
            _("おすすめを取り消しました。"),
        )  # fmt: skip
    return done(
        request, practice, RecommendForm(request.POST),
        lambda data: services.recommend(
            actor=request.actor, practice_id=practice, now=request.now, **data
        ),
        _("おすすめにしました。すべての学校の一覧の上に出ます。"),
        "recommend_form",
    )  # fmt: skip
