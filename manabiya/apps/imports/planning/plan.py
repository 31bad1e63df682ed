"""The plan: what would change, line by line as it is shown, and the rows to write."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.imports.values.problems import Level, Problem
from manabiya.apps.imports.values.records import Source
from manabiya.roster.models import (
    Address,
    Appointment,
    Enrollment,
    FormerName,
    Guardian,
    GuardianRight,
    Homeroom,
    School,
    StaffMember,
    Student,
)

TABS = ("problems", "added", "changed", "moved", "missing")
NOUNS = ("school", "homeroom", "student", "guardian", "staff")
HIDDEN = "保護のため表示しません"

Difference = tuple[str, str, str]
"""Label, old value, new value."""


@dataclass(slots=True)
class Leaving:
    """What a person may decide about somebody the files don't name: stay, or end on a day."""

    key: str
    options: list[tuple[str, str]]
    chosen: str
    day: date
    first: date
    last: date

    def as_json(self) -> dict[str, Any]:
        """Return the choice as it is kept and shown."""
        days = {"day": self.day, "first": self.first, "last": self.last}
        return {
            "key": self.key,
            "options": [list(option) for option in self.options],
            "chosen": self.chosen,
            **{name: day.isoformat() for name, day in days.items()},
        }


@dataclass(slots=True)
class Line:
    """A line of the dry run: whom it is about, where, and what changes from what to what."""

    noun: str
    who: str
    where: str
    source: Source | None
    fields: list[Difference] = field(default_factory=list)
    leaving: Leaving | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the line as it is kept and shown."""
        return {
            "noun": self.noun,
            "who": self.who,
            "where": self.where,
            "file": self.source.file if self.source else None,
            "line": self.source.line if self.source else None,
            "fields": [list(difference) for difference in self.fields],
            **({"leaving": self.leaving.as_json()} if self.leaving else {}),
        }


@dataclass(slots=True)
class Choice:
    """Something only a person can decide: the row, the question and the answers."""

    key: str
    problem: Problem
    options: list[tuple[str, str]]
    chosen: str = ""


@dataclass(slots=True)
class Change:
    """Columns of a row: what they hold now (``old``) and what they will hold (``new``)."""

    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Writes:
    """The rows to write, made without asking the database."""

    schools: list[School] = field(default_factory=list)
    homerooms: list[Homeroom] = field(default_factory=list)
    students: list[Student] = field(default_factory=list)
    former_names: list[FormerName] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    enrollments: list[Enrollment] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    rights: list[GuardianRight] = field(default_factory=list)
    staff: list[StaffMember] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    changes: dict[type, dict[UUID, Change]] = field(default_factory=lambda: defaultdict(dict))

    def change(self, model: type, row: Any, **values: Any) -> None:
        """Set columns of a row; what they hold now must still be there when it is written."""
        change = self.changes[model].setdefault(row.id, Change())
        for column, value in values.items():
            change.old.setdefault(column, getattr(row, column))
            change.new[column] = value

    def end(self, model: type, row: Any, last_day: date, exit_: str = "") -> None:
        """End a dated row."""
        self.change(model, row, ends_on=last_day, **({"exit": exit_} if exit_ else {}))

    @property
    def row_count(self) -> int:
        """Return how many rows would be written."""
        lists: tuple[Sequence[Any], ...] = (
            self.schools, self.homerooms, self.students, self.former_names, self.addresses,
            self.enrollments, self.guardians, self.rights, self.staff, self.appointments,
        )  # fmt: skip
        changed = sum(len(changes) for changes in self.changes.values())
        return sum(len(rows) for rows in lists) + changed

    def seen(self) -> list[Any]:
        """Return what the rows to change hold now, also what no line may show."""
        return sorted(
            [model.__name__, str(row), sorted(change.old.items())]
            for model, changes in self.changes.items()
            for row, change in changes.items()
        )


@dataclass(slots=True)
class Plan:
    """Everything a dry run found."""

    effective_on: date
    lines: dict[str, list[Line]] = field(
        default_factory=lambda: {tab: [] for tab in TABS if tab != "problems"}
    )
    problems: list[Problem] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {noun: defaultdict(int) for noun in NOUNS}
    )
    writes: Writes = field(default_factory=Writes)
    warnings: list[str] = field(default_factory=list)
    stopped: set[Source] = field(default_factory=set)
    ended: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """Whose enrollment, right or post a person chose to end, by noun."""

    def add(self, tab: str, line: Line) -> None:
        """Show a line and count it."""
        self.lines[tab].append(line)
        self.counts[line.noun][tab] += 1

    def end_by_choice(self, noun: str, row: UUID) -> None:
        """Note an end that a person chose."""
        self.ended[noun].append(row)
        self.counts[noun]["ended"] += 1

    def count(self, noun: str, what: str, number: int = 1) -> None:
        """Count without a line (rows of the file, unchanged ones)."""
        self.counts[noun][what] += number

    def stop(
        self, noun: str, source: Source, column: str, value: str, reason: str, mend: str
    ) -> None:
        """Leave a row out and say why."""
        self._say(Level.STOP, source, column, value, reason, mend)
        self.stopped.add(source)
        self.counts[noun]["problems"] += 1

    def note(self, source: Source, column: str, value: str, reason: str, mend: str) -> None:
        """Say something about a row that is taken."""
        self._say(Level.NOTE, source, column, value, reason, mend)

    def _say(
        self, level: Level, source: Source, column: str, value: str, reason: str, mend: str
    ) -> None:
        self.problems.append(Problem(level, source.file, source.line, column, value, reason, mend))

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be written."""
        return not self.ended and not any(self.lines[tab] for tab in ("added", "changed", "moved"))

    def sorted_problems(self) -> list[Problem]:
        """Return the problems, the gravest first, then by file and line."""
        order = list(Level)
        return sorted(self.problems, key=lambda p: (order.index(p.level), p.file, p.line))

    def tab_lines(self, tab: str) -> Iterable[dict[str, Any]]:
        """Yield the lines of a tab as they are kept."""
        if tab != "problems":
            yield from (line.as_json() for line in self.lines[tab])
            return
        for choice in self.choices:
            yield {
                **_problem(choice.problem),
                "key": choice.key,
                "options": [list(option) for option in choice.options],
                "chosen": choice.chosen,
            }
        for problem in self.sorted_problems():
            yield _problem(problem)

    def digest(self) -> str:
        """Return the name of everything that is shown, and of every value that would be lost.

        What is hidden from the screen counts too: nobody's change is overwritten unseen.
        """
        content = {tab: list(self.tab_lines(tab)) for tab in TABS}
        everything = [self.effective_on.isoformat(), content, self.writes.seen()]
        packed = json.dumps(everything, ensure_ascii=False, default=str)
        return hashlib.sha256(packed.encode()).hexdigest()


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "level": problem.level.value,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "value": problem.value,
        "reason": problem.reason,
        "mend": problem.mend,
    }
