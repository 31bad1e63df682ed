"""Question sets: take a shipped one, and edit one into its next version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import ChecklistSet, PublishedFigure
from manabiya.apps.checklist.policies import ROUND_MANAGE
from manabiya.apps.checklist.services.refusals import ChecklistRefused
from manabiya.apps.checklist.shipped import UnknownRound, shipped_document, shipped_set
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.tenancy.models import Municipality
from manabiya.law.checklist_sets import QuestionSet, SetRefused, read_set

EDITABLE = frozenset(
    {"wording", "label", "section", "answer_type", "weight", "wording_since", "follow_up"}
)


@service
def install_set(*, actor: Actor, key: str, now: datetime) -> ChecklistSet:
    """Take a shipped set with its published figures; those of a city only where it is this one.

    Raises ``Refused``, ``Http404`` (no such set), :class:`ChecklistRefused` (there already).
    """
    ROUND_MANAGE.require(actor)
    try:
        questions, document = shipped_set(key), shipped_document(key)
    except UnknownRound as error:
        raise Http404 from error
    if ChecklistSet.objects.filter(key=key).exists():
        raise ChecklistRefused(_("この設問は、もう入っています。"))
    row = keep_set(actor, document, now)
    _keep_figures(questions, Municipality.objects.get(pk=actor.municipality_id).code)
    recorded(actor, "checklist.set:install", row)
    return row


@service
def revise_set(
    *,
    actor: Actor,
    set_id: UUID,
    changes: Mapping[str, Mapping[str, Any]],
    missing: str,
    now: datetime,
) -> ChecklistSet:
    """Write the next version of a set; rounds opened on the former version keep it.

    ``changes``: item → field of :data:`EDITABLE` → value. Raises ``Refused``, ``Http404``,
    :class:`ChecklistRefused` with the place of what can't be taken, or when nothing changes.
    """
    ROUND_MANAGE.require(actor)
    row = ChecklistSet.objects.filter(pk=set_id).first()
    if row is None:
        raise Http404
    document = {**row.document, "missing": missing.strip()}
    document["questions"] = [
        {**question, **_editable(changes.get(question["key"], {}))}
        for question in row.document["questions"]
    ]
    if document == row.document:
        raise ChecklistRefused(_("変わったところがありません。"))
    revised = keep_set(actor, document, now)
    recorded(actor, "checklist.set:revise", revised)
    return revised


def keep_set(actor: Actor, document: Mapping[str, Any], now: datetime) -> ChecklistSet:
    """Keep a document as the next version of its key; :class:`ChecklistRefused` where it is bad."""
    before = ChecklistSet.objects.filter(key=document.get("key", ""))
    latest = before.aggregate(latest=Max("version"))["latest"] or 0
    kept = {**document, "version": latest + 1}
    try:
        questions = read_set(kept)
    except SetRefused as refusal:
        raise ChecklistRefused(str(refusal)) from refusal
    row: ChecklistSet = ChecklistSet.objects.create(
        key=questions.key,
        version=questions.version,
        title=questions.title,
        document=kept,
        added_by=actor.person_id,
        added_at=now,
    )
    return row


def recorded(actor: Actor, action: str, row: ChecklistSet) -> None:
    """Append the audit entry of a set."""
    record(
        actor=actor,
        action=action,
        subject_type="checklist_set",
        subject_id=row.id,
        details={"key": row.key, "version": row.version},
    )


def _editable(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if name in EDITABLE}


def _keep_figures(questions: QuestionSet, municipality_code: str) -> None:
    """Keep the published figures of a shipped set; a city's own ones only for that city."""
    is_own = questions.city_code == municipality_code
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            school_year=questions.school_year,
            item=question.key,
            area=figure.area,
            percent=figure.percent,
            source=figure.source,
            definition=figure.definition,
            doubt=figure.doubt,
            status=figure.status,
        )
        for question in questions.questions
        for figure in question.published
        if figure.area != "city" or is_own
    )
