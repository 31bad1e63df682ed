"""Deeds about a 未着: take it over, log a call, tell the managers, end it."""

from datetime import datetime, time
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries.arrivals import missing_children
from manabiya.apps.attendance.services import AttendanceRefused
from manabiya.apps.attendance.services.marks import settle_not_arrived
from manabiya.apps.morning import rules
from manabiya.apps.morning.models import ArrivalCase, CallEntry
from manabiya.apps.morning.policies import CASE_HANDLE
from manabiya.apps.morning.queries.seats import child_seats
from manabiya.apps.morning.services.refusals import MorningRefused
from manabiya.apps.morning.times import morning_of
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.families.calls import call_sheets, excluded_names
from manabiya.roster.queries import may_reach_student

LATE, PRESENT = "late", "present"


@service
def take_case(*, actor: Actor, student_id: UUID, now: datetime) -> ArrivalCase:
    """Look after a child's 未着 from now on, whoever did before.

    Raises ``Refused``, ``Http404`` (no child the actor reaches), :class:`MorningRefused`.
    """
    case = _open_case(actor, student_id, now)
    before = case.taken_by_id
    case.taken_by_id, case.taken_at = actor.person_id, now
    case.save(update_fields=["taken_by", "taken_at"])
    _recorded(actor, "take", case, before=str(before or ""))
    return case


@service
def log_call(
    *,
    actor: Actor,
    student_id: UUID,
    guardian_id: UUID | None,
    whom: str,
    outcome: str,
    note: str,
    now: datetime,
) -> CallEntry:
    """Keep what came of a call to a guardian, or to somebody named by words (「警察」「学童」).

    Nobody who may not be called, and nobody kept away from the child, is written down as called.
    The first caller looks after the case. Raises as :func:`take_case`.
    """
    case = _open_case(actor, student_id, now)
    words = "" if guardian_id else whom.strip()
    _check_callee(student_id, guardian_id, words, now)
    entry = CallEntry.objects.create(
        case=case,
        guardian_id=guardian_id,
        whom=words,
        outcome=outcome,
        note=note.strip(),
        called_by_id=actor.person_id,
        called_at=now,
    )
    if case.taken_by_id is None:
        case.taken_by_id, case.taken_at = actor.person_id, now
        case.save(update_fields=["taken_by", "taken_at"])
    _recorded(actor, "call", case, call=str(entry.id))
    return entry


def _check_callee(student_id: UUID, guardian_id: UUID | None, words: str, now: datetime) -> None:
    if guardian_id is not None:
        sheet = call_sheets([student_id], now)[student_id]
        if guardian_id in {callee.guardian_id for callee in sheet.never}:
            raise MorningRefused(_("この人には電話しないことになっています。"))
        if guardian_id not in {callee.guardian_id for callee in sheet.may_be_called}:
            raise Http404
        return
    if not words:
        raise MorningRefused(_("だれに電話したかを選ぶか、書いてください。"))
    if any(rules.is_same_name(words, name) for name in excluded_names(student_id)):
        raise MorningRefused(_("この相手への電話は記録できません。管理職に相談してください。"))


@service
def tell_managers(*, actor: Actor, student_id: UUID, now: datetime) -> ArrivalCase:
    """Bring a 未着 to the managers now, before its time; raises as :func:`take_case`."""
    case = _open_case(actor, student_id, now)
    if case.told_at is None:
        case.told_by_id, case.told_at = actor.person_id, now
        case.save(update_fields=["told_by", "told_at"])
    _recorded(actor, "tell", case)
    return case


@service
def end_case(
    *, actor: Actor, student_id: UUID, ending: str, how: str, now: datetime
) -> ArrivalCase:
    """End a 未着 in one of ``rules.ENDINGS``: the child's mark is written with it, or nothing is.

    Raises as :func:`take_case`; :class:`MorningRefused` also when ``how`` is missing or somebody
    else was first.
    """
    way = rules.ENDINGS[ending]
    case = _open_case(actor, student_id, now)
    if way.needs_how and not how.strip():
        raise MorningRefused(_("だれから、どのようにわかったかを書いてください。"))
    code = way.code
    if code == LATE and (start := _start_ahead(actor, case, now)):
        if ending == LATE:
            raise MorningRefused(
                _(
                    "始業は%(time)sです。まだ遅刻ではありません。「始業までに登校した」を選んでください。"
                )
                % {"time": f"{start:%-H:%M}"}
            )
        code = PRESENT
    try:
        settle_not_arrived(
            actor=actor, student_id=student_id, day=case.date, code=code, note=how.strip(),
            now=now,
        )  # fmt: skip
    except AttendanceRefused as refusal:
        raise MorningRefused(str(refusal)) from refusal
    case.end, case.how = way.end, how.strip()
    case.ended_by_id, case.ended_at = actor.person_id, now
    case.save(update_fields=["end", "how", "ended_by", "ended_at"])
    _recorded(actor, "end", case)
    return case


def _start_ahead(actor: Actor, case: ArrivalCase, now: datetime) -> time | None:
    """Return the later start of the child's day while it is still ahead."""
    seat = child_seats(case.date, students=[case.student_id])[0]
    start = morning_of(actor.at, case.date).late_from(seat.grade_level, seat.homeroom_id)
    return start if start is not None and now.time() < start else None


def _open_case(actor: Actor, student_id: UUID, now: datetime) -> ArrivalCase:
    """Return the locked case of a child that is 未着 today; the first deed makes it."""
    CASE_HANDLE.require(actor)
    if not may_reach_student(actor, CASE_HANDLE, student_id):
        raise Http404
    missing = {child.student_id: child for child in missing_children(actor, day=now.date())}
    if student_id not in missing:
        raise MorningRefused(_("いまは未着ではありません。今日の値を確かめてください。"))
    case, _made = ArrivalCase.objects.get_or_create(
        student_id=student_id,
        date=now.date(),
        defaults={"homeroom_id": missing[student_id].homeroom_id},
    )
    locked: ArrivalCase = ArrivalCase.objects.select_for_update(no_key=True).get(pk=case.pk)
    return locked


def _recorded(actor: Actor, verb: str, case: ArrivalCase, **details: str) -> None:
    record(
        actor=actor,
        action=f"morning.case:{verb}",
        subject_type="student",
        subject_id=case.student_id,
        data_class=DataClass.II,
        details={"case": str(case.id), "date": case.date.isoformat(), **details},
    )
