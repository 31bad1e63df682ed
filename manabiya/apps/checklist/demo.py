"""The chapter of the checklist: three yearly self-checks with invented answers, the last one open.

The city asks the questions printed in a plan every year. Every answer is invented and counted;
no figure is written down, all are computed from the answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from manabiya.apps.checklist.models import (
    AnswerSheet,
    ChecklistAnswer,
    ChecklistRound,
    ChecklistSet,
    FollowUpAnswer,
    PublishedFigure,
)
from manabiya.apps.checklist.shipped import shipped_document
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.law.checklist_answers import Answer, Polarity
from manabiya.law.checklist_items import AnswerType
from manabiya.law.checklist_sets import Question, QuestionSet
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Appointment, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.story import Story

ROUNDS = 3
GROWTH = 0.11
"""How much likelier a school does something one year later."""
DRAFT = "midorigaoka"
"""The school of the story whose sheet waits half written."""
TYPES_DECIDED = {
    "cbt_in_periodic_exams": "graded",
    "after_hours_inquiries": "binary",
    "access_by_post": "binary",
    "staff_mail_addresses": "binary",
}
"""Answer types the board of the story chose where none is known."""


FOLLOW_UPS = {
    "no_fax": "FAXの相手先(民間、他校、教育委員会、役所、給食センター)",
    "no_seal_documents": "押印・署名の要る書類の種類(申請書、参加・同意・承諾、通知表)",
}
"""What the city asks next, as the ministry does since its later lists."""


def tell(story: Story) -> None:
    """Write the question set, its published figures and the rounds (inside ``tenant()``)."""
    questions, row = _set(story)
    _figures(story, questions)
    year = school_year_of(story.today)
    count = 0
    for back in reversed(range(ROUNDS)):
        count += _round(story, questions, row, year - back, is_open=back == 0)
    story.say(f"  校務DXチェックリスト {ROUNDS}回 回答 {count}")


def _set(story: Story) -> tuple[QuestionSet, ChecklistSet]:
    document = shipped_document("r5")
    document["title"] = "令和5年度の設問(市が毎年たずねるもの)"
    for question in document["questions"]:
        decided = TYPES_DECIDED.get(question["key"])
        if decided:
            question["answer_type"] = decided
        if question["key"] in FOLLOW_UPS:
            question["follow_up"] = FOLLOW_UPS[question["key"]]
    row = ChecklistSet.objects.create(
        id=story.key(),
        key="r5",
        version=1,
        title=document["title"],
        document=document,
        added_by=_head(story, None),
        added_at=story.at(7, 0),
    )
    return row.questions(), row


def _figures(story: Story, questions: QuestionSet) -> None:
    """Keep what was published of the nation; the figures of the plan's city are not this city's."""
    PublishedFigure.objects.bulk_create(
        PublishedFigure(
            id=story.key(),
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
        if figure.area == "nation"
    )


def _round(
    story: Story, questions: QuestionSet, row: ChecklistSet, year: int, *, is_open: bool
) -> int:
    """Write a round with the sheets and answers of every school and the board."""
    opened_on = date(year, 10, 1)
    board = _head(story, None)
    current = ChecklistRound.objects.create(
        id=story.key(),
        school_year=year,
        question_set=row,
        due_on=story.today + timedelta(days=14) if is_open else date(year, 11, 8),
        opened_by=board,
        opened_at=story.at(9, 0, opened_on),
        closed_at=None if is_open else story.at(17, 0, date(year, 11, 15)),
    )
    sheets = [
        _sheet(story, school, slug, year, is_open=is_open)
        for slug, school in [("", None), *sorted(story.school_ids.items())]
    ]
    pour(
        AnswerSheet,
        ("id", "round_id", "school_id", "confirmed_by", "confirmed_at"),
        [(s.id, current.id, s.school, s.by, s.at) for s in sheets],
    )
    answers = [a for sheet in sheets for a in _answers(story, questions, sheet, year)]
    told = [row for answer in answers for row in _told(story, questions, answer)]
    pour(FollowUpAnswer, ("id", "sheet_id", "item", "value"), told)
    return pour(ChecklistAnswer, ("id", "sheet_id", "item", "value"), answers)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write; ``share``: how much of it is answered."""

    id: str
    slug: str
    school: UUID | None
    share: float
    by: UUID | None
    at: object


def _sheet(story: Story, school: UUID | None, slug: str, year: int, *, is_open: bool) -> Sheet:
    chance = Random(f"{story.municipality.slug} {year} {slug} sheet")  # noqa: S311
    draw = chance.random()
    share = 1.0
    if is_open:
        share = 0.4 if slug == DRAFT or school is None or draw > 0.88 else 1.0 if draw < 0.7 else 0
    if share < 1:
        return Sheet(story.key(), slug, school, share, None, None)
    day = story.today - timedelta(days=1 + int(draw * 20)) if is_open else date(year, 11, 6)
    return Sheet(story.key(), slug, school, share, _head(story, school), story.at(16, 20, day))


def _head(story: Story, school: UUID | None) -> UUID:
    """Return who confirms: the principal of a school, somebody of the board."""
    post = Post.PRINCIPAL if school else Post.BOARD_OFFICER
    rows = Appointment.objects.filter(on_day(story.today), school_id=school, post=post)
    found = rows.order_by("id").values_list("staff_member_id", flat=True).first()
    return found or next(iter(story.people.values()))


def _answers(story: Story, questions: QuestionSet, sheet: Sheet, year: int) -> Iterator[Row]:
    respondent = "school" if sheet.school else "board"
    asked = [q for q in questions.questions if q.respondent == respondent and q.scale]
    chance = Random(f"{story.municipality.slug} {sheet.slug} answers")  # noqa: S311
    eager = chance.uniform(-0.15, 0.15)
    for question in asked[: round(len(asked) * sheet.share)]:
        nation = question.figure_of("nation")
        likely = float(nation.percent) / 100 if nation else 0.4
        grown = likely - GROWTH + eager + GROWTH * (year - school_year_of(story.today) + ROUNDS - 1)
        answer = _answer(question, chance.random() < grown, chance.random())
        yield (story.key(), sheet.id, question.key, answer.value)


def _answer(question: Question, is_good: bool, draw: float) -> Answer:
    """Return an answer of the question's scale, good ones by ``is_good``."""
    if question.answer_type in (AnswerType.BINARY, AnswerType.INVERTED_BINARY):
        wants_no = question.polarity is Polarity.INVERTED
        return Answer.YES if is_good is not wants_no else Answer.NO
    if is_good:
        is_full = Answer.FULLY in question.scale and draw < 0.5
        return Answer.FULLY if is_full else Answer.HALF_OR_MORE
    return Answer.LESS_THAN_HALF if draw < 0.45 else Answer.NOT_AT_ALL


def _told(story: Story, questions: QuestionSet, answer: Row) -> Iterator[Row]:
    """Give what was told beside an answer that leads to more; the first choices are the likelier."""
    _key, sheet, item, value = answer
    question = next(q for q in questions.questions if q.key == item)
    if not question.asks_on(Answer(value)):
        return
    chance = Random(f"{item} {story.municipality.slug} {sheet}")  # noqa: S311
    for place, choice in enumerate(question.follow_up_choices):
        if chance.random() < 0.75 - 0.15 * place:
            yield (story.key(), sheet, item, choice)
