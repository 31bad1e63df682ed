"""The board decides who sees to it that a school does an item of the band 80以上, and until when."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import Outreach
from manabiya.apps.checklist.policies import OUTREACH_SET
from manabiya.apps.checklist.queries.behind import behind_of
from manabiya.apps.checklist.queries.outreach import board_people
from manabiya.apps.checklist.services.refusals import ChecklistRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service


@service
def set_outreach(
    *,
    actor: Actor,
    item: str,
    school_id: UUID,
    owner_id: UUID,
    due_on: date,
    note: str,
    now: datetime,
) -> Outreach:
    """Decide owner and date for a school that doesn't do an item yet; again: decide anew.

    Raises ``Refused``, ``Http404`` (the school is not on the list of the item),
    :class:`ChecklistRefused`: somebody who is not of the board, a day gone by.
    """
    OUTREACH_SET.require(actor)
    if school_id not in {line.school_id for line in behind_of(item)}:
        raise Http404
    if owner_id not in dict(board_people(now.date())):
        raise ChecklistRefused(_("担当は、いま教育委員会にいる人から選んでください。"))
    if due_on < now.date():
        raise ChecklistRefused(_("期日が過ぎた日になっています。これからの日にしてください。"))
    row, _is_new = Outreach.objects.update_or_create(
        item=item,
        school_id=school_id,
        defaults={
            "owner_id": owner_id,
            "due_on": due_on,
            "note": note.strip(),
            "set_by": actor.person_id,
            "set_at": now,
        },
    )
    record(
        actor=actor,
        action="checklist.outreach:set",
        subject_type="outreach",
        subject_id=row.id,
        school_id=school_id,
        details={"item": item, "due_on": due_on.isoformat()},
    )
    return row
