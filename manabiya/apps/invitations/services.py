"""Writes of invitations: issue a paper, use it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from manabiya.apps.invitations.codes import code_hash, new_code, new_login_name
from manabiya.apps.invitations.models import Invitation, InvitationAddress
from manabiya.apps.invitations.policies import ISSUE
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.identity.models import Account, Hat, Membership
from manabiya.kernel.identity.one_time_links import address_of, open_link, revoke_open
from manabiya.kernel.identity.throttle import Limit
from manabiya.roster import queries as roster

CHECKS = ("face", "call")
"""How a person was checked before a login is ended: 来校した本人, 登録の電話に折り返した."""
VALID_FOR = timedelta(days=30)
BIRTH_DATE_FAILURES = Limit("join", 5, timedelta(days=30))
CODE_FAILURES_OF_ADDRESS = Limit("join-address", 30, timedelta(minutes=15))


class JoinRefused(Exception):
    """The paper can't be used; the message says what to do."""


class IdentityNotChecked(Exception):
    """A login is to be ended for somebody nobody has checked."""


class BirthDateWrong(JoinRefused):
    """The birth date is not the child's."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; the code exists nowhere else."""

    invitation: Invitation
    code: str


@service
def issue_invitations(
    *,
    actor: Actor,
    rights: list[tuple[UUID, UUID]],
    ends_login: bool = False,
    identity_checked_by: str = "",
    now: datetime,
) -> list[Paper]:
    """Issue papers for (student id, guardian id); older ones of the same pair are revoked.

    ``ends_login``: recovery after an identity check (``identity_checked_by``: one of
    :data:`CHECKS`): the guardian's login ends and the paper opens a new one. Raises
    :class:`IdentityNotChecked` without one. ``now`` is real time.
    """
    ISSUE.require(actor)
    if ends_login and identity_checked_by not in CHECKS:
        raise IdentityNotChecked(
            _("本人をどう確かめたかを選んでください。まだ何も変えていません。")
        )
    papers = []
    for student_id, guardian_id in roster.guardian_pairs(actor, ISSUE, rights):
        old = Invitation.objects.filter(student_id=student_id, guardian_id=guardian_id)
        revoke_open(old, now)
        code = new_code()
        invitation = Invitation.objects.create(
            student_id=student_id,
            guardian_id=guardian_id,
            code_hash=code_hash(code),
            issued_at=now,
            issued_by=actor.person_id,
            expires_at=now + VALID_FOR,
        )
        address_of(InvitationAddress, invitation)
        if ends_login:
            _memberships(actor.municipality_id, guardian_id).update(revoked_at=now)
        papers.append(Paper(invitation, code))
    record(
        actor=actor,
        action="invitations.invitation:reissue" if ends_login else "invitations.invitation:issue",
        subject_type="invitation",
        subject_id=papers[0].invitation.id if papers else None,
        subject_count=len(papers),
        data_class=DataClass.II,
        details={"checked": identity_checked_by} if ends_login else {},
    )
    return papers


def find_invitation(code: str, now: datetime) -> tuple[UUID, Invitation]:
    """Return municipality and open invitation of a code; the same refusal whatever is wrong.

    Call inside a transaction, outside any tenant.
    """
    opened = open_link(InvitationAddress, Invitation, code_hash(code), now)
    if opened is None:
        raise _unusable()
    return opened


def people_on(invitation: Invitation, today: date) -> roster.InvitedPeople:
    """Return whom the paper names; refused when the guardian's right ended since it was printed.

    ``today``: the school's local date. Runs in the tenant.
    """
    pair = (invitation.student_id, invitation.guardian_id)
    found = roster.people_of([pair], today).get(pair)
    if found is None:
        raise _unusable()
    return found


@service
def revoke_papers(*, student_id: UUID, guardian_id: UUID, now: datetime) -> int:
    """Revoke the open papers of a pair that was excluded; return how many. The house itself acts.

    Nobody waits for it: an excluded pair's paper is refused from the moment it is excluded.
    """
    papers = Invitation.objects.filter(student_id=student_id, guardian_id=guardian_id)
    excluded = guardian_id in roster.excluded_guardian_ids(student_id)
    count = revoke_open(papers, now) if excluded else 0
    record(
        actor=None,
        action="invitations.invitation:revoke",
        subject_type="guardian",
        subject_id=guardian_id,
        subject_count=count,
        data_class=DataClass.II,
        details={"student": str(student_id)},
    )
    return count


def _unusable() -> JoinRefused:
    return JoinRefused(
        _(
            "この紙は使えません。文字を確かめるか、学校に新しい紙を頼んでください。入力は残っています。"
        )
    )


def prove_birth_date(invitation: Invitation, typed: date) -> None:
    """Compare the child's birth date; five wrong tries close the paper. Runs in the tenant."""
    subject = str(invitation.id)
    if BIRTH_DATE_FAILURES.locked_until(subject) is not None:
        raise JoinRefused(
            _("まちがいが続いたため、この紙は使えなくなりました。学校に新しい紙を頼んでください。")
        )
    if roster.birth_date_of(invitation.student_id) != typed:
        BIRTH_DATE_FAILURES.hit(subject)
        raise BirthDateWrong(
            _(
                "お子さんの生年月日とちがいます。入力は残っています。確かめて、もう一度入れてください。"
            )
        )


@service
def join(
    *,
    invitation_id: UUID,
    municipality_id: UUID,
    account: Account | None,
    password: str | None,
    now: datetime,
    today: date,
) -> Account:
    """Use a paper once: bind the guardian to ``account``, or to a new one made here.

    ``now`` is real time, ``today`` the school's local date. Raises :class:`JoinRefused` when the
    paper was used meanwhile, the guardian's right has ended, there is another login already, or
    ``account`` is another guardian's.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.used_at is not None or invitation.revoked_at is not None:
        raise JoinRefused(_("この紙はもう使われました。学校に新しい紙を頼んでください。"))
    people_on(invitation, today)
    owner = _memberships(municipality_id, invitation.guardian_id).first()
    if owner is not None and (account is None or owner.account_id != account.id):
        raise JoinRefused(
            _(
                "この方はすでに学び舎をお使いです。いつもの入り方で入ってから、紙の文字を入れてください。"
            )
        )
    if account is not None:
        _refuse_other_guardian(municipality_id, account, invitation.guardian_id)
    account = account or _new_account(password)
    if owner is None:
        Membership.objects.update_or_create(
            account=account,
            municipality_id=municipality_id,
            hat=Hat.GUARDIAN,
            person_id=invitation.guardian_id,
            defaults={"revoked_at": None},
        )
    invitation.use(account.id, now)
    actor = Actor(
        account_id=account.id,
        municipality_id=municipality_id,
        hat=Hat.GUARDIAN,
        person_id=invitation.guardian_id,
        today=today,
    )
    record(
        actor=actor,
        action="invitations.invitation:use",
        subject_type="invitation",
        subject_id=invitation.id,
        data_class=DataClass.II,
    )
    return account


def _refuse_other_guardian(municipality_id: UUID, account: Account, guardian_id: UUID) -> None:
    """Refuse a login that is another guardian's here: one person wears one guardian's hat a city."""
    others = Membership.objects.filter(
        municipality_id=municipality_id, hat=Hat.GUARDIAN, account=account, revoked_at=None
    ).exclude(person_id=guardian_id)
    if others.exists():
        raise JoinRefused(
            _(
                "この紙は、ほかの保護者の方のものです。その方の電話で読み取ってください。ご本人のときは、学校に知らせてください。"
            )
        )


def _memberships(municipality_id: UUID, guardian_id: UUID) -> "QuerySet[Membership]":
    return Membership.objects.filter(
        municipality_id=municipality_id,
        hat=Hat.GUARDIAN,
        person_id=guardian_id,
        revoked_at=None,
    )


def _new_account(password: str | None) -> Account:
    """Return a new account under a name nobody has."""
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return Account.objects.create_account(
                    login_name=new_login_name(), password=password
                )
        except IntegrityError:
            continue
    raise JoinRefused(_("ログイン名を作れませんでした。もう一度お試しください。"))
