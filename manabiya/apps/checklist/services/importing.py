"""Take a board's files: the ministry's next list, and figures of earlier rounds.

A file is taken whole or not at all; whatever is wrong is named with its row.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.models import ChecklistSet, CountedFigure, PublishedFigure
from manabiya.apps.checklist.policies import ROUND_MANAGE
from manabiya.apps.checklist.services.columns import (
    ANSWER_TYPES,
    FIGURE_COLUMNS,
    SET_COLUMNS,
    Line,
    lines_of,
)
from manabiya.apps.checklist.services.figure_rows import Counted, Printed, RowRefused, figure_of
from manabiya.apps.checklist.services.refusals import ImportRefused
from manabiya.apps.checklist.services.rounds import refuse_year
from manabiya.apps.checklist.services.sets import keep_set, recorded
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.checklist_sets import RESPONDENTS, Question

RESPONDENT_KEYS = {label: key for key, label in RESPONDENTS.items()}


@service
def import_set(
    *,
    actor: Actor,
    file_name: str,
    content: bytes,
    school_year: int,
    title: str,
    source: str,
    missing: str,
    now: datetime,
) -> ChecklistSet:
    """Take a list of questions as the first version of a set (``r8`` for 令和8年度).

    Raises ``Refused``, :class:`ImportRefused` (every problem with its row),
    :class:`ChecklistRefused` (a set of this year is there already, no source).
    """
    ROUND_MANAGE.require(actor)
    key = f"r{school_year - 2018}"
    if ChecklistSet.objects.filter(key=key).exists():
        raise ImportRefused(
            [_("この年度の設問は、もう入っています。直すときは「設問を直す」からです。")]
        )
    problems: list[str] = []
    lines = lines_of(file_name, content, SET_COLUMNS, "wording")
    questions = [_question(line, problems) for line in lines]
    if problems:
        raise ImportRefused(problems)
    document = {
        "key": key,
        "school_year": school_year,
        "title": title,
        "source": source,
        "missing": missing,
        "questions": questions,
    }
    row = keep_set(actor, document, now)
    recorded(actor, "checklist.set:import", row)
    return row


def _question(line: Line, problems: list[str]) -> dict[str, Any]:
    """Return a row as the data of a question; what is wrong goes to ``problems`` with its place."""
    if not line["number"].isdecimal():
        problems.append(f"{line.place}: 番号「{line['number']}」は数ではありません。")
    if line["answer_type"] not in ANSWER_TYPES:
        known = "、".join(ANSWER_TYPES)
        problems.append(
            f"{line.place}: 答え方「{line['answer_type']}」がわかりません。使えるもの: {known}"
        )
    respondent = line["respondent"] or "学校"
    if respondent not in RESPONDENT_KEYS:
        problems.append(
            f"{line.place}: 回答者「{respondent}」は、学校でも教育委員会でもありません。"
        )
    if not (line["label"] or line["wording"]):
        problems.append(f"{line.place}: 質問も見出しもありません。")
    found: dict[str, Any] = {
        "number": int(line["number"]) if line["number"].isdecimal() else 0,
        "key": line["key"] or f"q{line['number']}",
        "label": line["label"] or line["wording"][:40],
        "wording": line["wording"],
        "section": line["section"],
        "respondent": RESPONDENT_KEYS.get(respondent, "school"),
        "answer_type": ANSWER_TYPES[line["answer_type"]].value
        if line["answer_type"] in ANSWER_TYPES
        else "unknown",
        "weight": line["weight"] or "1",
        "follow_up": line["follow_up"],
    }
    if line["wording_since"]:
        found["wording_since"] = line["wording_since"]
        if not line["wording_since"].isdecimal():
            problems.append(
                f"{line.place}: 年度「{line['wording_since']}」は西暦の数ではありません。"
            )
    return found


@service
def import_figures(
    *, actor: Actor, file_name: str, content: bytes, set_id: UUID, now: datetime
) -> int:
    """Take figures of a set's school year; return how many.

    A row is counted (options and number of schools, the percentage computed) or published
    (percentage, definition, source). Raises ``Refused``, ``Http404``, :class:`ImportRefused`,
    :class:`ChecklistRefused` (counts of a year that has a round or counts already).
    """
    ROUND_MANAGE.require(actor)
    chosen = ChecklistSet.objects.filter(pk=set_id).first()
    if chosen is None:
        raise Http404
    questions = chosen.questions()
    found = _figures(lines_of(file_name, content, FIGURE_COLUMNS, "number"), questions.questions)
    counted = [figure for figure in found if isinstance(figure, Counted)]
    printed = [figure for figure in found if isinstance(figure, Printed)]
    if counted:
        refuse_year(questions.school_year)
    _refuse_known(printed, questions.school_year)
    CountedFigure.objects.bulk_create(
        CountedFigure(
            school_year=questions.school_year,
            item=figure.item,
            counts=figure.counts,
            schools=figure.schools,
            source=figure.source,
        )
        for figure in counted
    )
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            school_year=questions.school_year,
            item=figure.item,
            area=figure.area,
            percent=figure.percent,
            definition=figure.definition,
            status=figure.status,
            source=figure.source,
        )
        for figure in printed
    )
    record(
        actor=actor,
        action="checklist.figures:import",
        subject_type="checklist_set",
        subject_id=chosen.id,
        subject_count=len(found),
        details={"counted": len(counted), "published": len(printed)},
    )
    return len(found)


def _figures(lines: Iterable[Line], questions: Iterable[Question]) -> list[Counted | Printed]:
    """Return what the rows say; :class:`ImportRefused` with every problem and its row."""
    by_number = {str(question.number): question for question in questions}
    found: list[Counted | Printed] = []
    seen: dict[tuple[str, ...], str] = {}
    problems: list[str] = []
    for line in lines:
        question = by_number.get(line["number"].removesuffix(".0"))
        if question is None:
            problems.append(f"{line.place}: 番号「{line['number']}」の質問がありません。")
            continue
        try:
            figure = figure_of(line, question)
        except RowRefused as refusal:
            problems.append(f"{line.place} 質問{question.number}: {refusal}")
            continue
        name = _name(figure)
        if name in seen:
            problems.append(f"{line.place} 質問{question.number}: {seen[name]}にもあります。")
        seen[name] = line.place
        found.append(figure)
    if problems:
        raise ImportRefused(problems)
    return found


def _name(figure: Counted | Printed) -> tuple[str, ...]:
    if isinstance(figure, Counted):
        return (figure.item, "counted")
    return (figure.item, figure.area, figure.definition)


def _refuse_known(printed: Iterable[Printed], school_year: int) -> None:
    known = set(
        PublishedFigure.objects.filter(school_year=school_year).values_list(
            "item", "area", "definition"
        )
    )
    if twice := [p for p in printed if (p.item, p.area, p.definition) in known]:
        raise ImportRefused(
            [
                _("%(item)s の公表された割合は、もう入っています(%(definition)s)。")
                % {"item": figure.item, "definition": figure.definition}
                for figure in twice
            ]
        )
