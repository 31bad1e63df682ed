"""Decide a change of school days, and withdraw it; nothing is ever deleted."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.kernel.registry import registry
from manabiya.roster.calendar import rules
from manabiya.roster.calendar.events import DAY_CHANGED
from manabiya.roster.calendar.policies import DAY_CHANGE_SET
from manabiya.roster.calendar.queries import SchoolClass, classes_of
from manabiya.roster.calendar.rules import Change
from manabiya.roster.models import DayChange, Homeroom, School
from manabiya.roster.models.day_change import standing
from manabiya.roster.queries.calendar import school_days


class DayChangeRefused(Exception):
    """The change can't be decided; the message says why, ``field`` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DayChangeClash(DayChangeRefused):
    """Other changes hold for the same children; ``standing``: those to take back first."""

    def __init__(self, rows: Collection[DayChange]) -> None:
        super().__init__(
            _(
                "同じ日に、もう別の変更が決まっています。取り消して決めなおすか、やめるかを選んでください。"
            )
        )
        self.standing = tuple(rows)


class ClassesConfirmed(DayChangeRefused):
    """Classes are confirmed on a day of the change; the person has to say it again."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(
            _("もう出欠を確定した学級があります(%(names)s)。") % {"names": "、".join(names)}
        )
        self.names = tuple(names)


@service
def set_day_change(
    *,
    actor: Actor,
    change: Change,
    now: datetime,
    replaces: Collection[UUID] = (),
    says_again: bool = False,
) -> DayChange:
    """Decide a change of the school days of the actor's school, one grade or one class of it.

    ``replaces``: changes that stand against it and are withdrawn with it; ``says_again``: the
    actor knows that classes are confirmed already. Raises ``Refused``, ``Http404`` (a class of
    another school), :class:`DayChangeRefused` (days, hours, nobody concerned),
    :class:`DayChangeClash`, :class:`ClassesConfirmed`; nothing is written then.
    """
    DAY_CHANGE_SET.require(actor)
    school = School.objects.select_for_update(no_key=True).get(pk=actor.at)
    if change.homeroom_id is not None:
        DAY_CHANGE_SET.get(actor, Homeroom.objects.all(), pk=change.homeroom_id)
    _check_days(change, actor.today)
    _check_hours(change, school)
    classes = classes_of(school.id, change.first)
    concerned = _concerned(change, classes)
    _check_school_days(change, school, concerned)
    against = _against(change, school, classes)
    if {row.id for row in against} - set(replaces):
        raise DayChangeClash(against)
    if not says_again and change.kind != rules.EARLY and change.covers(actor.today):
        _check_confirmed(concerned, actor.today)
    for row in against:
        _withdraw(row, actor, now)
    row = _store(change, school, actor, now)
    _recorded(actor, "set", row, replaced=",".join(str(old.id) for old in against))
    _tell(actor, [row, *against])
    return row


@service
def withdraw_day_change(*, actor: Actor, change_id: UUID, now: datetime) -> DayChange:
    """Withdraw a change from today on: days that have passed stay as they were.

    Raises ``Refused``, ``Http404`` (another school's), :class:`DayChangeRefused` (over, or
    withdrawn by somebody else already).
    """
    DAY_CHANGE_SET.require(actor)
    rows = DayChange.objects.select_for_update(no_key=True)
    row = DAY_CHANGE_SET.get(actor, rows, pk=change_id)
    if row.withdrawn_at is not None:
        raise DayChangeRefused(_("この変更は、もう取り消されています。"))
    if row.ends_on < actor.today:
        raise DayChangeRefused(_("終わった日の変更は取り消せません。"))
    _withdraw(row, actor, now)
    _recorded(actor, "withdraw", row)
    _tell(actor, [row])
    return row


def _check_days(change: Change, today: date) -> None:
    if change.first < today:
        raise DayChangeRefused(
            _("過ぎた日は変えられません。今日か、これからの日を選んでください。"), "first"
        )
    if change.last < change.first:
        raise DayChangeRefused(_("終わりの日が、始まりの日より前です。"), "last")
    if change.last - change.first >= rules.LONGEST or change.first - today > rules.FURTHEST:
        raise DayChangeRefused(_("決められるのは60日先まで、続けて31日までです。"), "last")


def _check_hours(change: Change, school: School) -> None:
    if change.kind == rules.DELAYED and not 0 < change.minutes <= rules.MOST_MINUTES:
        raise DayChangeRefused(_("繰り下げる時間を選んでください(6時間まで)。"), "minutes")
    if change.kind == rules.EARLY and (
        change.ends_at is None or not school.starts_at < change.ends_at < school.ends_at
    ):
        raise DayChangeRefused(
            _("終わる時刻は、%(first)sより後、%(last)sより前にしてください。")
            % {"first": f"{school.starts_at:%-H:%M}", "last": f"{school.ends_at:%-H:%M}"},
            "ends_at",
        )


def _concerned(change: Change, classes: Iterable[SchoolClass]) -> list[SchoolClass]:
    """Return the classes with children the change is about; refuse a change about nobody."""
    found = [one for one in classes if any(change.concerns(grade, one.id) for grade in one.grades)]
    if not found:
        raise DayChangeRefused(_("その学年・学級には、だれもいません。"), "for_whom")
    return found


def _check_school_days(change: Change, school: School, concerned: list[SchoolClass]) -> None:
    calendar = school_days(school.id, change.first, change.last)
    length = (change.last - change.first).days + 1
    days = [change.first + rules.ONE_DAY * n for n in range(length)]
    grades = {grade for one in concerned for grade in one.grades}
    if not any(calendar.is_planned(day, grade) for day in days for grade in grades):
        raise DayChangeRefused(_("その日は、もともと授業日ではありません。"), "first")


def _against(change: Change, school: School, classes: Iterable[SchoolClass]) -> list[DayChange]:
    grades = {one.id: one.grades for one in classes}
    rows = DayChange.objects.filter(standing(change.first, change.last), school=school)
    return [
        row
        for row in rows.order_by("starts_on", "id")
        if rules.contradicts(change, row.as_change, grades)
    ]


def _check_confirmed(concerned: list[SchoolClass], today: date) -> None:
    if registry.confirmed_classes is None:
        return
    found = registry.confirmed_classes([one.id for one in concerned], today)
    if found:
        raise ClassesConfirmed([one.name for one in concerned if one.id in found])


def _store(change: Change, school: School, actor: Actor, now: datetime) -> DayChange:
    row: DayChange = DayChange.objects.create(
        school=school,
        grade_level=change.grade_level,
        homeroom_id=change.homeroom_id,
        kind=change.kind,
        cause=change.cause,
        starts_on=change.first,
        ends_on=change.last,
        delay_minutes=change.minutes,
        ends_at=change.ends_at,
        note=change.note.strip(),
        set_by_id=actor.person_id,
        set_at=now,
    )
    return row


def _withdraw(row: DayChange, actor: Actor, now: datetime) -> None:
    row.withdrawn_from = max(row.starts_on, actor.today)
    row.withdrawn_by_id, row.withdrawn_at = actor.person_id, now
    row.save(update_fields=["withdrawn_from", "withdrawn_by", "withdrawn_at"])


def _recorded(actor: Actor, verb: str, row: DayChange, **details: str) -> None:
    record(
        actor=actor,
        action=f"roster.day-change:{verb}",
        subject_type="school",
        subject_id=row.school_id,
        details={
            "change": str(row.id),
            "kind": row.kind,
            "first": row.starts_on.isoformat(),
            "last": row.ends_on.isoformat(),
            **{name: text for name, text in details.items() if text},
        },
    )


def _tell(actor: Actor, rows: Iterable[DayChange]) -> None:
    """Tell the subscribers of today; later days have nothing to count yet."""
    if any(row.starts_on <= actor.today <= row.ends_on for row in rows):
        publish(DAY_CHANGED, school=actor.at, date=actor.today)
