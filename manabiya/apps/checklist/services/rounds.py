"""Rounds: open one for a school year, remind, close."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import (
    AnswerSheet,
    AnswerSheetStep,
    ChecklistRound,
    ChecklistSet,
    CountedFigure,
)
from manabiya.apps.checklist.policies import ROUND_MANAGE
from manabiya.apps.checklist.services.refusals import ChecklistRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.queries import schools_of_municipality


@service
def open_round(
    *, actor: Actor, set_id: UUID, school_year: int, due_on: date, now: datetime
) -> ChecklistRound:
    """Open the self-check of a school year for every school and the board.

    Raises ``Refused``, ``Http404`` (no such set), :class:`ChecklistRefused`: the year has a round
    or counts already, another round is open, the day has passed, no question can be answered.
    """
    ROUND_MANAGE.require(actor)
    chosen = ChecklistSet.objects.filter(pk=set_id).first()
    if chosen is None:
        raise Http404
    refuse_year(school_year)
    if ChecklistRound.objects.filter(closed_at=None).exists():
        raise ChecklistRefused(
            _("まだ締めていない回があります。締めてから、次の回を始めてください。")
        )
    if due_on < now.date():
        raise ChecklistRefused(_("期限が過ぎた日になっています。これからの日にしてください。"))
    if not any(question.scale for question in chosen.questions().questions):
        raise ChecklistRefused(
            _("答えられる質問がありません。設問を直して、答え方を決めてください。")
        )
    opened: ChecklistRound = ChecklistRound.objects.create(
        school_year=school_year,
        question_set=chosen,
        due_on=due_on,
        opened_by=actor.person_id,
        opened_at=now,
    )
    schools = [None, *(school.id for school in schools_of_municipality())]
    AnswerSheet.objects.bulk_create(AnswerSheet(round=opened, school_id=pk) for pk in schools)
    _recorded(actor, "checklist.round:open", opened, len(schools))
    return opened


def refuse_year(school_year: int) -> None:
    """Raise :class:`ChecklistRefused` when a school year has a round or counts already."""
    if (
        ChecklistRound.objects.filter(school_year=school_year).exists()
        or CountedFigure.objects.filter(school_year=school_year).exists()
    ):
        raise ChecklistRefused(
            _("%(year)s年度の回は、もうあります。同じ年度を二度は入れられません。")
            % {"year": school_year}
        )


@service
def remind_schools(*, actor: Actor, now: datetime) -> int:
    """Remind every school that has not confirmed; return how many. Their 今日 shows it.

    Raises ``Refused``, :class:`ChecklistRefused` (no open round, everybody has confirmed).
    """
    ROUND_MANAGE.require(actor)
    current = _open_round()
    waiting = list(
        AnswerSheet.objects.filter(round=current, confirmed_at=None, school__isnull=False)
    )
    if not waiting:
        raise ChecklistRefused(_("どの学校も確定しています。お願いは送っていません。"))
    AnswerSheetStep.objects.bulk_create(
        AnswerSheetStep(
            sheet=sheet, deed=AnswerSheetStep.Deed.REMINDED, done_by=actor.person_id, done_at=now
        )
        for sheet in waiting
    )
    _recorded(actor, "checklist.round:remind", current, len(waiting))
    return len(waiting)


@service
def close_round(*, actor: Actor, now: datetime) -> ChecklistRound:
    """Close the open round: its figures are final, no answer changes any more.

    Schools that have not confirmed are not counted. Raises ``Refused``, :class:`ChecklistRefused`
    (no open round, no school has confirmed).
    """
    ROUND_MANAGE.require(actor)
    current = _open_round()
    confirmed = current.sheets.filter(confirmed_at__isnull=False, school__isnull=False).count()
    if not confirmed:
        raise ChecklistRefused(_("確定した学校がまだありません。締めていません。"))
    current.closed_at = now
    current.save()
    _recorded(actor, "checklist.round:close", current, confirmed)
    return current


def _open_round() -> ChecklistRound:
    found = ChecklistRound.objects.select_for_update().filter(closed_at=None).first()
    if found is None:
        raise ChecklistRefused(_("いま受け付けている回がありません。"))
    return found


def _recorded(actor: Actor, action: str, row: ChecklistRound, count: int) -> None:
    record(
        actor=actor,
        action=action,
        subject_type="checklist_round",
        subject_id=row.id,
        subject_count=count,
        details={"school_year": row.school_year},
    )
