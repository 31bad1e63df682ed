"""The answers of one respondent: the form, its history, and a school's own standing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from manabiya.apps.checklist.models import AnswerSheet, AnswerSheetStep, ChecklistRound
from manabiya.apps.checklist.policies import BOARD_ANSWER, CITY_VIEW, SHEET_VIEW
from manabiya.apps.checklist.queries.evidence import Actual, actuals
from manabiya.apps.checklist.queries.years import Year, counts_of, years
from manabiya.apps.checklist.rules import FEWEST_SCHOOLS, points, share, word
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Answer
from manabiya.law.checklist_points import Points
from manabiya.law.checklist_sets import Question
from manabiya.roster.queries import names_of

NOTHING = "未回答"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked next: named ``choices`` to tick, or ``text`` where it names none."""

    title: str
    choices: tuple[Choice, ...]
    text: str

    @property
    def said(self) -> str:
        """Return what was told, empty for nothing."""
        return self.text or "、".join(choice.label for choice in self.choices if choice.is_chosen)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its choices; ``before``: the same respondent's last answer, in words.

    ``follow_up`` is None where nothing is asked next. ``kept``: what is stored, in words, where
    the choices show something else that was typed.

    ``city``: the share of the city's schools in the last closed round, where enough stand behind it.
    ``actual``: what the product's rows of the own school say of the last days.
    """

    question: Question
    choices: tuple[Choice, ...]
    before: str
    city: Decimal | None
    actual: Actual | None
    follow_up: FollowUp | None = None
    kept: str = ""

    @property
    def stored(self) -> str:
        """Return what is stored, in words."""
        return self.kept or self.said or NOTHING

    @property
    def said(self) -> str:
        """Return the chosen answer with what was told beside it, in words; empty for none."""
        told = self.follow_up.said if self.follow_up else ""
        return f"{self.answer}({told})" if told else self.answer

    @property
    def answer(self) -> str:
        """Return the chosen answer in words, empty for none."""
        return next((choice.label for choice in self.choices if choice.is_chosen), "")


@dataclass(frozen=True, slots=True)
class Step:
    """A deed on the sheet, for people."""

    label: str
    who: str
    at: object
    reason: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet with its questions. ``standing_year``: the round the city's shares are of."""

    sheet: AnswerSheet
    round: ChecklistRound
    year: Year
    name: str
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...]
    points: Points
    standing_year: Year | None
    earlier: tuple[Year, ...]

    @property
    def answerable(self) -> list[Asked]:
        """Return the questions that can be answered."""
        return [one for one in self.asked if one.choices]

    @property
    def answered(self) -> int:
        """Return how many are answered."""
        return sum(bool(one.answer) for one in self.answerable)

    @property
    def is_writable(self) -> bool:
        """Return whether answers can be changed now."""
        return self.round.is_open and not self.sheet.is_confirmed


def school_sheet(viewer: Actor, *, school_year: int | None, today: date) -> SheetPage | None:
    """Return the own sheet of the viewer's school, of the newest round; None without a round."""
    SHEET_VIEW.require(viewer)
    rows = SHEET_VIEW.filter(viewer, AnswerSheet.objects.filter(school_id=viewer.at))
    return _newest(rows, school_year, today)


def board_sheet(viewer: Actor, *, school_year: int | None, today: date) -> SheetPage | None:
    """Return the board's own sheet of the newest round; None without a round."""
    BOARD_ANSWER.require(viewer)
    return _newest(AnswerSheet.objects.filter(school=None), school_year, today)


def sheet_of(viewer: Actor, sheet_id: UUID, *, today: date) -> SheetPage:
    """Return a school's sheet for the board; 404 for any other viewer and sheet."""
    rows = AnswerSheet.objects.exclude(school=None).select_related("round__question_set", "school")
    return _page(CITY_VIEW.get(viewer, rows, pk=sheet_id), today)


def _newest(rows, school_year: int | None, today: date) -> SheetPage | None:  # type: ignore[no-untyped-def]
    rows = rows.select_related("round__question_set", "school").order_by("-round__school_year")
    if school_year is not None:
        rows = rows.filter(round__school_year=school_year)
    found = rows.first()
    return _page(found, today) if found else None


def with_typed(
    page: SheetPage,
    answers: Mapping[str, str],
    follow_ups: Mapping[str, Sequence[str]],
    shown: Mapping[str, str],
) -> SheetPage:
    """Return the page with what was typed chosen in the place of what is stored.

    ``shown``: item → what the form showed as stored when it was opened. An item that was left as
    it was shown was not typed: what is stored now stands there, so that nobody undoes it unaware.
    """
    found = []
    for one in page.asked:
        key = one.question.key
        typed = one
        if key in answers or key in follow_ups:
            typed = _retyped(one, answers.get(key), follow_ups.get(key, ()))
        found.append(one if shown.get(key) == (typed.said or NOTHING) else typed)
    return replace(page, asked=tuple(found))


def typed_otherwise(page: SheetPage, typed: SheetPage) -> list[Asked]:
    """Return what was typed and differs from what is stored; ``kept`` says what is stored."""
    return [now for now, was in zip(typed.asked, page.asked, strict=True) if now.said != was.said]


def _retyped(one: Asked, answer: str | None, told: Sequence[str]) -> Asked:
    typed = replace(
        one,
        choices=one.choices if answer is None else _choices(one.question, answer),
        follow_up=_follow_up(one.question, told),
    )
    return replace(typed, kept=one.stored) if typed.said != one.said else typed


def _page(sheet: AnswerSheet, today: date) -> SheetPage:
    every = years()
    year = next(one for one in every if one.round and one.round.id == sheet.round_id)
    respondent = "board" if sheet.school_id is None else "school"
    questions = [q for q in year.questions.questions if q.respondent == respondent]
    answers = dict(sheet.answers.values_list("item", "value"))
    told = _told(sheet)
    former = _former(sheet)
    standing = next((one for one in every if one.round and one.is_final), None)
    shares = _shares(standing) if respondent == "school" else {}
    shown = actuals([sheet.school_id], today=today) if sheet.school_id else {}
    asked = tuple(
        Asked(
            question,
            _choices(question, answers.get(question.key, "")),
            _said(question, former.get(question.key, "")),
            shares.get(question.key),
            next(iter(shown.get(question.key, [])), None),
            _follow_up(question, told.get(question.key, ())),
        )
        for question in questions
    )
    return SheetPage(
        sheet=sheet,
        round=sheet.round,
        year=year,
        name=sheet.school.name if sheet.school else "",
        asked=asked,
        steps=_steps(sheet),
        points=points(questions, answers),
        standing_year=standing if shares else None,
        earlier=_answered_years(sheet, every),
    )


def _choices(question: Question, chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(answer.value, word(question, answer), answer.value == chosen)
        for answer in question.scale
    )


def _follow_up(question: Question, told: Sequence[str]) -> FollowUp | None:
    if not question.follow_up:
        return None
    named = question.follow_up_choices
    return FollowUp(
        question.follow_up_title,
        tuple(Choice(name, name, name in told) for name in named),
        "" if named else "、".join(told),
    )


def _told(sheet: AnswerSheet) -> Mapping[str, Sequence[str]]:
    """Return item → what was told beside its answer (one query)."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item, value in sheet.follow_ups.order_by("value").values_list("item", "value"):
        found[item].append(value)
    return found


def _answered_years(sheet: AnswerSheet, every: Sequence[Year]) -> tuple[Year, ...]:
    """Return the years the same respondent has a sheet of (one query)."""
    rounds = set(
        AnswerSheet.objects.filter(school_id=sheet.school_id).values_list("round_id", flat=True)
    )
    return tuple(one for one in every if one.round and one.round.id in rounds)


def _said(question: Question, value: str) -> str:
    if not value or Answer(value) not in question.scale:
        return ""
    return word(question, Answer(value))


def _former(sheet: AnswerSheet) -> dict[str, str]:
    """Return the same respondent's confirmed answers of the round before."""
    before = (
        AnswerSheet.objects.filter(
            school_id=sheet.school_id,
            round__school_year__lt=sheet.round.school_year,
            confirmed_at__isnull=False,
        )
        .order_by("-round__school_year")
        .first()
    )
    return dict(before.answers.values_list("item", "value")) if before else {}


def _shares(standing: Year | None) -> Mapping[str, Decimal]:
    """Return the city's shares a school may see: of a closed round, with enough schools behind."""
    if standing is None:
        return {}
    counts = counts_of(standing)
    found = {}
    for question in standing.questions.questions:
        counted = share(question, counts.get(question.key, {}))
        if counted and counted.n >= FEWEST_SCHOOLS:
            found[question.key] = counted.percent
    return found


def _steps(sheet: AnswerSheet) -> tuple[Step, ...]:
    """Return the last deeds, the newest first (two queries)."""
    rows = list(AnswerSheetStep.objects.filter(sheet=sheet).order_by("-done_at", "-id")[:20])
    names = names_of({row.done_by for row in rows})
    return tuple(
        Step(str(row.get_deed_display()), names.get(row.done_by, ""), row.done_at, row.reason)
        for row in rows
    )
