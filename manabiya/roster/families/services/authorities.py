"""親権 as a dated set: who holds it from a day on, by the document a manager has seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.families.policies import AUTHORITY_SET
from manabiya.roster.families.rules import DAY, latest
from manabiya.roster.families.services.refusals import FamilyRefused
from manabiya.roster.models import ParentalAuthority, Student
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import standing_rights


@dataclass(frozen=True, slots=True)
class HolderWord:
    """Somebody holds 親権: in which quality, and as which guardian of the child (None: not one)."""

    holder: str
    guardian_id: UUID | None = None


@service
def set_authority(
    *,
    actor: Actor,
    student_id: UUID,
    holders: Sequence[HolderWord],
    document: str,
    seen_on: date,
    starts_on: date,
) -> list[ParentalAuthority]:
    """Write who holds 親権 from ``starts_on``; the set before ends the day before and stays.

    Raises ``Refused``, ``Http404`` (another's child, a guardian of another child),
    :class:`FamilyRefused` (nobody, twice the same quality, no document, the days).
    """
    AUTHORITY_SET.require(actor)
    student = AUTHORITY_SET.get(actor, Student.objects.select_for_update(), pk=student_id)
    _check(holders, document, seen_on, starts_on, actor.today)
    _check_guardians(student.id, holders, actor.today)
    ended = _end_before(student.id, starts_on)
    rows = ParentalAuthority.objects.bulk_create(
        ParentalAuthority(
            student=student,
            guardian_id=word.guardian_id,
            holder=word.holder,
            document=document.strip(),
            seen_by_id=actor.person_id,
            seen_on=seen_on,
            starts_on=starts_on,
        )
        for word in holders
    )
    record(
        actor=actor,
        action="roster.authority:set",
        subject_type="student",
        subject_id=student.id,
        data_class=DataClass.II,
        details={
            "authorities": [str(row.id) for row in rows],
            "ended": ended,
            "from": starts_on.isoformat(),
        },
    )
    return rows


def _check(
    holders: Sequence[HolderWord], document: str, seen_on: date, starts_on: date, today: date
) -> None:
    qualities = [word.holder for word in holders]
    if not qualities or not set(qualities) <= set(ParentalAuthority.Holder.values):
        raise FamilyRefused("親権を持つ人を、一人以上選んでください。", "holders")
    if len(set(qualities)) < len(qualities):
        raise FamilyRefused("同じ立場の人は一人だけです。", "holders")
    if not document.strip():
        raise FamilyRefused("確かめた書類を書いてください。", "document")
    if seen_on > today:
        raise FamilyRefused("書類を確かめた日は、今日か、それより前の日です。", "seen_on")
    if starts_on > today:
        raise FamilyRefused("始まりは、今日か、それより前の日です。", "starts_on")


def _check_guardians(student_id: UUID, holders: Sequence[HolderWord], today: date) -> None:
    named = {word.guardian_id for word in holders if word.guardian_id}
    rights = standing_rights(today).filter(student_id=student_id)
    if not named <= set(rights.values_list("guardian_id", flat=True)):
        raise Http404


def _end_before(student_id: UUID, starts_on: date) -> list[str]:
    """End the rows that hold on ``starts_on``; one begun that day is replaced. Return their ids."""
    rows = ParentalAuthority.objects.filter(student_id=student_id)
    newest = latest(rows.values_list("starts_on", flat=True))
    if newest is not None and starts_on < newest:
        raise FamilyRefused(
            f"{newest:%Y年%-m月%-d日}からの登録があります。それより後の日にしてください。",
            "starts_on",
        )
    standing = list(rows.filter(on_day(starts_on)).values_list("id", flat=True))
    rows.filter(pk__in=standing, starts_on=starts_on).delete()
    rows.filter(pk__in=standing).update(ends_on=starts_on - DAY)
    return [str(row_id) for row_id in standing]
