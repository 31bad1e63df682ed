"""Correct a closed month: asked with a reason, approved, a further version; both stay readable."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.attendance.services import AttendanceRefused, MarkCorrection, correct_marks
from manabiya.apps.register.corrections import corrected
from manabiya.apps.register.document import MEANINGS, OFF, OUT, Document, canonical
from manabiya.apps.register.models import CorrectionRequest, RegisterVersion
from manabiya.apps.register.policies import CORRECTION_ASK, CORRECTION_DECIDE
from manabiya.apps.register.queries import document_of, live_month, open_request, versions_of
from manabiya.apps.register.services.closing import refuse_undelegated
from manabiya.apps.register.services.refusals import AlreadyDone, MonthNotReady, RegisterRefused
from manabiya.apps.register.services.writing import held, recorded, write_version
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.roster.queries import names_of

State = CorrectionRequest.State
CODES = {
    "present": "出席",
    "absent_sick": MEANINGS["absent_sick"],
    "absent_other": MEANINGS["absent_other"],
    "late": MEANINGS["late"],
    "left_early": MEANINGS["left_early"],
    "late_left_early": MEANINGS["late_left_early"],
    "attendance_suspension": MEANINGS["S1"],
    "bereavement": MEANINGS["S5"],
    "deemed_present": MEANINGS["deemed_present"],
}
"""What a day can be corrected to: the codes of attendance."""
STANDS_AS = {"": "present", "S1": "attendance_suspension", "S5": "bereavement"}
"""Cells of a document whose code is another one here."""


@service
def ask_correction(
    *,
    actor: Actor,
    homeroom_id: UUID,
    month: date,
    entries: Sequence[MarkCorrection],
    reason: str,
    now: datetime,
) -> CorrectionRequest:
    """Ask for a correction of a closed month (訂正の申し出); nothing changes yet.

    ``entries`` may be empty: the month is then written anew from what stands. Raises ``Refused``,
    ``Http404``, :class:`RegisterRefused` (open month, no reason, one waits already, a
    day or child that is not in it, a value that stands already).
    """
    room = held(actor, CORRECTION_ASK, homeroom_id)
    _refuse(room.id, month, entries, reason)
    request: CorrectionRequest = CorrectionRequest.objects.create(
        homeroom=room,
        month=month,
        reason=reason.strip(),
        entries=[
            {"student": str(e.student_id), "date": e.day.isoformat(), "code": e.code}
            for e in entries
        ],
        asked_by_id=actor.person_id,
        asked_at=now,
    )
    recorded(actor, "register.correction:ask", room.id, month, request=str(request.id))
    return request


@service
def approve_correction(*, actor: Actor, request_id: UUID, now: datetime) -> RegisterVersion:
    """Approve a correction: the marks change and the month gets a further version.

    No other month changes its state. Raises ``Refused``, ``Http404``, :class:`RegisterRefused`
    (decided already, nothing would change, not the principal).
    """
    request = _decidable(actor, request_id, now)
    entries = [
        MarkCorrection(UUID(e["student"]), date.fromisoformat(e["date"]), e["code"])
        for e in request.entries
    ]
    if entries:
        try:
            correct_marks(
                actor=actor, homeroom_id=request.homeroom_id, corrections=entries, now=now
            )
        except AttendanceRefused as refusal:
            raise RegisterRefused(str(refusal)) from refusal
    before = document_of(versions_of(request.homeroom_id, request.month)[0])
    live = live_month(request.homeroom_id, request.month, now.date())
    if live.obstacles:
        raise MonthNotReady(live.obstacles)
    if live.text == canonical({**before, "corrections": []}):
        raise RegisterRefused(_("訂正しても何も変わりません。差し戻してください。"))
    document = corrected(before, live.document, _why(request, actor, now))
    _decide(request, actor, State.APPROVED, now)
    version = write_version(
        actor, request.homeroom_id, request.month, canonical(document), now, request
    )
    recorded(
        actor,
        "register.correction:approve",
        request.homeroom_id,
        request.month,
        request=str(request.id),
        sha256=version.sha256,
        version=version.number,
    )
    return version


@service
def decline_correction(
    *, actor: Actor, request_id: UUID, answer: str, now: datetime
) -> CorrectionRequest:
    """Send a request back with an answer; nothing else changes.

    Raises ``Refused``, ``Http404``, :class:`RegisterRefused` (decided already).
    """
    request = _decidable(actor, request_id, now)
    request.answer = answer.strip()
    _decide(request, actor, State.DECLINED, now)
    recorded(
        actor,
        "register.correction:decline",
        request.homeroom_id,
        request.month,
        request=str(request.id),
    )
    return request


def _refuse(homeroom_id: UUID, month: date, entries: Sequence[MarkCorrection], reason: str) -> None:
    versions = versions_of(homeroom_id, month)
    if not versions:
        raise RegisterRefused(_("まだ締めていない月です。学級の画面でそのまま直してください。"))
    if not reason.strip():
        raise RegisterRefused(_("訂正の理由を書いてください。"))
    if open_request(homeroom_id, month) is not None:
        raise RegisterRefused(
            _("承認を待っている訂正があります。それが決まってからにしてください。")
        )
    stands = _cells(document_of(versions[0]))
    for entry in entries:
        cell = stands.get((str(entry.student_id), entry.day.isoformat()), OUT)
        if cell in (OUT, OFF) or entry.code not in CODES:
            raise RegisterRefused(
                _("この月の出席簿にない日か人です(休業日や在籍の前後も)。選びなおしてください。")
            )
        if STANDS_AS.get(cell, cell) == entry.code:
            raise RegisterRefused(
                _("その日はもうその値です。日か、正しい値を選びなおしてください。")
            )


def _cells(document: Document) -> dict[tuple[str, str], str]:
    """Return the code of each child and day of a document."""
    days = [day["date"] for day in document["days"]]
    return {
        (row["student"], day): cell
        for row in document["rows"]
        for day, cell in zip(days, row["cells"], strict=True)
    }


def _decidable(actor: Actor, request_id: UUID, now: datetime) -> CorrectionRequest:
    """Return the request, its class held first, as every write of a class does."""
    CORRECTION_DECIDE.require(actor)
    homeroom_id = CORRECTION_DECIDE.get(
        actor, CorrectionRequest.objects.all(), pk=request_id
    ).homeroom_id
    held(actor, CORRECTION_DECIDE, homeroom_id)
    refuse_undelegated(actor, now.date())
    request: CorrectionRequest | None = (
        CorrectionRequest.objects.select_related("asked_by").filter(pk=request_id).first()
    )
    if request is None:
        raise Http404
    if request.state != State.OPEN:
        raise AlreadyDone(_("この訂正はもう決まっています。何も変えていません。"))
    return request


def _decide(request: CorrectionRequest, actor: Actor, state: str, now: datetime) -> None:
    request.state = state
    request.decided_by_id, request.decided_at = actor.person_id, now
    request.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _why(request: CorrectionRequest, actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        "reason": request.reason,
        "asked_by": request.asked_by.name,
        "approved_by": names_of([actor.person_id]).get(actor.person_id, ""),
        "on": now.date().isoformat(),
    }
