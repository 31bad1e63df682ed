"""A family under protection, at schools of its own, whose every word exists nowhere else.

The child and its sibling are kept from the father. Before that he logged in, reported an absence
and got a paper; afterwards the child moved to another school of the city.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.test import Client

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.invitations.services import issue_invitations
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.models import Account, Hat, Membership
from manabiya.kernel.tenancy.protect import tenant_models
from manabiya.roster.enrolling.services import Destination, record_departure
from manabiya.roster.models import (
    Address,
    Appointment,
    CalendarDay,
    Enrollment,
    Guardian,
    GuardianRight,
    Homeroom,
    School,
    StaffMember,
    Student,
)
from manabiya.roster.protection import services as protection
from manabiya.roster.rights import rights_of
from tests.matrix.samples import place

PASSWORD = "kiri-no-asa-no-michi-7"
FATHER_MAIL = "taizo.kanomata@example.test"
KEPT_KEY = "kept-on-the-phone-of-the-father"
OLD, NEW, JUNIOR_HIGH = "kirigamine", "mukudoridai", "ichogahara"
SCHOOLS = {
    OLD: ("B101299989016", "霧ヶ峰小学校", "0190-77-1101", "朝霧学級", "鷲見 直道"),
    NEW: ("B101299989025", "椋鳥台小学校", "0190-77-2202", "夕凪学級", "蛯原 知世"),
    JUNIOR_HIGH: ("C101299989005", "銀杏原中学校", "0190-77-3303", "翠嵐学級", "鴇田 久志"),
}
PHONE, HOME_PHONE = "090-7777-4404", "0190-77-5505"
LIVES, LIVES_NOW = "白樺野市楡の木坂二丁目6番地", "白樺野市月見野九丁目31番地"
FAR_AWAY = ("鯨浜町立潮路中学校", "鯨浜町潮路四丁目8番地", "母の実家の近くへ")
"""Where the sibling goes to after today, outside the city."""
MOTHERS_NOTE = "通院のあと引っ越しの片づけをします"


@dataclass
class ProtectedFamily:
    """The family by its parts; ``ids``: of every row that came with it; ``words``: its secrets."""

    father: UUID
    mother: UUID
    child: UUID
    sibling: UUID
    father_account: Account
    mother_account: Account
    paper: str
    born: date
    schools: dict
    people: dict
    samples: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    words: frozenset = frozenset()
    open_session: Client | None = None

    def secrets(self):
        """Return what no byte may hold: words and ids."""
        ids = {str(pk) for pks in self.ids.values() for pk in pks}
        return self.words | ids | {text.replace("-", "") for text in ids}


def build(city):
    """Write the family into 白樺野市, protect it, move the child; return it."""
    with city.tenant():
        before = all_ids()
        schools = {slug: _school(city, slug) for slug in SCHOOLS}
        family = _people(city, schools)
        _lives_before(city, family)
    family.open_session = log_in(family.father_account)
    opened = family.open_session.get("/m/shirakabano/family/")
    assert "蓮沼 澪音" in opened.content.decode(), "before, the father sees his child"
    with city.tenant():
        _protect(city, family)
        _move(city, family)
    family.samples = place(city, "shirakabano", NEW, None)
    with city.tenant():
        after = all_ids()
        family.ids = {m: after[m] - before[m] for m in after if after[m] - before[m]}
        family.words = frozenset(_words())
    return family


def all_ids():
    """Return model → ids of its rows, in the municipality in scope."""
    return {model: set(model.objects.values_list("pk", flat=True)) for model in tenant_models()}


def log_in(account):
    """Log in as people do; return the browser."""
    client = Client(raise_request_exception=False)
    answer = client.post("/login/", {"login_name": account.login_name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def _words():
    found = {PHONE, HOME_PHONE, LIVES, LIVES_NOW, MOTHERS_NOTE, "楡の木坂", "月見野"}
    found |= {*FAR_AWAY, "鯨浜", "潮路"}
    found |= {"蓮沼", "はすぬま", "綾乃", "あやの", "澪音", "みおん", "朔弥", "さくや"}
    for slug, (code, name, phone, homeroom, teacher) in SCHOOLS.items():
        found |= {slug, code, name, name[:3], phone, homeroom, *teacher.split()}
    return found


def _school(city, slug):
    code, name, phone, homeroom, teacher = SCHOOLS[slug]
    kind = "junior_high_school" if slug == JUNIOR_HIGH else "elementary_school"
    school = School.objects.create(code=code, slug=slug, name=name, phone=phone, kind=kind)
    room = Homeroom.objects.create(school=school, school_year=2026, name=homeroom, position=1)
    CalendarDay.objects.bulk_create(
        CalendarDay(school=school, date=city.today + timedelta(days=n), is_school_day=True)
        for n in (0, 3)
    )
    _staff(f"9{slug[:5]}1", teacher, school, "homeroom_teacher", room)
    _staff(f"9{slug[:5]}2", f"校長 {slug}", school, "principal")
    return school, room


def _staff(number, name, school, post, homeroom=None):
    family_name, given_name = name.split()
    member = StaffMember.objects.create(
        number=number, family_name=family_name, given_name=given_name,
        family_kana="てすと", given_kana="てすと",
    )  # fmt: skip
    return Appointment.objects.create(
        staff_member=member, school=school, post=post, homeroom=homeroom,
        starts_on=date(2026, 4, 1),
    )  # fmt: skip


def _people(city, schools):
    child = _student("澪音", "みおん", date(2017, 6, 5), "F7-771")
    sibling = _student("朔弥", "さくや", date(2012, 9, 8), "F7-772")
    father = _guardian("鹿又", "泰造", "かのまた", "たいぞう")
    mother = _guardian("蓮沼", "綾乃", "はすぬま", "あやの", phone=PHONE, phone_home=HOME_PHONE)
    for person, word, order in ((mother, "母", 1), (father, "父", 2)):
        for student in (child, sibling):
            GuardianRight.objects.create(
                guardian=person, student=student, relationship=word, call_order=order,
                starts_on=date(2026, 4, 1),
            )  # fmt: skip
    for owner in ({"guardian": mother}, {"student": child}):
        Address.objects.create(
            text=LIVES, starts_on=date(2026, 4, 1), ends_on=city.today - timedelta(days=3), **owner
        )
        Address.objects.create(text=LIVES_NOW, starts_on=city.today - timedelta(days=2), **owner)
    for student, slug, grade in ((child, OLD, 3), (sibling, JUNIOR_HIGH, 2)):
        school, room = schools[slug]
        Enrollment.objects.create(
            student=student, school=school, homeroom=room, grade_level=grade, roll_number=7,
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
    return ProtectedFamily(
        father=father.id,
        mother=mother.id,
        child=child.id,
        sibling=sibling.id,
        father_account=account(city, "kanomata-taizo-71", Hat.GUARDIAN, father.id),
        mother_account=account(city, "hasunuma-ayano-72", Hat.GUARDIAN, mother.id),
        paper="",
        born=child.birth_date,
        schools=schools,
        people={},
    )


def account(city, login_name, hat=None, person_id=None):
    """Make a login, with a hat when there is one."""
    made = Account.objects.create_account(login_name=login_name, password=PASSWORD)
    if hat is not None:
        Membership.objects.create(
            account=made, municipality=city.municipality(), hat=hat, person_id=person_id
        )
    if login_name.startswith("kanomata"):
        Account.objects.filter(pk=made.pk).update(email=FATHER_MAIL)
    return made


def _student(given, kana, born, reference):
    return Student.objects.create(
        family_name="蓮沼", given_name=given, family_kana="はすぬま", given_kana=kana,
        birth_date=born, sex="female", reference=reference,
    )  # fmt: skip


def _guardian(family, given, family_kana, given_kana, **phones):
    return Guardian.objects.create(
        family_name=family, given_name=given, family_kana=family_kana, given_kana=given_kana,
        **phones,
    )  # fmt: skip


def principal_of(city, slug, today=None):
    """Return the principal of one of the family's schools as an actor."""
    member = StaffMember.objects.get(given_name=slug, family_name="校長")
    day = today or city.today
    rights = rights_of(hat=Hat.STAFF, person_id=member.id, today=day, school_slug=slug)
    return Actor(
        account_id=member.id,
        municipality_id=city.municipality().id,
        hat=Hat.STAFF,
        person_id=member.id,
        today=day,
        grants=rights.grants,
        school_id=rights.school_id,
        is_strong=True,
    )


def _lives_before(city, family):
    """Reports of both guardians, and a paper of the father that nobody used."""
    for guardian, note, key, days in (
        (family.father, "熱があります", KEPT_KEY, 20),
        (family.mother, MOTHERS_NOTE, uuid4().hex, 15),
        (family.mother, MOTHERS_NOTE, uuid4().hex, 0),
    ):
        AbsenceReport.objects.create(
            student_id=family.child, guardian_id=guardian, date=city.today - timedelta(days=days),
            kind="absent", reason="fever", note=note, idempotency_key=key,
            submitted_at=city.now() - timedelta(days=days), receipt_number=f"P{key[:12]}",
        )  # fmt: skip
    (paper,) = issue_invitations(
        actor=principal_of(city, OLD), rights=[(family.child, family.father)], now=real_now()
    )
    family.paper = paper.code


def _protect(city, family):
    """Ten days ago the principal of the old school decided for both children."""
    day = city.today - timedelta(days=10)
    actor = replace(principal_of(city, OLD), today=day)
    protection.set_protection(
        actor=actor,
        student_ids=[family.child, family.sibling],
        guardian_ids=[family.father],
        outsiders=[protection.Outsider("鹿又 源蔵", "父の父")],
        word=protection.ProtectionWord("court_order", day, day + timedelta(days=200), "覚え"),
        now=city.now() - timedelta(days=10),
    )


def _move(city, family):
    """Since the day before yesterday the child is at another school; the sibling leaves today."""
    seat = Enrollment.objects.get(student_id=family.child)
    seat.ends_on, seat.exit = city.today - timedelta(days=3), "transfer_out"
    seat.save()
    school, room = family.schools[NEW]
    Enrollment.objects.create(
        student_id=family.child, school=school, homeroom=room, grade_level=3, roll_number=1,
        starts_on=city.today - timedelta(days=2), entry="transfer_in",
    )  # fmt: skip
    record_departure(
        actor=principal_of(city, JUNIOR_HIGH), student_id=family.sibling, kind="transfer_out",
        last_day=city.today, where=Destination(*FAR_AWAY), now=city.now(),
    )  # fmt: skip
    protection.open_address(
        actor=principal_of(city, NEW), student_id=family.child,
        reason="前の学校からの書類の受け取り", now=city.now(),
    )  # fmt: skip
