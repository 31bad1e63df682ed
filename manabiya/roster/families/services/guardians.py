"""Add a guardian to a child, or mend a guardian's phones."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.families import queries, rules
from manabiya.roster.families.guard import guarded, refuse_excluded
from manabiya.roster.families.policies import FAMILY_CHANGE
from manabiya.roster.families.services.refusals import FamilyRefused
from manabiya.roster.families.services.rights import (
    RightWord,
    check_from,
    check_word,
    recorded,
)
from manabiya.roster.models import Guardian, GuardianRight, Student


@dataclass(frozen=True, slots=True)
class Phones:
    """The three numbers of a guardian, empty when there is none."""

    phone: str = ""
    phone_home: str = ""
    phone_work: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is not registered yet: a person, the head of a home, a foster parent."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    kind: str = Guardian.Kind.PERSON
    facility_name: str = ""
    phones: Phones = Phones()


@service
def add_guardian(
    *,
    actor: Actor,
    student_id: UUID,
    who: NewPerson | UUID,
    word: RightWord,
    starts_on: date,
) -> GuardianRight:
    """Give somebody a right for a child: a new person, or one known to the family by id.

    Known are the guardians of siblings and the heads of homes with children at this school.
    Raises ``Refused``, ``Http404`` (another's child, a stranger's id), :class:`FamilyRefused`
    (day, relationship, has a right already, excluded from this child).
    """
    FAMILY_CHANGE.require(actor)
    student = FAMILY_CHANGE.get(actor, Student.objects.select_for_update(), pk=student_id)
    check_word(word)
    check_from(starts_on, actor.today)
    if word.relationship == rules.SELF:
        raise FamilyRefused("本人は「本人が連絡する」から加えてください。", "relationship")
    guardian = _known(actor, student, who) if isinstance(who, UUID) else _new(actor, student, who)
    return _given(actor, student, guardian, word, starts_on)


@service
def add_self(*, actor: Actor, student_id: UUID, phones: Phones, starts_on: date) -> GuardianRight:
    """Let an adult student (夜間) stand for himself: report, see and be called as 本人.

    Raises ``Refused``, ``Http404``, :class:`FamilyRefused` (not of full age, there already).
    """
    FAMILY_CHANGE.require(actor)
    student = FAMILY_CHANGE.get(actor, Student.objects.select_for_update(), pk=student_id)
    check_from(starts_on, actor.today)
    if not rules.is_adult(student.birth_date, starts_on):
        raise FamilyRefused("本人が連絡できるのは、18歳になってからです。")
    _refuse_second(Q(student_id=student.id, relationship=rules.SELF), actor.today)
    guardian = Guardian.objects.create(
        family_name=student.family_name,
        given_name=student.given_name,
        family_kana=student.family_kana,
        given_kana=student.given_kana,
        **asdict(phones),
    )
    return _given(actor, student, guardian, RightWord(rules.SELF), starts_on)


def _known(actor: Actor, student: Student, guardian_id: UUID) -> Guardian:
    refuse_excluded(actor, student.id, guardian_id=guardian_id, name="")
    _refuse_second(Q(student_id=student.id, guardian_id=guardian_id), actor.today)
    known = queries.known_guardians(actor, student.id)
    if guardian_id not in {line.guardian_id for line in known}:
        raise Http404
    return Guardian.objects.get(pk=guardian_id)


def _new(actor: Actor, student: Student, who: NewPerson) -> Guardian:
    if not (who.family_name.strip() and who.family_kana.strip()):
        raise FamilyRefused("姓とかなを書いてください。", "family_name")
    if who.kind == Guardian.Kind.FACILITY_HEAD and not who.facility_name.strip():
        raise FamilyRefused("施設の名前を書いてください。", "facility_name")
    name = f"{who.family_name} {who.given_name}"
    refuse_excluded(actor, student.id, guardian_id=None, name=name)
    values = {key: value for key, value in asdict(who).items() if key != "phones"}
    return Guardian.objects.create(**values, **asdict(who.phones))


def _refuse_second(same: Q, today: date) -> None:
    holding = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    if GuardianRight.objects.filter(same, holding).exists():
        raise FamilyRefused("この人は、もう登録されています。一覧から変えてください。")


def _given(
    actor: Actor, student: Student, guardian: Guardian, word: RightWord, starts_on: date
) -> GuardianRight:
    with guarded(actor):
        right = GuardianRight.objects.create(
            guardian=guardian, student=student, starts_on=starts_on, **asdict(word)
        )
    recorded(actor, "add", right, {"right": str(right.id), "from": starts_on.isoformat()})
    return right


@service
def change_phones(*, actor: Actor, guardian_id: UUID, phones: Phones) -> Guardian:
    """Write the numbers of a guardian of a child of the school.

    The numbers of a masked guardian are not on the page: what is empty there stays as it is.
    """
    FAMILY_CHANGE.require(actor)
    rows = Guardian.objects.select_for_update(of=("self",))
    guardian = FAMILY_CHANGE.get(actor, rows, pk=guardian_id)
    keeps_empty = queries.is_guardian_masked(guardian.id, actor.today)
    changed = []
    for name, number in asdict(phones).items():
        if getattr(guardian, name) != number and not (keeps_empty and not number):
            setattr(guardian, name, number)
            changed.append(name)
    if not changed:
        raise FamilyRefused("変えた番号がありません。")
    guardian.save(update_fields=changed)
    record(
        actor=actor,
        action="roster.family:change-phones",
        subject_type="guardian",
        subject_id=guardian.id,
        data_class=DataClass.II,
        details={"changed": changed},
    )
    return guardian
