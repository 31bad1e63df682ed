"""Make a municipality from nothing, with the one person who opens it to everybody else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from manabiya.apps.founding.links import Link, write_link
from manabiya.apps.founding.models import StaffInvitation
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.law.education_code import is_municipality_code
from manabiya.law.school_year import first_day, last_day, school_year_of
from manabiya.roster.models import Appointment, Post, SchoolYear, StaffMember

FIRST_NUMBER = "B-0001"


class FoundingRefused(Exception):
    """The municipality can't be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Officer:
    """The first board administrator: 姓, 名 and their kana."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str


def found_municipality(
    *, code: str, slug: str, name: str, officer: Officer, now: datetime, today: date
) -> Link:
    """Make the municipality, its school year and its first board administrator; return the link.

    ``now`` is real time, ``today`` the school's local date. Raises :class:`FoundingRefused` for a
    wrong 団体コード, for one that exists, and beside demo municipalities.
    """
    if not is_municipality_code(code):
        raise FoundingRefused(
            f"{code} は団体コードではありません(6桁、最後は検査数字)。何も作っていません。"
        )
    if Municipality.objects.filter(is_demo=True).exists():
        raise FoundingRefused(
            "ここには試し用の市があります。試し用のログインは公開されているので、本物の自治体は作りません。"
            "新しい空のデータベースとデータフォルダーで始めてください。何も作っていません。"
        )
    same = Municipality.objects.filter(code=code) | Municipality.objects.filter(slug=slug)
    if same.exists():
        raise FoundingRefused(
            "その団体コードかアドレスの名前の自治体は、もうあります。何も変えていません。"
            "最初のリンクを使う前に期限が切れたときは、--new-link を付けてください。"
        )
    with transaction.atomic():
        municipality = Municipality.objects.create(code=code, slug=slug, name=name)
        with tenant(municipality.id):
            return _open(municipality=municipality, officer=officer, now=now, today=today)


@service
def _open(*, municipality: Municipality, officer: Officer, now: datetime, today: date) -> Link:
    year = school_year_of(today)
    SchoolYear.objects.create(year=year, starts_on=first_day(year), ends_on=last_day(year))
    person = StaffMember.objects.create(
        number=FIRST_NUMBER,
        family_name=officer.family_name,
        given_name=officer.given_name,
        family_kana=officer.family_kana,
        given_kana=officer.given_kana,
    )
    Appointment.objects.create(
        staff_member=person, post=Post.BOARD_ADMINISTRATOR, starts_on=today, school=None
    )
    record(
        actor=None,
        action="founding.municipality:found",
        subject_type="staff_member",
        subject_id=person.id,
    )
    return _link(municipality, person.id, now)


def _link(municipality: Municipality, person_id: object, now: datetime) -> Link:
    return write_link(
        municipality_id=municipality.id,
        staff_member_id=person_id,  # type: ignore[arg-type]
        hat=Hat.BOARD,
        issued_by=None,
        now=now,
    )


def renew_first_link(*, slug: str, now: datetime) -> Link:
    """Issue the first link anew while nobody of the board has a login yet.

    Raises :class:`FoundingRefused`; afterwards links come from the pages of the board.
    """
    municipality = Municipality.objects.filter(slug=slug, is_demo=False).first()
    if municipality is None:
        raise FoundingRefused(f"{slug} という自治体はありません。")
    if Membership.objects.filter(municipality=municipality, hat=Hat.BOARD).exists():
        raise FoundingRefused(
            "教育委員会のログインはもうあります。次のリンクは、教育委員会の画面「教職員のログイン」で出します。"
        )
    with tenant(municipality.id):
        return _renew(municipality=municipality, now=now)


@service
def _renew(*, municipality: Municipality, now: datetime) -> Link:
    first = StaffInvitation.objects.filter(hat=Hat.BOARD, issued_by=None).earliest("issued_at")
    record(
        actor=None,
        action="founding.staff_invitation:issue",
        subject_type="staff_member",
        subject_id=first.staff_member_id,
    )
    return _link(municipality, first.staff_member_id, now)
