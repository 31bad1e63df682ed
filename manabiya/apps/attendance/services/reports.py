"""Take a guardian's reports: of one child or several, for one day or several. Claims, never marks."""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import REPORT_RECEIVED
from manabiya.apps.attendance.models import AbsenceReport, ClassDay
from manabiya.apps.attendance.policies import REPORT_SUBMIT
from manabiya.apps.attendance.queries.days import days_of
from manabiya.apps.attendance.queries.standing_rows import OPEN
from manabiya.apps.attendance.services.pickups import keep_pickup, names_who_comes
from manabiya.apps.attendance.services.refusals import AlreadyReported, AttendanceRefused
from manabiya.apps.attendance.services.words import PickupWord, Word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Refused
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import Child, children_of, moving_children

__all__ = ["PickupWord", "Word", "submit_report", "submit_reports"]

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
TRIES = 5


@dataclass(frozen=True, slots=True)
class _Sending:
    """One sending: the same words about children and days; the key makes it happen once."""

    actor: Actor
    word: Word
    key: str
    now: datetime
    claimed_at: datetime | None
    submission: UUID | None


def submit_report(
    *,
    actor: Actor,
    student_id: UUID,
    day: date,
    word: Word,
    key: str,
    now: datetime,
    claimed_at: datetime | None = None,
) -> AbsenceReport:
    """Take a guardian's report about one child and one day, as :func:`submit_reports` does."""
    return submit_reports(
        actor=actor, student_ids=[student_id], first=day, last=day, word=word, key=key, now=now,
        claimed_at=claimed_at,
    )[0]  # fmt: skip


@service
def submit_reports(
    *,
    actor: Actor,
    student_ids: Collection[UUID],
    first: date,
    last: date,
    word: Word,
    key: str,
    now: datetime,
    claimed_at: datetime | None = None,
) -> list[AbsenceReport]:
    """Take the same report about children, for every 授業日 from ``first`` to ``last``: all or none.

    The same ``key`` or the same words (who comes for the child included) again return the first reports. After the cut-off they are
    taken and marked 締切後; after the class was confirmed a report becomes a conflict and changes no
    mark. ``claimed_at``: when the phone says it was written. Raises ``Http404`` (not the actor's
    child), ``Refused`` (no right to report), :class:`AttendanceRefused` (day, between schools),
    :class:`AlreadyReported`.
    """
    children = _children(actor, student_ids, now)
    wanted = list(_wanted(children, first, last, now))
    submission = uuid7() if len(wanted) > 1 else None
    sending = _Sending(actor, word, key, now, claimed_at, submission)
    mine = _mine(sending, wanted)
    reports = [_take(sending, mine, child, day, len(wanted)) for child, day in wanted]
    _recorded(actor, reports, wanted)
    return reports


def _children(actor: Actor, student_ids: Collection[UUID], now: datetime) -> list[Child]:
    """Return the actor's children; the right to report is asked of each child itself."""
    REPORT_SUBMIT.require(actor)
    mine = {child.student_id: child for child in children_of(actor.person_id, now.date())}
    if not student_ids or not mine.keys() >= set(student_ids):
        _refuse_moving(actor, student_ids, now)
        raise Http404
    children = [mine[student_id] for student_id in dict.fromkeys(student_ids)]
    if not all(child.can_report for child in children):
        raise Refused(REPORT_SUBMIT.permission, tuple(REPORT_SUBMIT.holders))
    return children


def _refuse_moving(actor: Actor, student_ids: Collection[UUID], now: datetime) -> None:
    """Refuse with whom to call when a child is between two schools and seated at neither."""
    for child in moving_children(actor.person_id, now.date()):
        if child.student_id in student_ids:
            raise AttendanceRefused(
                _("転校の手続き中です。%(contact)sへ電話してください。")
                % {"contact": child.whom_to_call}
            )


def _wanted(
    children: list[Child], first: date, last: date, now: datetime
) -> Iterator[tuple[Child, date]]:
    """Yield each child and school day; refuse a day out of reach, and a child with none."""
    for day in (first, last):
        if not rules.is_reportable(today=now.date(), day=day):
            raise AttendanceRefused(
                _("連絡できるのは、今日から14日先までです。日を選びなおしてください。")
            )
    if last < first:
        raise AttendanceRefused(_("終わりの日が、始まりの日より前です。日を選びなおしてください。"))
    for child in children:
        days = days_of(child, first, last).days_with_lessons(child.grade_level, child.homeroom_id)
        if not days and not child.on(last).is_at_school_on(first):
            raise AttendanceRefused(_between(child.next or child))
        if not days and len(children) == 1:
            raise AttendanceRefused(_("その日は授業がありません。連絡はいりません。"))
        if not days:
            raise AttendanceRefused(
                _("%(name)sさんは、その日は授業がありません。印をはずしてください。")
                % {"name": child.name}
            )
        for day in days:
            yield child.on(day), day


def _between(child: Child) -> str:
    """Return what is said of a day at no school: whom to call."""
    words = {"school": child.school_name, "phone": child.school_phone}
    if child.comes_on is None:
        return _("学校を去った後の日です。%(school)s(%(phone)s)へ電話してください。") % words
    day = date_format(child.comes_on, _("n月j日(D)"))
    return _(
        "%(school)sに通うのは%(day)sからです。その前の日のことは、%(school)s(%(phone)s)へ"
        "電話してください。"
    ) % {**words, "day": day}


def _mine(sending: _Sending, wanted: list[tuple[Child, date]]) -> list[AbsenceReport]:
    """Return the actor's open reports of those children and days, and whatever holds the key."""
    keys = [_key(sending.key, child, day, len(wanted)) for child, day in wanted]
    return list(
        AbsenceReport.objects.filter(
            Q(
                student_id__in={child.student_id for child, _day in wanted},
                date__in={day for _child, day in wanted},
                guardian_id=sending.actor.person_id,
                status__in=OPEN,
            )
            | Q(idempotency_key__in=keys)
        )
    )


def _key(key: str, child: Child, day: date, count: int) -> str:
    """Return the key of one report: the sending's own when it holds one report only."""
    return key if count == 1 else f"{key}/{child.student_id.hex[-12:]}/{day:%Y%m%d}"


def _take(
    sending: _Sending, mine: list[AbsenceReport], child: Child, day: date, count: int
) -> AbsenceReport:
    """Return the report that was sent before, else store it."""
    key = _key(sending.key, child, day, count)
    about = [r for r in mine if r.student_id == child.student_id and r.date == day]
    by_key = next((report for report in mine if report.idempotency_key == key), None)
    first = by_key or next((r for r in about if _says_same(sending, r)), None)
    if first is None:
        is_late = rules.is_after_cutoff(now=sending.now, day=day, cutoff=child.cutoff_on(day))
        _check_open(about, sending.word.kind, may_change=not is_late)
        first = _store(sending, child, day, key)
        keep_pickup(first, sending.word.pickup, now=sending.now)
    if first.guardian_id != sending.actor.person_id or first.student_id != child.student_id:
        raise AttendanceRefused(_("この画面は古くなりました。ホームからもう一度お願いします。"))
    return first


def _says_same(sending: _Sending, report: AbsenceReport) -> bool:
    """Return whether a stored report says the same, who comes for the child included."""
    word = sending.word
    return word.says_what(report) and names_who_comes(report, word.pickup, now=sending.now)


def _check_open(about: list[AbsenceReport], kind: str, *, may_change: bool) -> None:
    """Refuse a second report of the same matter; after the cut-off only of the same kind.

    Until the cut-off the first one is changed instead; after it nothing can be, so what is new
    (欠席 after 遅刻) is taken beside it, and the later word counts.
    """
    for report in about:
        is_same = rules.is_same_matter(report.kind, kind) if may_change else report.kind == kind
        if is_same:
            raise AlreadyReported(_("この日の連絡は、もう届いています。"), report)


def _store(sending: _Sending, child: Child, day: date, key: str) -> AbsenceReport:
    """Insert the report; a tap at the same moment with the same key finds the first one."""
    now = sending.now
    status = AbsenceReport.Status.SUBMITTED
    if day == now.date() and _is_confirmed(child, day):
        status = AbsenceReport.Status.CONFLICT
    for _attempt in range(TRIES):
        report = AbsenceReport(
            student_id=child.student_id,
            date=day,
            status=status,
            guardian_id=sending.actor.person_id,
            submission=sending.submission,
            claimed_at=sending.claimed_at,
            submitted_at=now,
            is_after_cutoff=rules.is_after_cutoff(now=now, day=day, cutoff=child.cutoff_on(day)),
            idempotency_key=key,
            receipt_number=receipt_number(now),
        )
        sending.word.write_to(report)
        AbsenceReport.objects.bulk_create([report], ignore_conflicts=True)
        stored: AbsenceReport | None = AbsenceReport.objects.filter(idempotency_key=key).first()
        if stored is not None:
            return stored
        _check_open(
            open_reports(sending.actor, child, day),
            sending.word.kind,
            may_change=not report.is_after_cutoff,
        )
    raise AttendanceRefused(_("受け取れませんでした。入力は残っています。もう一度お試しください。"))


def open_reports(actor: Actor, child: Child, day: date) -> list[AbsenceReport]:
    """Return the actor's open reports of a child and a day."""
    return list(
        AbsenceReport.objects.filter(
            student_id=child.student_id, date=day, guardian_id=actor.person_id, status__in=OPEN
        )
    )


def _is_confirmed(child: Child, day: date) -> bool:
    """Return whether the class day is confirmed; holds off a confirmation until we are done."""
    rows = Homeroom.objects.select_for_update(no_key=True).filter(pk=child.homeroom_id)
    list(rows.values_list("id"))
    days = ClassDay.objects.filter(
        homeroom_id=child.homeroom_id, date=day, confirmed_at__isnull=False
    )
    return bool(days.exists())


def receipt_number(now: datetime) -> str:
    """Return a new receipt number: date, time, four letters that can't be misread."""
    return f"{now:%m%d-%H%M}-{''.join(secrets.choice(LETTERS) for _ in range(4))}"


def _recorded(actor: Actor, reports: list[AbsenceReport], wanted: list[tuple[Child, date]]) -> None:
    """Leave one entry of the sending, and tell the school of its day of every report."""
    first = reports[0]
    details = {"report": str(first.id), "date": first.date.isoformat()}
    if len(reports) > 1:
        details["reports"] = ",".join(str(report.id) for report in reports)
    record(
        actor=actor,
        action="attendance.report:submit",
        subject_type="student",
        subject_id=first.student_id,
        subject_count=len(reports),
        data_class=DataClass.II,
        school_id=wanted[0][0].school_id,
        details=details,
    )
    for report, (child, _day) in zip(reports, wanted, strict=True):
        publish(REPORT_RECEIVED, report=report.id, school=child.school_id, date=report.date)
