"""A school attaches evidence of its own to an item, says which other service it uses, takes it away."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import ChecklistRound, SchoolEvidence
from manabiya.apps.checklist.policies import EVIDENCE_ATTACH
from manabiya.apps.checklist.services.refusals import ChecklistRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.checklist_items import ITEMS

Kind = SchoolEvidence.Kind
MOST = 20
"""Pieces of evidence a school keeps beside one item."""


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """``numerator`` of ``denominator`` in a period, with its source in words."""

    numerator: int
    denominator: int
    first_day: date
    last_day: date
    source: str


@service
def attach_figure(*, actor: Actor, item: str, figure: OwnFigure, now: datetime) -> SchoolEvidence:
    """Attach a figure of the own school to an item.

    Raises ``Refused``, ``Http404`` (unknown item), :class:`ChecklistRefused`: no whole, more than
    the whole, a period that is turned round or not over, no source, too many already.
    """
    _may(actor, item)
    if figure.denominator < 1 or not 0 <= figure.numerator <= figure.denominator:
        raise ChecklistRefused(
            _("「したもの」は0以上で「全部」以下、「全部」は1以上です。数を直してください。")
        )
    if figure.first_day > figure.last_day:
        raise ChecklistRefused(_("期間の終わりが、はじめより前です。日付を直してください。"))
    if figure.last_day > now.date():
        raise ChecklistRefused(_("まだ来ていない日までの数は付けられません。"))
    if not figure.source.strip():
        raise ChecklistRefused(_("どこから数えたかを書いてください。"))
    return _attached(
        actor, item, Kind.FIGURE, now,
        numerator=figure.numerator, denominator=figure.denominator,
        first_day=figure.first_day, last_day=figure.last_day, source=figure.source.strip(),
    )  # fmt: skip


@service
def attach_words(
    *, actor: Actor, item: str, words: str, link: str, now: datetime
) -> SchoolEvidence:
    """Attach a short text, with an address or a note on where the file is.

    Raises ``Refused``, ``Http404`` (unknown item), :class:`ChecklistRefused` (no words, too many).
    """
    _may(actor, item)
    if not words.strip():
        raise ChecklistRefused(_("何をしているかを、短く書いてください。"))
    return _attached(actor, item, Kind.WORDS, now, words=words.strip(), link=link.strip())


@service
def declare_service(
    *, actor: Actor, item: str, name: str, since: date, percent: int | None, now: datetime
) -> SchoolEvidence:
    """Say that the school does the item with another service; a former declaration ends.

    From then on what this product counts for the item is not shown for the school. Raises
    ``Refused``, ``Http404``, :class:`ChecklistRefused` (no name, a day to come, not 0 to 100).
    """
    _may(actor, item)
    if not name.strip():
        raise ChecklistRefused(_("サービスの名前を書いてください。"))
    if since > now.date():
        raise ChecklistRefused(_("まだ来ていない日です。使いはじめた日を書いてください。"))
    if percent is not None and not 0 <= percent <= 100:
        raise ChecklistRefused(_("割合は0から100までです。わからなければ空のままにします。"))
    SchoolEvidence.objects.filter(
        school_id=actor.at, item=item, kind=Kind.SERVICE, removed_at=None
    ).update(removed_by=actor.person_id, removed_at=now)
    return _attached(
        actor, item, Kind.SERVICE, now, service=name.strip(), since=since, percent=percent
    )


@service
def remove_evidence(*, actor: Actor, evidence_id: UUID, now: datetime) -> SchoolEvidence:
    """Take a piece of the own school's evidence away; the row stays.

    Raises ``Refused``, ``Http404`` (of another school, gone already).
    """
    EVIDENCE_ATTACH.require(actor)
    rows = SchoolEvidence.objects.select_for_update().filter(removed_at=None)
    found = EVIDENCE_ATTACH.get(actor, rows, pk=evidence_id)
    found.removed_by, found.removed_at = actor.person_id, now
    found.save(update_fields=["removed_by", "removed_at"])
    _recorded(actor, "remove", found)
    return found


def _may(actor: Actor, item: str) -> None:
    """Check that the actor may attach to ``item`` for the school of the address."""
    EVIDENCE_ATTACH.require(actor)
    if item not in ITEMS and item not in _asked():
        raise Http404


def _asked() -> set[str]:
    """Return the items of the newest round."""
    newest = ChecklistRound.objects.select_related("question_set").order_by("-school_year").first()
    return {q.key for q in newest.question_set.questions().questions} if newest else set()


def _attached(actor: Actor, item: str, kind: str, now: datetime, **fields: Any) -> SchoolEvidence:
    kept = SchoolEvidence.objects.filter(school_id=actor.at, item=item, removed_at=None)
    if kept.count() >= MOST:
        raise ChecklistRefused(_("根拠が多すぎます。古いものを外してから付けてください。"))
    row: SchoolEvidence = SchoolEvidence.objects.create(
        school_id=actor.at,
        item=item,
        kind=kind,
        attached_by=actor.person_id,
        attached_at=now,
        **fields,
    )
    _recorded(actor, "attach", row)
    return row


def _recorded(actor: Actor, verb: str, row: SchoolEvidence) -> None:
    record(
        actor=actor,
        action=f"checklist.evidence:{verb}",
        subject_type="school_evidence",
        subject_id=row.id,
        school_id=row.school_id,
        details={"item": row.item, "kind": row.kind},
    )
