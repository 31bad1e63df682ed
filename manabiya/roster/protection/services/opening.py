"""Open address and phone of a protected child: one look, with a reason that stays."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import Address, AddressOpening, Student
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected, standing_rights
from manabiya.roster.protection import rules
from manabiya.roster.protection.masks import AddressLine, read_addresses
from manabiya.roster.protection.policies import ADDRESS_OPEN
from manabiya.roster.protection.services.refusals import ProtectionRefused


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A guardian who may be called, with the numbers in the order in which to try them."""

    name: str
    relationship: str
    numbers: tuple[tuple[str, str], ...]
    may_be_called: bool


@dataclass(frozen=True, slots=True)
class OpenedContacts:
    """What was opened; it exists only in the answer to this one request."""

    opening: AddressOpening
    addresses: tuple[AddressLine, ...]
    phones: tuple[PhoneLine, ...]


@service
def open_address(*, actor: Actor, student_id: UUID, reason: str, now: datetime) -> OpenedContacts:
    """Return address and phones of a protected child of the school, and note who looked and why.

    The excluded are left out. Raises ``Refused``, ``Http404`` (not of this school, not
    protected), :class:`ProtectionRefused` (no reason).
    """
    ADDRESS_OPEN.require(actor)
    student = ADDRESS_OPEN.get(
        actor, Student.objects.filter(protected(student="id")), pk=student_id
    )
    if not rules.is_reason(reason):
        raise ProtectionRefused("開く理由を5文字以上で書いてください。", "reason")
    opening = AddressOpening.objects.create(
        student=student,
        school_id=actor.at,
        reason=reason.strip(),
        opened_by=actor.person_id,
        opened_at=now,
    )
    record(
        actor=actor,
        action="roster.address:open",
        subject_type="student",
        subject_id=student.id,
        data_class=DataClass.I,
        details={"opening": str(opening.id)},
    )
    return _contacts(opening, student.id, actor.today)


def _contacts(opening: AddressOpening, student_id: UUID, today: date) -> OpenedContacts:
    rights = standing_rights(today).filter(student_id=student_id)
    own = Address.objects.filter(on_day(today), student_id=student_id)
    phones = []
    for right in rights.select_related("guardian").order_by("call_order", "id"):
        person = right.guardian
        numbers = [("電話", person.phone), ("自宅", person.phone_home)]
        if not right.never_at_work:
            numbers.append(("勤め先", person.phone_work))
        known = tuple((label, number) for label, number in numbers if number)
        phones.append(PhoneLine(person.name, right.relationship, known, right.may_be_called))
    return OpenedContacts(opening, tuple(read_addresses(own, rights, today)), tuple(phones))
