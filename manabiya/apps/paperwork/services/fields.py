"""What somebody wrote about a line, a decision, a partner; and whether it holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import Partner
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.roster.models import Appointment
from manabiya.roster.models.dated import on_day

LONGEST_NAME, LONGEST_SOURCE, LONGEST_NOTE = 60, 100, 200


@dataclass(frozen=True, slots=True)
class UseFields:
    """A line as written: keys of :mod:`..rules`; ``volume_count`` None where nobody knows."""

    name: str
    kind: str
    with_whom: str
    basis: str
    source: str = ""
    replacement: str = ""
    beyond_to: str = ""
    beyond_note: str = ""
    partner_id: UUID | None = None
    volume_count: int | None = None
    volume_per: str = "month"
    note: str = ""

    def facts(self) -> dict[str, Any]:
        """Return what line and catalogue share."""
        return {
            "name": rules.tidy(self.name),
            "kind": self.kind,
            "with_whom": self.with_whom,
            "basis": self.basis,
            "source": rules.tidy(self.source),
            "replacement": self.replacement,
            "beyond_to": self.beyond_to,
            "beyond_note": rules.tidy(self.beyond_note),
        }

    def columns(self) -> dict[str, Any]:
        """Return the columns of a line."""
        return {
            **self.facts(),
            "partner_id": self.partner_id,
            "volume_count": self.volume_count,
            "volume_per": self.volume_per,
            "note": rules.tidy(self.note),
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """廃止, 電子化 or 継続: why, who sees to it, until when, and what comes in its place."""

    decision: str
    reason: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class PartnerFields:
    """A partner as written; ``agreed_on`` None: nothing is agreed yet."""

    name: str
    sort: str
    channel: str
    agreed_on: date | None = None
    note: str = ""


def check_facts(entry: UseFields) -> None:
    """Raise :class:`PaperworkRefused` where the facts don't hold together."""
    if not rules.tidy(entry.name) or len(rules.tidy(entry.name)) > LONGEST_NAME:
        raise PaperworkRefused(_("帳票・業務の名前を60文字までで書いてください。"))
    choices = (
        (entry.kind, rules.KINDS, _("種類")),
        (entry.with_whom, rules.PEOPLE, _("だれと")),
        (entry.basis, rules.BASES, _("なぜ残っているか")),
        (entry.replacement or "product", rules.REPLACEMENTS, _("代わりの方法")),
        (entry.beyond_to or "state", rules.BEYOND, _("市だけでは解けない")),
        (entry.volume_per, rules.PER, _("量の単位")),
    )
    for value, known, label in choices:
        if value not in known:
            raise PaperworkRefused(_("「%(label)s」を選んでください。") % {"label": label})
    if entry.basis == rules.LAW and not rules.tidy(entry.source):
        raise PaperworkRefused(_("法令によるときは、根拠の法令の名前と条を書いてください。"))
    if bool(entry.beyond_to) != bool(rules.tidy(entry.beyond_note)):
        raise PaperworkRefused(
            _("市だけでは解けないときは、どこへの要望かと、どうなれば解けるかの両方が必要です。")
        )


def check_use(entry: UseFields, school_id: UUID | None) -> None:
    """Check a whole line of a place, its partner too."""
    check_facts(entry)
    if entry.partner_id is None:
        return
    if entry.with_whom != rules.PARTNER:
        raise PaperworkRefused(_("相手先は、「だれと」が外部の相手先のときだけ選べます。"))
    if not Partner.objects.filter(known_to(school_id), id=entry.partner_id).exists():
        raise PaperworkRefused(_("この相手先は選べません。一覧から選び直してください。"))


def known_to(school_id: UUID | None) -> Q:
    """Return which partners a place may name: the city's and its own."""
    return Q(school_id=None) if school_id is None else Q(school_id=None) | Q(school_id=school_id)


def check_decision(said: Decision, school_id: UUID | None, today: date) -> None:
    """Raise :class:`PaperworkRefused` where a decision is not whole."""
    if said.decision not in rules.DECISIONS:
        raise PaperworkRefused(_("廃止・電子化・継続のどれかを選んでください。"))
    if said.decision == rules.KEEP and not rules.tidy(said.reason):
        raise PaperworkRefused(_("継続するときは、理由を書いてください。"))
    if said.decision in rules.ENDING and said.due_on is None:
        raise PaperworkRefused(_("いつまでにやめるかを書いてください。"))
    if said.owner_id is not None:
        posts = Appointment.objects.filter(
            on_day(today), school_id=school_id, staff_member_id=said.owner_id
        )
        if not posts.exists():
            raise PaperworkRefused(_("担当には、いまここに職のある人を選んでください。"))
