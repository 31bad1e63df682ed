"""Close a month: 担任 checks, 教頭 closes, 校長 confirms."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.register.document import digest
from manabiya.apps.register.models import RegisterStep, RegisterVersion
from manabiya.apps.register.policies import MONTH_CHECK, MONTH_CLOSE, MONTH_CONFIRM
from manabiya.apps.register.queries import (
    LiveMonth,
    live_month,
    may_check_class,
    may_confirm_on,
    open_request,
    steps_of,
    versions_of,
)
from manabiya.apps.register.services.refusals import AlreadyDone, MonthNotReady, RegisterRefused
from manabiya.apps.register.services.writing import held, recorded, take_step, write_version
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Homeroom

Kind = RegisterStep.Kind


@service
def check_month(*, actor: Actor, homeroom_id: UUID, month: date, now: datetime) -> RegisterStep:
    """Check a month as it stands (点検); a later check replaces an earlier one.

    By the class's 担任; by a manager only where the class has none today. Raises ``Refused``,
    ``Http404``, :class:`MonthNotReady`, :class:`RegisterRefused` (closed already).
    """
    room = held(actor, MONTH_CHECK, homeroom_id)
    _refuse_manager(actor, room)
    _refuse_closed(room.id, month)
    live = _ready(room, month, now)
    step = take_step(actor, room.id, month, Kind.CHECKED, digest(live.text), now)
    recorded(actor, "register.month:check", room.id, month, sha256=step.sha256)
    return step


@service
def close_month(*, actor: Actor, homeroom_id: UUID, month: date, now: datetime) -> RegisterVersion:
    """Write the month down for good (締め), exactly as it was checked.

    From now on its days change by a correction only. Raises ``Refused``, ``Http404``,
    :class:`MonthNotReady`, :class:`RegisterRefused` (closed already, not checked, changed since).
    """
    room = held(actor, MONTH_CLOSE, homeroom_id)
    _refuse_closed(room.id, month)
    live = _ready(room, month, now)
    checked = steps_of(room.id, month).checked
    if checked is None:
        raise RegisterRefused(_("担任の点検がまだです。点検のあとで締めてください。"))
    if checked.sha256 != digest(live.text):
        raise RegisterRefused(
            _("点検のあとで出席簿が変わりました。担任にもう一度点検してもらってください。")
        )
    version = write_version(actor, room.id, month, live.text, now)
    take_step(actor, room.id, month, Kind.CLOSED, version.sha256, now)
    recorded(actor, "register.month:close", room.id, month, sha256=version.sha256, version=1)
    return version


@service
def confirm_month(
    *, actor: Actor, homeroom_id: UUID, month: date, now: datetime, seen: str = ""
) -> RegisterStep:
    """Confirm a closed month (確認), by the principal or whom the board lets do it.

    ``seen``: digest of the version that was looked at, where it was one among several. Raises
    ``Refused``, ``Http404``, :class:`RegisterRefused` (not closed, confirmed already, a correction
    waits or was made since).
    """
    room = held(actor, MONTH_CONFIRM, homeroom_id)
    refuse_undelegated(actor, now.date())
    versions = versions_of(room.id, month)
    if not versions:
        raise RegisterRefused(_("まだ締めていません。教頭が締めたあとで確認してください。"))
    if steps_of(room.id, month).confirmed is not None:
        raise AlreadyDone(_("もう確認してあります。何も変えていません。"))
    if seen and (seen != versions[0].sha256 or open_request(room.id, month) is not None):
        raise RegisterRefused(_("訂正がありました。月の出席簿を開いて確かめてください。"))
    step = take_step(actor, room.id, month, Kind.CONFIRMED, versions[0].sha256, now)
    recorded(actor, "register.month:confirm", room.id, month, sha256=step.sha256)
    return step


def refuse_undelegated(actor: Actor, day: date) -> None:
    """Refuse whoever is not principal (nor has the empty post) unless the board delegated it."""
    if may_confirm_on(actor, day):
        return
    raise RegisterRefused(_("校長が行います。教頭に任せるかどうかは教育委員会が決めます。"))


def _refuse_manager(actor: Actor, room: Homeroom) -> None:
    if not may_check_class(actor, room.id):
        raise RegisterRefused(_("点検はこの学級の担任が行います。"))


def _refuse_closed(homeroom_id: UUID, month: date) -> None:
    if versions_of(homeroom_id, month):
        raise AlreadyDone(_("もう締めてあります。何も変えていません。"))


def _ready(room: Homeroom, month: date, now: datetime) -> LiveMonth:
    if month.day != 1 or school_year_of(month) != room.school_year:
        raise RegisterRefused(_("この学級の年度の月ではありません。"))
    live = live_month(room.id, month, now.date())
    if live.obstacles:
        raise MonthNotReady(live.obstacles)
    return live
