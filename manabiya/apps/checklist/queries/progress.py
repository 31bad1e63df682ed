"""How far the schools are with the open round, and what waits at a school."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from manabiya.apps.checklist.models import AnswerSheet, AnswerSheetStep, ChecklistRound
from manabiya.apps.checklist.policies import CITY_VIEW, SHEET_ANSWER
from manabiya.apps.checklist.queries.years import Year, years
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import schools_of_municipality


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A school in the list. ``state``: confirmed, draft or none."""

    sheet_id: UUID
    name: str
    state: str
    answered: int
    confirmed_at: datetime | None
    reminded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """A round with a line for each of its schools; ``year`` is None before the first."""

    year: Year | None
    asked: int
    lines: tuple[ProgressLine, ...]
    board: AnswerSheet | None
    earlier: tuple[Year, ...] = ()

    def count(self, state: str) -> int:
        """Return how many schools are in a state."""
        return sum(line.state == state for line in self.lines)

    @property
    def confirmed(self) -> int:
        """Return how many schools have confirmed."""
        return self.count("confirmed")

    @property
    def drafts(self) -> int:
        """Return how many have begun."""
        return self.count("draft")

    @property
    def untouched(self) -> int:
        """Return how many have not begun."""
        return self.count("none")


def progress_page(viewer: Actor, *, school_year: int | None = None) -> ProgressPage:
    """Return the progress of a round, of the newest where ``school_year`` has none."""
    CITY_VIEW.require(viewer)
    rounds = tuple(one for one in years() if one.round)
    asked_for = (one for one in rounds if one.school_year == school_year)
    year = next(asked_for, rounds[0] if rounds else None)
    if year is None:
        return ProgressPage(None, 0, (), None)
    asked = sum(bool(q.scale) and q.respondent == "school" for q in year.questions.questions)
    reminded = Max("steps__done_at", filter=Q(steps__deed=AnswerSheetStep.Deed.REMINDED))
    rows = AnswerSheet.objects.filter(round=year.round).annotate(
        answered=Count("answers", distinct=True), reminded=reminded
    )
    by_school = {row.school_id: row for row in rows}
    lines = tuple(
        _line(card.name, by_school[card.id])
        for card in schools_of_municipality()
        if card.id in by_school
    )
    return ProgressPage(year, asked, lines, by_school.get(None), rounds)


def _line(name: str, row: AnswerSheet) -> ProgressLine:
    answered: int = row.answered  # type: ignore[attr-defined]
    state = "confirmed" if row.is_confirmed else "draft" if answered else "none"
    reminded: datetime | None = row.reminded  # type: ignore[attr-defined]
    return ProgressLine(row.id, name, state, answered, row.confirmed_at, reminded)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open round a school has not confirmed yet."""

    year: Year
    due_on: date
    is_late: bool
    answered: int
    asked: int
    reminded_at: datetime | None


def waiting_of(viewer: Actor, *, today: date) -> Waiting | None:
    """Return what waits at the viewer's school; None when nothing does."""
    if not SHEET_ANSWER.may(viewer):
        return None
    sheet = (
        AnswerSheet.objects.filter(school_id=viewer.at, round__closed_at=None, confirmed_at=None)
        .select_related("round__question_set")
        .first()
    )
    if sheet is None:
        return None
    current: ChecklistRound = sheet.round
    year = Year(current.school_year, current.question_set.questions(), current)
    reminded = sheet.steps.filter(deed=AnswerSheetStep.Deed.REMINDED).order_by("-done_at").first()
    return Waiting(
        year=year,
        due_on=current.due_on,
        is_late=current.due_on < today,
        answered=sheet.answers.count(),
        asked=sum(bool(q.scale) and q.respondent == "school" for q in year.questions.questions),
        reminded_at=reminded.done_at if reminded else None,
    )
