"""Behind every 出席停止, 忌引 and 出席扱い of the story: what was proposed and decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import (
    AttendanceMark,
    ExcusedPeriod,
    ExcusedPeriodChange,
    FacilityDay,
)
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.roster.models import Appointment, Post
from manabiya.roster.story import Story

KINDS = {code: kind for kind, code in excused.CODES.items()}
SAME = timedelta(days=4)
"""Days apart at most for two marks to be of one period: a weekend and a holiday between them.
Learning elsewhere is decided once: absences between its days lie in the same period."""
COLUMNS = (
    "id", "student_id", "school_id", "kind", "disease", "relation", "facility", "first_day",
    "last_day", "earliest_return", "status", "version", "proposed_by_id", "proposed_at",
    "decided_by_id", "decided_at",
)  # fmt: skip


@dataclass(slots=True)
class _Run:
    """Marks of one child that belong together."""

    student: UUID
    school: UUID
    kind: str
    teacher: UUID
    first: date
    last: date
    days: list[date]


def tell(story: Story) -> None:
    """Write a decided period for every run of such marks that has none (inside ``tenant()``)."""
    principals = dict(
        Appointment.objects.filter(post=Post.PRINCIPAL, is_main=True)
        .order_by("starts_on")
        .values_list("school_id", "staff_member_id")
    )
    runs = list(_runs())
    ids = [story.key() for _ in runs]
    rows = [_row(story, key, run, principals) for key, run in zip(ids, runs, strict=True)]
    count = pour(ExcusedPeriod, COLUMNS, rows)
    pour(
        ExcusedPeriodChange,
        ("id", "period_id", "deed", "changed_by_id", "changed_at"),
        _changes(story, rows),
    )
    pour(
        FacilityDay,
        ("id", "period_id", "date", "is_visited", "noted_by_id", "noted_at"),
        _visits(story, rows, runs),
    )
    story.say(f"  決まった出席停止・忌引・出席扱い {count}")


def _runs() -> Iterator[_Run]:
    marks = AttendanceMark.objects.filter(status__in=KINDS, cause__in=("S1", "S5", ""))
    found: _Run | None = None
    for student, day, status, school, teacher in marks.order_by("student_id", "date").values_list(
        "student_id", "date", "status", "homeroom__school_id", "decided_by_id"
    ):
        key = (student, school, KINDS[status])
        if found and key == (found.student, found.school, found.kind) and _is_same(found, day):
            found.last = day
            found.days.append(day)
            continue
        if found:
            yield found
        found = _Run(*key, teacher, day, day, [day])
    if found:
        yield found


def _is_same(run: _Run, day: date) -> bool:
    return run.kind == excused.DEEMED_PRESENT or day - run.last <= SAME


def _visits(story: Story, rows: list[Row], runs: list[_Run]) -> Iterator[Row]:
    """Yield what the facility said: every day of the story the child learned there."""
    for row, run in zip(rows, runs, strict=True):
        if run.kind == excused.DEEMED_PRESENT:
            for day in run.days:
                yield story.key(), row[0], day, True, run.teacher, story.at(16, 0, day)


def _row(story: Story, key: str, run: _Run, principals: dict[Any, UUID]) -> Row:
    is_ill = run.kind == excused.SUSPENSION
    back = run.last + timedelta(days=1) if is_ill else None
    return (
        key, run.student, run.school, run.kind, "influenza" if is_ill else "",
        "grandparent" if run.kind == excused.BEREAVEMENT else "",
        "教育支援センター" if run.kind == excused.DEEMED_PRESENT else "",
        run.first, run.last, back, excused.ENDED, 2, run.teacher, story.at(8, 40, run.first),
        principals.get(run.school, run.teacher), story.at(10, 5, run.first),
    )  # fmt: skip


def _changes(story: Story, rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        key, proposer, proposed_at, decider, decided_at = row[0], *row[12:16]
        yield story.key(), key, "proposed", proposer, proposed_at
        yield story.key(), key, "decided", decider, decided_at
