"""Propose 出席停止, 忌引, 出席扱い or 変災 of a child; note the relief; withdraw the proposal."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.apps.attendance.models import ExcusedPeriod, ExcusedPeriodChange
from manabiya.apps.attendance.policies import PERIOD_PROPOSE
from manabiya.apps.attendance.services.decided_days import lock_classes, rewrite_days
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Policy
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.exclusion import DISEASES
from manabiya.law.school_year import first_day, school_year_of
from manabiya.roster.queries import may_reach_student, school_days

Deed = ExcusedPeriodChange.Deed
Status = ExcusedPeriod.Status
AHEAD = 60
"""Days ahead for which something may be proposed, and for which the calendar is read."""


@service
def propose_period(
    *, actor: Actor, student_id: UUID, word: PeriodWord, now: datetime
) -> ExcusedPeriod:
    """Propose a period of a child of the actor's class or school; it waits for a decision.

    A last day nobody said follows from law or the board's table (``excused.last_day``). Raises
    ``Refused``, ``Http404`` (a child the actor does not look after, or not of this school),
    :class:`AttendanceRefused` (days, disease, another period on one of the days).
    """
    PERIOD_PROPOSE.require(actor)
    if not may_reach_student(actor, PERIOD_PROPOSE, student_id):
        raise Http404
    word = word.plain()
    _refuse_word(word, now.date())
    seats = lock_classes(student_id, actor.at, word.days.first, max(word.days.first, now.date()))
    if not seats:
        raise AttendanceRefused(
            _("始まりの日に、この学校に在籍していません。日を確かめてください。")
        )
    calendar = school_days(
        actor.at, word.days.first, date.fromordinal(word.days.first.toordinal() + AHEAD)
    )
    word_last = excused.last_day(word, calendar.days(seats[-1].grade_level))
    days = Days(word.days.first, word_last)
    _refuse_overlap(student_id, days)
    period: ExcusedPeriod = ExcusedPeriod.objects.create(
        student_id=student_id, school_id=actor.at, kind=word.kind, disease=word.disease,
        relation=word.relation, facility=word.facility, note=word.note, first_day=days.first,
        last_day=days.last, relief_on=word.relief_on, earliest_return=excused.return_day(word),
        proposed_by_id=actor.person_id, proposed_at=now,
    )  # fmt: skip
    keep_change(actor, period, Deed.PROPOSED, {}, now)
    recorded(actor, "propose", period)
    return period


@service
def note_relief(
    *, actor: Actor, period_id: UUID, relief_on: date, version: int, now: datetime
) -> ExcusedPeriod:
    """Note the day of 解熱 or 軽快; the first day back follows, and the end where it was open.

    An end somebody set stays. Raises ``Refused``, ``Http404``, :class:`AttendanceRefused`.
    """
    period = locked(actor, PERIOD_PROPOSE, period_id, version)
    if period.kind != excused.SUSPENSION or period.status not in (Status.PROPOSED, Status.DECIDED):
        raise AttendanceRefused(_("この申し出には、解熱・軽快等の日は入りません。"))
    if relief_on > now.date():
        raise AttendanceRefused(_("解熱・軽快等の日が、これからの日です。日を確かめてください。"))
    old, before = facts(period), days_of_period(period)
    was_by_law = period.last_day is None or period.last_day == _end_by_law(period)
    period.relief_on = relief_on
    period.earliest_return = return_day_of(period)
    if was_by_law:
        period.last_day = _end_by_law(period)
    saved(period, ["relief_on", "earliest_return", "last_day"])
    keep_change(actor, period, Deed.RELIEVED, old, now)
    if period.status == Status.DECIDED:
        rewrite_days(actor=actor, period=period, now=now, before=before)
    recorded(actor, "relieve", period)
    return period


@service
def withdraw_period(
    *, actor: Actor, period_id: UUID, reason: str, version: int, now: datetime
) -> ExcusedPeriod:
    """Withdraw a proposal nobody decided yet; it stays readable with the reason.

    Raises ``Refused``, ``Http404``, :class:`AttendanceRefused`.
    """
    period = locked(actor, PERIOD_PROPOSE, period_id, version)
    refuse_unless_waiting(period)
    old = facts(period)
    period.status, period.answer = Status.WITHDRAWN, reason.strip()
    saved(period, ["status", "answer"])
    keep_change(actor, period, Deed.WITHDRAWN, old, now, reason.strip())
    recorded(actor, "withdraw", period)
    return period


def _refuse_word(word: PeriodWord, today: date) -> None:
    days = word.days
    if word.kind == excused.SUSPENSION and word.disease not in DISEASES:
        raise AttendanceRefused(_("感染症の名前を選んでください。"))
    if word.kind == excused.BEREAVEMENT and not word.relation:
        raise AttendanceRefused(_("亡くなった人の続柄を選んでください。"))
    if word.kind == excused.DEEMED_PRESENT and not word.facility.strip():
        raise AttendanceRefused(_("学んでいる所の名前を書いてください。"))
    refuse_days(days, today)
    if word.relief_on is not None and not days.first <= word.relief_on <= today:
        raise AttendanceRefused(
            _("解熱・軽快等の日は、始まりの日から今日までの日です。日を確かめてください。")
        )


def refuse_days(days: Days, today: date) -> None:
    """Refuse days in the wrong order, of another school year or too far ahead."""
    if days.last is not None and days.last < days.first:
        raise AttendanceRefused(_("終わりの日が、始まりの日より前です。日を選びなおしてください。"))
    if days.first < first_day(school_year_of(today)):
        raise AttendanceRefused(_("前の年度の日です。今年度の日を選んでください。"))
    if days.first.toordinal() > today.toordinal() + AHEAD:
        raise AttendanceRefused(_("始まりの日が先すぎます。日を確かめてください。"))


def _refuse_overlap(student_id: UUID, days: Days, but: UUID | None = None) -> None:
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=days.first),
        student_id=student_id,
        status__in=excused.STANDING,
    ).exclude(pk=but)
    if days.last is not None:
        rows = rows.filter(first_day__lte=days.last)
    if rows.exists():
        raise AttendanceRefused(_("同じ日に、もう申し出か決定があります。一覧で確かめてください。"))


def refuse_overlap(period: ExcusedPeriod) -> None:
    """Refuse days of ``period`` on which another one of the child stands."""
    _refuse_overlap(period.student_id, days_of_period(period), but=period.id)


def refuse_unless_waiting(period: ExcusedPeriod) -> None:
    """Refuse what somebody decided, declined or withdrew already."""
    if period.status != Status.PROPOSED:
        raise AttendanceRefused(
            _("ほかの人が先に「%(status)s」にしました。いまの値を確かめてください。")
            % {"status": period.get_status_display()}
        )


def locked(actor: Actor, policy: Policy, period_id: UUID, version: int) -> ExcusedPeriod:
    """Return the period, locked, as the actor saw it; refuse when somebody was faster."""
    policy.require(actor)
    rows = ExcusedPeriod.objects.select_for_update(no_key=True, of=("self",))
    period = policy.get(actor, rows, pk=period_id)
    if period.version != version:
        raise AttendanceRefused(
            _("ほかの人が先に変えました(いまは「%(status)s」)。画面を見なおしてください。")
            % {"status": period.get_status_display()}
        )
    return period


def days_of_period(period: ExcusedPeriod) -> Days:
    """Return the days of a stored period."""
    return Days(period.first_day, period.last_day)


def _word(period: ExcusedPeriod) -> PeriodWord:
    return PeriodWord(
        period.kind, Days(period.first_day), period.disease, relief_on=period.relief_on
    )


def return_day_of(period: ExcusedPeriod) -> date | None:
    """Return the first day back by the law; refuse a relief before the first day."""
    try:
        return excused.return_day(_word(period))
    except ValueError as error:
        raise AttendanceRefused(
            _("解熱・軽快等の日が、始まりの日より前になります。日を確かめてください。")
        ) from error


def _end_by_law(period: ExcusedPeriod) -> date | None:
    return excused.last_day(_word(period), ())


def facts(period: ExcusedPeriod) -> dict[str, Any]:
    """Return the values of a period that its history keeps."""
    days = ("first_day", "last_day", "relief_on", "earliest_return")
    found = {name: getattr(period, name) for name in days}
    return {
        "status": period.status,
        **{name: day.isoformat() if day else None for name, day in found.items()},
    }


def saved(period: ExcusedPeriod, names: list[str]) -> None:
    """Save the named fields and count the version up."""
    period.version += 1
    period.save(update_fields=[*names, "version"])


def keep_change(
    actor: Actor, period: ExcusedPeriod, deed: str, old: dict[str, Any], now: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    """Write one line of the period's history."""
    ExcusedPeriodChange.objects.create(
        period=period, deed=deed, old=old, new=facts(period), reason=reason,
        changed_by_id=actor.person_id, changed_at=now,
    )  # fmt: skip


def recorded(actor: Actor, verb: str, period: ExcusedPeriod, changed: int = 0) -> None:
    """Leave the one audit entry of a deed: ids and a count, never the cause."""
    record(
        actor=actor,
        action=f"attendance.excused-period:{verb}",
        subject_type="student",
        subject_id=period.student_id,
        data_class=DataClass.II,
        details={"period": str(period.id), "changed_days": changed},
    )
