"""Take the answers of single schools to a round that was answered elsewhere.

The file is taken whole or not at all. It becomes confirmed sheets of a closed round that names its
source; a sheet that is there is never written over.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import (
    AnswerSheet,
    AnswerSheetStep,
    ChecklistAnswer,
    ChecklistRound,
    ChecklistSet,
    CountedFigure,
    FollowUpAnswer,
)
from manabiya.apps.checklist.policies import ROUND_MANAGE
from manabiya.apps.checklist.services.answer_rows import SchoolAnswers, answers_of
from manabiya.apps.checklist.services.refusals import ChecklistRefused, ImportRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import School


@service
def import_answers(
    *,
    actor: Actor,
    file_name: str,
    content: bytes,
    set_id: UUID,
    school_year: int,
    source: str,
    now: datetime,
) -> ChecklistRound:
    """Take the answers of schools to a past round; a second file adds schools that had none.

    Raises ``Refused``, ``Http404`` (no such set), :class:`ImportRefused` (every problem with its
    row and column), :class:`ChecklistRefused`: no source, a year to come, a year answered in this
    product or with other questions, a year with counts.
    """
    ROUND_MANAGE.require(actor)
    chosen = ChecklistSet.objects.filter(pk=set_id).first()
    if chosen is None:
        raise Http404
    if not source.strip():
        raise ChecklistRefused(_("出典がありません。どこから得た回答かを書いてください。"))
    if school_year > school_year_of(now.date()):
        raise ChecklistRefused(_("これからの年度の回答は入れられません。"))
    there = _round_of(school_year, chosen)
    codes = School.objects.values_list("code", "id", "name")
    names = {pk: name for _code, pk, name in codes}
    questions = [q for q in chosen.questions().questions if q.respondent == "school"]
    found = answers_of(file_name, content, questions, {code: pk for code, pk, _name in codes})
    _refuse_answered(found, there, names)
    with _once(school_year):
        taken = there or ChecklistRound.objects.create(
            school_year=school_year,
            question_set=chosen,
            due_on=now.date(),
            opened_by=actor.person_id,
            opened_at=now,
            closed_at=now,
            source=source.strip(),
        )
        _keep(found, taken, actor, source.strip(), now)
    record(
        actor=actor,
        action="checklist.answers:import",
        subject_type="checklist_round",
        subject_id=taken.id,
        subject_count=len(found),
        details={
            "school_year": school_year,
            "answers": sum(len(school.answers) for school in found),
            "digest": hashlib.sha256(content).hexdigest(),
        },
    )
    return taken


def _round_of(school_year: int, chosen: ChecklistSet) -> ChecklistRound | None:
    """Return the imported round of a year, None where there is none yet; refused for any other."""
    year = {"year": school_year}
    there = ChecklistRound.objects.filter(school_year=school_year).first()
    if there is None:
        if CountedFigure.objects.filter(school_year=school_year).exists():
            raise ChecklistRefused(
                _(
                    "%(year)s年度は、選択肢ごとの学校数が入っています。同じ年度を二度は入れられません。"
                )
                % year
            )
        return None
    if not there.is_imported:
        raise ChecklistRefused(
            _("%(year)s年度は、この製品で答える回があります。ファイルの回答は入れられません。")
            % year
        )
    if there.question_set_id != chosen.id:
        raise ChecklistRefused(
            _("%(year)s年度は、ほかの設問の版で入っています。その版のページから入れてください。")
            % year
        )
    return there


@contextmanager
def _once(school_year: int) -> Iterator[None]:
    """Say in words what the database refuses when two people bring the same schools at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ChecklistRefused(
            _("%(year)s年度の回答は、いまほかの人が入れました。ページを開き直してください。")
            % {"year": school_year}
        ) from error


def _refuse_answered(
    found: Sequence[SchoolAnswers], there: ChecklistRound | None, names: dict[UUID, str]
) -> None:
    """Refuse schools that have a sheet of the round already, each with its row."""
    if there is None:
        return
    answered = set(there.sheets.values_list("school_id", flat=True))
    problems = [
        f"{school.place}: {names[school.school_id]}の回答は、もう入っています。"
        for school in found
        if school.school_id in answered
    ]
    if problems:
        raise ImportRefused(problems)


def _keep(
    found: Sequence[SchoolAnswers],
    taken: ChecklistRound,
    actor: Actor,
    source: str,
    now: datetime,
) -> None:
    """Write a confirmed sheet for each school, with its answers and where they come from."""
    sheets = AnswerSheet.objects.bulk_create(
        AnswerSheet(
            round=taken,
            school_id=school.school_id,
            confirmed_by=actor.person_id,
            confirmed_at=now,
        )
        for school in found
    )
    pairs = list(zip(sheets, found, strict=True))
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(sheet=sheet, item=item, value=value)
        for sheet, school in pairs
        for item, value in school.answers.items()
    )
    FollowUpAnswer.objects.bulk_create(
        FollowUpAnswer(sheet=sheet, item=item, value=value)
        for sheet, school in pairs
        for item, told in school.follow_ups.items()
        for value in told
    )
    AnswerSheetStep.objects.bulk_create(
        AnswerSheetStep(
            sheet=sheet,
            deed=AnswerSheetStep.Deed.IMPORTED,
            reason=source,
            done_by=actor.person_id,
            done_at=now,
        )
        for sheet in sheets
    )
