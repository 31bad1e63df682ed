"""Question sets: those a municipality has, and those that can be taken."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from manabiya.apps.checklist.models import ChecklistRound, ChecklistSet
from manabiya.apps.checklist.policies import ROUND_MANAGE
from manabiya.apps.checklist.services.answer_rows import CODE, NAME, heading_of, next_heading_of
from manabiya.apps.checklist.shipped import shipped_keys, shipped_set
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.exchange import Column, Table
from manabiya.law.checklist_sets import QuestionSet
from manabiya.roster.models import School


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set a municipality has, in its newest version."""

    row: ChecklistSet
    questions: QuestionSet

    @property
    def without_wording(self) -> int:
        """Return how many questions have no wording."""
        return sum(not question.wording for question in self.questions.questions)

    @property
    def without_scale(self) -> int:
        """Return how many can't be answered yet."""
        return sum(not question.scale for question in self.questions.questions)


@dataclass(frozen=True, slots=True)
class SetPage:
    """The sets there are, those that are shipped, and whether a round is open."""

    lines: tuple[SetLine, ...]
    offered: tuple[QuestionSet, ...]
    has_open_round: bool


def set_page(viewer: Actor) -> SetPage:
    """Return the question sets, the newest version of each."""
    ROUND_MANAGE.require(viewer)
    newest: dict[str, ChecklistSet] = {}
    for row in ChecklistSet.objects.order_by("version"):
        newest[row.key] = row
    lines = [SetLine(row, row.questions()) for row in newest.values()]
    return SetPage(
        tuple(sorted(lines, key=lambda line: -line.questions.school_year)),
        tuple(shipped_set(key) for key in shipped_keys() if key not in newest),
        ChecklistRound.objects.filter(closed_at=None).exists(),
    )


def set_of(viewer: Actor, set_id: UUID) -> SetLine:
    """Return one set; 404 where there is none."""
    ROUND_MANAGE.require(viewer)
    row = ChecklistSet.objects.filter(pk=set_id).first()
    if row is None:
        raise Http404
    return SetLine(row, row.questions())


def answer_pattern(viewer: Actor, set_id: UUID) -> Table:
    """Return the empty table of schools' answers; 404 where there is no such set."""
    line = set_of(viewer, set_id)
    headings = [
        heading
        for question in line.questions.questions
        if question.respondent == "school" and question.scale
        for heading in (
            heading_of(question),
            *((next_heading_of(question),) if question.follow_up else ()),
        )
    ]
    rows = School.objects.order_by("code").values_list("code", "name")
    columns = (Column(CODE, 16), Column(NAME, 28), *(Column(heading, 20) for heading in headings))
    blank = ("",) * len(headings)
    return Table("学校ごとの回答", columns, [(*row, *blank) for row in rows])
