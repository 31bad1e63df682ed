"""Change or end what a guardian may do for a child, from a day on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import Q

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.families.guard import guarded
from manabiya.roster.families.policies import FAMILY_CHANGE
from manabiya.roster.families.rules import DAY, SELF
from manabiya.roster.families.services.refusals import FamilyRefused
from manabiya.roster.models import GuardianRight
from manabiya.roster.models.protection import excluded_pair


@dataclass(frozen=True, slots=True)
class RightWord:
    """What a right says: who it is to the child, what they may do, when to call them."""

    relationship: str
    can_report: bool = True
    can_view: bool = True
    gets_notices: bool = True
    can_pick_up: bool = True
    may_be_called: bool = True
    call_order: int = 1
    call_from: time | None = None
    call_until: time | None = None
    never_at_work: bool = False


def check_word(word: RightWord) -> None:
    """Raise :class:`FamilyRefused` for a right without a relationship, or calling in last place."""
    if not word.relationship.strip():
        raise FamilyRefused("続柄を書いてください。", "relationship")
    if not 1 <= word.call_order <= 99:
        raise FamilyRefused("電話の順は1から99までの数にしてください。", "call_order")


def check_from(starts_on: date, today: date) -> None:
    """Raise :class:`FamilyRefused` for a day that has passed: what held stays as it was."""
    if starts_on < today:
        raise FamilyRefused("始まりは、今日か、これからの日にしてください。", "starts_on")


@service
def change_right(
    *, actor: Actor, right_id: UUID, word: RightWord, starts_on: date
) -> GuardianRight:
    """Let a right say something else from ``starts_on``; the old row ends the day before.

    A right that begins on that very day is mended in place. Raises ``Refused``, ``Http404``,
    :class:`FamilyRefused` (the day, nothing changed, an excluded person).
    """
    FAMILY_CHANGE.require(actor)
    old = _standing(actor, right_id)
    check_word(word)
    check_from(starts_on, actor.today)
    if starts_on < old.starts_on or (old.ends_on is not None and starts_on > old.ends_on):
        raise FamilyRefused("この権利が続いている間の日を選んでください。", "starts_on")
    changed = [name for name, value in asdict(word).items() if getattr(old, name) != value]
    if not changed:
        raise FamilyRefused("変えたところがありません。")
    if SELF in (old.relationship, word.relationship) and "relationship" in changed:
        raise FamilyRefused("「本人」の続柄は変えられません。", "relationship")
    with guarded(actor):
        new = _changed(old, word, starts_on)
    details = {"right": str(new.id), "before": str(old.id), "from": starts_on.isoformat()}
    recorded(actor, "change", new, {**details, "changed": changed})
    return new


def _standing(actor: Actor, right_id: UUID) -> GuardianRight:
    """Return the right, locked, if it holds today or later and the actor may change it."""
    rows = GuardianRight.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=actor.today), ~excluded_pair()
    )
    return FAMILY_CHANGE.get(actor, rows, pk=right_id)


def _changed(old: GuardianRight, word: RightWord, starts_on: date) -> GuardianRight:
    if starts_on == old.starts_on:
        for name, value in asdict(word).items():
            setattr(old, name, value)
        old.save()
        return old
    ends_on = old.ends_on
    old.ends_on = starts_on - DAY
    old.save(update_fields=["ends_on"])
    return GuardianRight.objects.create(
        guardian_id=old.guardian_id,
        student_id=old.student_id,
        starts_on=starts_on,
        ends_on=ends_on,
        **asdict(word),
    )


@service
def end_right(*, actor: Actor, right_id: UUID, last_day: date) -> GuardianRight:
    """End a right at 24:00 of ``last_day``; yesterday ends it at once.

    What was to begin later for the same pair is taken back. A right that began today ends
    today. Raises ``Refused``, ``Http404``, :class:`FamilyRefused` (the day).
    """
    FAMILY_CHANGE.require(actor)
    right = _standing(actor, right_id)
    if last_day < max(actor.today - DAY, right.starts_on):
        raise FamilyRefused(
            "最後の日は、昨日か、それより後の日にしてください(始まった日より前にはできません)。",
            "last_day",
        )
    later = GuardianRight.objects.filter(
        guardian_id=right.guardian_id, student_id=right.student_id, starts_on__gt=last_day
    )
    taken_back = [str(row_id) for row_id in later.values_list("id", flat=True)]
    later.delete()
    right.ends_on = last_day
    right.save(update_fields=["ends_on"])
    details = {"right": str(right.id), "last_day": last_day.isoformat(), "taken_back": taken_back}
    recorded(actor, "end", right, details)
    return right


def recorded(actor: Actor, verb: str, right: GuardianRight, details: Mapping[str, object]) -> None:
    """Write the audit entry of a deed about a right."""
    record(
        actor=actor,
        action=f"roster.family:{verb}",
        subject_type="student",
        subject_id=right.student_id,
        data_class=DataClass.II,
        details={"guardian": str(right.guardian_id), **details},
    )
