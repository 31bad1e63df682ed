"""Answers: the person in charge writes a draft, the head confirms it, and reopens it with a reason.

The same deeds serve a school and the board; a sheet without a school is the board's.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import (
    AnswerSheet,
    AnswerSheetStep,
    ChecklistAnswer,
    FollowUpAnswer,
)
from manabiya.apps.checklist.policies import (
    BOARD_ANSWER,
    BOARD_CONFIRM,
    SHEET_ANSWER,
    SHEET_CONFIRM,
    SHEET_REOPEN,
)
from manabiya.apps.checklist.services.refusals import ChecklistRefused, SheetMoved
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.checklist_answers import Answer
from manabiya.law.checklist_sets import Question

Deed = AnswerSheetStep.Deed
FollowUps = Mapping[str, Sequence[str]]
"""Item → what was told beside its answer."""
LONGEST = 200


@service
def save_sheet(
    *,
    actor: Actor,
    sheet_id: UUID,
    answers: Mapping[str, str],
    follow_ups: FollowUps | None = None,
    version: int | None = None,
    now: datetime,
) -> AnswerSheet:
    """Keep a draft: item → answer; an empty answer takes the former one away.

    ``follow_ups`` of an item take the place of the former ones; they go with an answer that asks
    for none. ``version``: of the sheet as it was read, None to write over whatever is there.
    Raises ``Refused``, ``Http404``, :class:`ChecklistRefused`: closed round, confirmed sheet,
    an item or an answer the questions don't have (named); :class:`SheetMoved`.
    """
    sheet = _held(actor, SHEET_ANSWER, BOARD_ANSWER, sheet_id)
    _refuse_settled(sheet)
    asked = {question.key: question for question in asked_of(sheet)}
    told = {item: _told(values) for item, values in (follow_ups or {}).items()}
    _refuse_unknown(asked, answers)
    _refuse_unknown_follow_ups(asked, answers, told)
    if version is not None and version != sheet.version:
        raise SheetMoved(
            _("開いている間に、ほかの人が保存しました。あなたの入力は、まだ保存していません。")
        )
    sheet.answers.filter(item__in=list(answers)).delete()
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(sheet=sheet, item=item, value=value)
        for item, value in answers.items()
        if value
    )
    sheet.follow_ups.filter(item__in=list(answers)).delete()
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(sheet=sheet, item=item, value=value)
        for item in answers
        if answers[item] and asked[item].asks_on(Answer(answers[item]))
        for value in told.get(item, ())
    )
    _done(actor, sheet, Deed.SAVED, now, count=len(answers))
    return sheet


@service
def confirm_sheet(*, actor: Actor, sheet_id: UUID, now: datetime) -> AnswerSheet:
    """Confirm a sheet: from now on it counts. Every question that can be answered has an answer.

    Raises ``Refused``, ``Http404``, :class:`ChecklistRefused` (which questions are open).
    """
    sheet = _held(actor, SHEET_CONFIRM, BOARD_CONFIRM, sheet_id)
    _refuse_settled(sheet)
    answered = set(sheet.answers.values_list("item", flat=True))
    open_numbers = [str(q.number) for q in asked_of(sheet) if q.scale and q.key not in answered]
    if open_numbers:
        raise ChecklistRefused(
            _("まだ答えていない質問があります(%(numbers)s)。答えてから確定してください。")
            % {"numbers": "、".join(open_numbers)}
        )
    sheet.confirmed_by, sheet.confirmed_at = actor.person_id, now
    _done(actor, sheet, Deed.CONFIRMED, now, count=len(answered))
    return sheet


@service
def reopen_sheet(*, actor: Actor, sheet_id: UUID, reason: str, now: datetime) -> AnswerSheet:
    """Take a confirmation back, with a reason; it counts again when it is confirmed again.

    Raises ``Refused``, ``Http404``, :class:`ChecklistRefused` (not confirmed, no reason, closed).
    """
    sheet = _held(actor, SHEET_REOPEN, BOARD_CONFIRM, sheet_id)
    if not sheet.round.is_open:
        raise ChecklistRefused(_("この回は締めました。回答は変えられません。"))
    if not sheet.is_confirmed:
        raise ChecklistRefused(_("まだ確定していません。そのまま書き直せます。"))
    if not reason.strip():
        raise ChecklistRefused(_("理由を書いてください。"))
    sheet.confirmed_by = sheet.confirmed_at = None
    _done(actor, sheet, Deed.REOPENED, now, reason=reason.strip())
    return sheet


def asked_of(sheet: AnswerSheet) -> list[Question]:
    """Return the questions of a sheet's respondent in their order."""
    respondent = "board" if sheet.school_id is None else "school"
    questions = sheet.round.question_set.questions().questions
    return [question for question in questions if question.respondent == respondent]


def _held(actor: Actor, of_school: Policy, of_board: Policy, sheet_id: UUID) -> AnswerSheet:
    """Load a sheet for a deed and lock it; the board's own by its own policy."""
    rows = AnswerSheet.objects.select_for_update(of=("self",))
    rows = rows.select_related("round__question_set")
    if actor.school_id is None and (own := rows.filter(school=None, pk=sheet_id).first()):
        of_board.require(actor)
        return own
    of_school.require(actor)
    return of_school.get(actor, rows.exclude(school=None), pk=sheet_id)


def _refuse_settled(sheet: AnswerSheet) -> None:
    if not sheet.round.is_open:
        raise ChecklistRefused(_("この回は締めました。回答は変えられません。"))
    if sheet.is_confirmed:
        raise ChecklistRefused(
            _("確定した回答です。書き直すには、確定した人が理由を書いて取り消してください。")
        )


def _refuse_unknown(asked: Mapping[str, Question], answers: Mapping[str, str]) -> None:
    for item, value in answers.items():
        if item not in asked:
            raise ChecklistRefused(_("この回にない質問です: %(item)s") % {"item": item})
        question = asked[item]
        if value and value not in {answer.value for answer in question.scale}:
            raise ChecklistRefused(
                _("質問%(number)s: 選択肢にない回答です: %(value)s")
                % {"number": question.number, "value": value}
            )


def _told(values: Sequence[str]) -> tuple[str, ...]:
    """Return what was told without blanks and doubles."""
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _refuse_unknown_follow_ups(
    asked: Mapping[str, Question], answers: Mapping[str, str], told: FollowUps
) -> None:
    for item, values in told.items():
        question = asked.get(item)
        if question is None or (values and not question.follow_up):
            raise ChecklistRefused(_("続きをたずねていない質問です: %(item)s") % {"item": item})
        if values and not answers.get(item):
            raise ChecklistRefused(
                _("質問%(number)s: 続きだけでなく、質問にも答えてください。")
                % {"number": question.number}
            )
        choices = question.follow_up_choices
        for value in values:
            if (choices and value not in choices) or len(value) > LONGEST:
                raise ChecklistRefused(
                    _("質問%(number)sの続き: この答えは入れられません: %(value)s")
                    % {"number": question.number, "value": value[:40]}
                )


def _done(
    actor: Actor, sheet: AnswerSheet, deed: str, now: datetime, *, reason: str = "", count: int = 1
) -> None:
    """Keep the sheet as its next version, note the step and append the audit entry."""
    sheet.version += 1
    sheet.save()
    AnswerSheetStep.objects.create(
        sheet=sheet, deed=deed, reason=reason, done_by=actor.person_id, done_at=now
    )
    record(
        actor=actor,
        action=f"checklist.sheet:{deed}",
        subject_type="answer_sheet",
        subject_id=sheet.id,
        subject_count=count,
        school_id=sheet.school_id,
    )
