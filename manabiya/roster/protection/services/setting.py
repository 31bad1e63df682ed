"""Set a protection: for a family, from one day, with everybody who is excluded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Enrollment, Protection, Student
from manabiya.roster.models.dated import on_day
from manabiya.roster.protection import events, rules
from manabiya.roster.protection.families import guardians_ever, siblings_of
from manabiya.roster.protection.policies import PROTECTION_SET
from manabiya.roster.protection.services.excluding import Outsider, end_rights, exclude
from manabiya.roster.protection.services.refusals import ProtectionRefused


@dataclass(frozen=True, slots=True)
class ProtectionWord:
    """What is said about a protection: why, since when, when to look at it again."""

    basis: str
    starts_on: date
    review_on: date
    note: str = ""


@service
def set_protection(
    *,
    actor: Actor,
    student_ids: Collection[UUID],
    guardian_ids: Collection[UUID] = (),
    outsiders: Collection[Outsider] = (),
    word: ProtectionWord,
    now: datetime,
) -> list[Protection]:
    """Keep children (one family) from persons, from this moment on every path.

    The excluded guardians' rights for these children end the day before ``word.starts_on``; what
    began later is removed. A child already under protection keeps its row: the persons are
    added, the day of review becomes the new one. At least one child is within the actor's
    permission, the others are its siblings at any school of the municipality.

    Raises ``Refused``, ``Http404`` (another's child or guardian), :class:`ProtectionRefused`.
    """
    PROTECTION_SET.require(actor)
    students = _locked(actor, student_ids)
    _check_word(word, actor.today)
    guardians = _guardians(students, guardian_ids, actor.today)
    if not guardians and not outsiders:
        raise ProtectionRefused("遠ざける人を、一人以上選ぶか書いてください。", "guardians")
    protections = [_protect(actor, student, word, now) for student in students]
    for protection in protections:
        exclude(protection, guardians, outsiders)
    rights = end_rights(students, guardians, word.starts_on)
    record(
        actor=actor,
        action="roster.protection:set",
        subject_type="student",
        subject_id=students[0],
        subject_count=len(students),
        data_class=DataClass.I,
        school_id=actor.school_id or _school_of(students[0], actor.today),
        details={
            "protections": [str(protection.id) for protection in protections],
            "guardians": [str(guardian_id) for guardian_id in guardians],
            "rights": rights,
        },
    )
    for student_id in students:
        for guardian_id in guardians:
            publish(events.PROTECTION_SET, student=student_id, guardian=guardian_id)
    return protections


def _locked(actor: Actor, student_ids: Collection[UUID]) -> list[UUID]:
    """Return the children, held until the end of the transaction, if the actor may protect them.

    Nobody writes a right for them meanwhile: the trigger of the rights waits for their rows.
    """
    wanted = set(student_ids)
    rows = Student.objects.select_for_update().filter(pk__in=wanted).order_by("id")
    found = list(rows.values_list("id", flat=True))
    own = PROTECTION_SET.filter(actor, Student.objects.filter(pk__in=wanted))
    mine = set(own.values_list("id", flat=True))
    is_family = any(wanted <= siblings_of([own_child], actor.today) for own_child in mine)
    if set(found) != wanted or not is_family:
        raise Http404
    return found


def _check_word(word: ProtectionWord, today: date) -> None:
    if word.basis not in Protection.Basis.values:
        raise ProtectionRefused("理由を選んでください。", "basis")
    if word.starts_on > today:
        raise ProtectionRefused(
            "始まりは今日か、それより前の日にしてください。決めるとすぐに効きます。", "starts_on"
        )
    if not rules.is_review_day(word.review_on, today):
        raise ProtectionRefused("見直す日は、明日から1年以内の日にしてください。", "review_on")


def _guardians(students: list[UUID], guardian_ids: Collection[UUID], today: date) -> list[UUID]:
    """Return the guardians in a fixed order; whoever has nothing to do with the family is 404."""
    known = {line.guardian_id for line in guardians_ever(students, today)}
    if not set(guardian_ids) <= known:
        raise Http404
    return sorted(set(guardian_ids))


def _protect(actor: Actor, student_id: UUID, word: ProtectionWord, now: datetime) -> Protection:
    open_one = Protection.objects.filter(student_id=student_id, ended_on=None).first()
    if open_one is None:
        return Protection.objects.create(
            student_id=student_id,
            basis=word.basis,
            note=word.note,
            starts_on=word.starts_on,
            review_on=word.review_on,
            set_by=actor.person_id,
            set_at=now,
        )
    open_one.review_on = word.review_on
    open_one.save(update_fields=["review_on"])
    return open_one


def _school_of(student_id: UUID, today: date) -> UUID | None:
    rows = Enrollment.objects.filter(on_day(today), student_id=student_id)
    return rows.values_list("school_id", flat=True).first()
