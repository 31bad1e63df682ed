"""Who comes for a child that leaves early: kept with the report, called back, let go."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, Pickup
from manabiya.apps.attendance.policies import PICKUP_HANDLE
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.words import PickupWord
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.queries import fetchers_of

State = Pickup.State
SETTLED = (State.CLEARED, State.REFUSED)


def keep_pickup(report: AbsenceReport, word: PickupWord | None, *, now: datetime) -> None:
    """Write who comes for the child of ``report``; nobody when it does not leave early.

    Words that say somebody else than before ask for a call again; a child that was let go keeps
    what was written then.
    """
    old = Pickup.objects.filter(report=report).first() if report.changed_at else None
    if old is not None and old.released_at is not None:
        return
    if word is None or word.who == rules.ALONE:
        if old is not None:
            old.delete()
        return
    new = _pickup(report, word, now)
    if old is not None:
        if (old.guardian_id, old.name) == (new.guardian_id, new.name):
            return
        new.id = old.id
        new.save(force_update=True)
        return
    new.save()


def names_who_comes(report: AbsenceReport, word: PickupWord | None, *, now: datetime) -> bool:
    """Return whether ``word`` names who was written down already to come for the child."""
    if report.kind != AbsenceReport.Kind.LEFT_EARLY:
        return True
    old = Pickup.objects.filter(report=report).first()
    if word is None or word.who == rules.ALONE or old is None:
        return old is None and (word is None or word.who == rules.ALONE)
    new = _pickup(report, word, now)
    return (old.guardian_id, old.name) == (new.guardian_id, new.name)


def _pickup(report: AbsenceReport, word: PickupWord, now: datetime) -> Pickup:
    """Find the person among those registered to fetch the child; nobody else is taken for one."""
    if word.who == rules.SOMEBODY and not word.name.strip():
        raise AttendanceRefused(_("迎えに来る人の名前を書いてください。"))
    fetchers = fetchers_of(report.student_id, now.date())
    found = rules.fetcher(
        word.who, word.name, sender=report.guardian_id, registered=fetchers.registered,
        excluded=fetchers.excluded,
    )  # fmt: skip
    if found is not None:
        state, name, relationship = State.REGISTERED, "", ""
    else:
        state, name, relationship = State.CALL_NEEDED, word.name, word.relationship
    return Pickup(
        report=report,
        student_id=report.student_id,
        date=report.date,
        guardian_id=found,
        name=name or ("" if found else fetchers.name_of(report.guardian_id)),
        relationship=relationship,
        state=state,
    )


@service
def record_callback(
    *, actor: Actor, pickup_id: UUID, is_cleared: bool, note: str, now: datetime
) -> Pickup:
    """Keep that staff called back about a person nobody registered: the child may go, or not.

    Raises ``Http404``, ``Refused``, :class:`AttendanceRefused` (nothing to call about, no note,
    already let go).
    """
    pickup = _locked(actor, pickup_id)
    if pickup.state == State.REGISTERED:
        raise AttendanceRefused(_("登録のある人なので、電話で確かめることはありません。"))
    if pickup.released_at is not None:
        raise AttendanceRefused(_("もう引き渡しています。記録は変えられません。"))
    if not note.strip():
        raise AttendanceRefused(_("だれに電話して、何を確かめたかを書いてください。"))
    pickup.state = State.CLEARED if is_cleared else State.REFUSED
    pickup.called_by_id, pickup.called_at = actor.person_id, now
    pickup.call_note = note.strip()
    pickup.save(update_fields=["state", "called_by", "called_at", "call_note"])
    _recorded(actor, "call", pickup)
    return pickup


@service
def release_child(*, actor: Actor, pickup_id: UUID, now: datetime) -> Pickup:
    """Keep that the child was handed over and left; refused while a call-back is missing.

    A mark 早退 of the day gets the time. Raises ``Http404``, ``Refused``,
    :class:`AttendanceRefused`.
    """
    pickup = _locked(actor, pickup_id)
    if pickup.state == State.CALL_NEEDED:
        raise AttendanceRefused(
            _(
                "まだ引き渡せません。登録のない人です。保護者に電話で確かめて、その記録を残してください。"
            )
        )
    if pickup.state == State.REFUSED:
        raise AttendanceRefused(
            _("電話で確かめて、引き渡さないことになっています。管理職に相談してください。")
        )
    if pickup.date != now.date():
        raise AttendanceRefused(_("今日の迎えではありません。引き渡しの記録は、その日に残します。"))
    if pickup.released_at is None:
        pickup.released_by_id, pickup.released_at = actor.person_id, now
        pickup.save(update_fields=["released_by", "released_at"])
        AttendanceMark.objects.filter(
            student_id=pickup.student_id, date=pickup.date, left_early=True
        ).update(left_time=now.time().replace(second=0, microsecond=0))
    _recorded(actor, "release", pickup)
    return pickup


def _locked(actor: Actor, pickup_id: UUID) -> Pickup:
    PICKUP_HANDLE.require(actor)
    return PICKUP_HANDLE.get(
        actor, Pickup.objects.select_for_update(no_key=True, of=("self",)), pk=pickup_id
    )


def _recorded(actor: Actor, verb: str, pickup: Pickup) -> None:
    record(
        actor=actor,
        action=f"attendance.pickup:{verb}",
        subject_type="student",
        subject_id=pickup.student_id,
        data_class=DataClass.II,
        details={"pickup": str(pickup.id), "state": pickup.state},
    )
