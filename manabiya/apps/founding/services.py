"""Writes of the links: issue them, use one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from manabiya.apps.founding.links import Link, write_link
from manabiya.apps.founding.models import StaffInvitation, StaffInvitationAddress
from manabiya.apps.founding.policies import INVITE, REPLACE
from manabiya.apps.founding.queries import invitable, place_of
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.identity.models import Account, Hat, Membership
from manabiya.kernel.identity.one_time_links import keyed_hash, open_link
from manabiya.kernel.identity.throttle import Limit
from manabiya.kernel.tenancy.scope import tenant

CODE_FAILURES_OF_ADDRESS = Limit("staff-welcome", 30, timedelta(minutes=15))


class LinkRefused(Exception):
    """The link can't be issued or used; the message says what to do."""


class LoginNameTaken(LinkRefused):
    """Somebody else has the login name."""


@service
def issue_links(
    *, actor: Actor, staff_member_ids: list[UUID], ends_login: bool = False, now: datetime
) -> list[Link]:
    """Issue a link to each of the people; their open ones are revoked. ``now`` is real time.

    Who has a login already is passed over, unless ``ends_login``: then it ends at once. People
    the actor can't invite are left out. Raises ``Refused``.
    """
    INVITE.require(actor)
    if ends_login:
        REPLACE.require(actor)
    links = []
    for person in invitable(actor, staff_member_ids):
        memberships = Membership.objects.filter(
            municipality_id=actor.municipality_id, person_id=person.id, revoked_at=None
        ).exclude(hat=Hat.GUARDIAN)
        if person.hat is Hat.BOARD and not REPLACE.may(actor):
            continue
        if ends_login:
            memberships.update(revoked_at=now)
        elif memberships.exists():
            continue
        links.append(
            write_link(
                municipality_id=actor.municipality_id,
                staff_member_id=person.id,
                hat=person.hat,
                issued_by=actor.person_id,
                now=now,
            )
        )
    record(
        actor=actor,
        action="founding.staff_invitation:replace"
        if ends_login
        else "founding.staff_invitation:issue",
        subject_type="staff_invitation",
        subject_count=len(links),
        data_class=DataClass.II,
        details={"staff_members": [str(link.invitation.staff_member_id) for link in links]},
    )
    return links


def find_link(code: str, now: datetime) -> tuple[UUID, StaffInvitation]:
    """Return municipality and open link of a code; the same refusal whatever is wrong.

    Call inside a transaction, outside any tenant.
    """
    opened = open_link(StaffInvitationAddress, StaffInvitation, keyed_hash(code), now)
    if opened is not None:
        with tenant(opened[0]):
            if place_of(opened[1]) is not None:
                return opened
    raise unusable()


def unusable() -> LinkRefused:
    """Return the refusal of a link, whatever is wrong with it."""
    return LinkRefused(
        _("このリンクは使えません。期限(72時間)が切れたか、もう使われています。")
        + _("リンクを出した人に、新しいリンクを頼んでください。")
    )


@service
def use_link(
    *,
    invitation_id: UUID,
    municipality_id: UUID,
    account: Account | None,
    login_name: str = "",
    password: str = "",
    now: datetime,
) -> Account:
    """Use a link once: give its hat to ``account``, or to a new one made here, in the tenant.

    ``now`` is real time. Raises :class:`LinkRefused` when it was used meanwhile or the person has
    another login, :class:`LoginNameTaken`.
    """
    invitation = StaffInvitation.objects.select_for_update().get(pk=invitation_id)
    if not invitation.is_open(now):
        raise unusable()
    mine = {
        "municipality_id": municipality_id,
        "hat": invitation.hat,
        "person_id": invitation.staff_member_id,
    }
    if Membership.objects.filter(**mine, revoked_at=None).exists():
        raise LinkRefused(_("この方のログインは、もうあります。そのログインで入ってください。"))
    account = account or _new_account(login_name, password)
    Membership.objects.update_or_create(**mine, account=account, defaults={"revoked_at": None})
    invitation.use(account.id, now)
    record(
        actor=None,
        action="founding.staff_invitation:use",
        subject_type="staff_member",
        subject_id=invitation.staff_member_id,
        details={"account": str(account.id)},
    )
    return account


def _new_account(login_name: str, password: str) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create_account(login_name=login_name, password=password)
    except IntegrityError:
        raise LoginNameTaken(
            _("そのログイン名は使われています。別の名前にしてください。入力は残っています。")
        ) from None
