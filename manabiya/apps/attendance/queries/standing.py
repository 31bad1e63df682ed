"""What stands for a class on a day: class day, marks, open reports, periods; in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from manabiya.apps.attendance import by_period, excused, rules
from manabiya.apps.attendance.queries import standing_rows as rows


@dataclass(frozen=True, slots=True)
class ReportOnClass:
    """A report as the teacher sees it."""

    id: UUID
    kind: str
    reason: str
    note: str
    expected_time: time | None
    submitted_at: datetime
    is_after_cutoff: bool
    is_open: bool
    staff_name: str


@dataclass(frozen=True, slots=True)
class MarkOnClass:
    """A decided value as the teacher sees it."""

    id: UUID
    code: str
    reason: str
    note: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class PeriodOnClass:
    """A period that holds on the day: waiting, or decided.

    ``excuses``: an absence on the day is what was decided (出席扱い: the child was at the facility).
    """

    id: UUID
    kind: str
    disease: str
    days: excused.Days
    is_decided: bool
    excuses: bool
    at: datetime
    by: str

    @property
    def reason(self) -> str:
        """Return the reason its marks carry."""
        return excused.REASONS.get(self.kind, "")


@dataclass
class ClassStanding:
    """Everything said about a class on a day; ``class_day_id`` only when a row exists.

    ``homes``: guest (交流学級) → the class whose day counts for it; of those classes
    ``taken``: class → periods somebody took; ``lessons``: child → exceptions by period, and
    ``lessons_by`` when and by whom the last of them. ``homes_confirmed`` says when and by whom they were confirmed.
    """

    homeroom_id: UUID
    class_day_id: UUID | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    homes: Mapping[UUID, UUID] = field(default_factory=dict)
    taken: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))
    lessons: dict[UUID, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    lessons_by: dict[UUID, tuple[datetime, str]] = field(default_factory=dict)
    homes_confirmed: dict[UUID, tuple[datetime, str]] = field(default_factory=dict)
    marks: dict[UUID, MarkOnClass] = field(default_factory=dict)
    reports: dict[UUID, list[ReportOnClass]] = field(default_factory=lambda: defaultdict(list))
    periods: dict[UUID, PeriodOnClass] = field(default_factory=dict)

    @property
    def is_confirmed(self) -> bool:
        """Return whether the class day was confirmed."""
        return self.confirmed_at is not None

    def confirmation(self, student_id: UUID) -> tuple[datetime, str] | None:
        """Return when and by whom the child's own class was confirmed, None while it is open."""
        if student_id in self.homes:
            return self.homes_confirmed.get(self.homes[student_id])
        return None if self.confirmed_at is None else (self.confirmed_at, self.confirmed_by)

    def of(self, student_id: UUID) -> rules.Standing:
        """Return what stands for a child: the mark, else period and proposal, else present."""
        code = self.excused_code(student_id)
        mark = self.marks.get(student_id)
        if mark is not None:
            return rules.Standing(
                mark.code, mark.reason, True, mark.decided_by, mark.decided_at, code
            )
        confirmed = self.confirmation(student_id)
        if confirmed is not None:
            at, by = confirmed
            return rules.Standing(rules.PRESENT, "", True, by, at, code)
        period = self.periods.get(student_id)
        if period is not None and code:
            return rules.Standing(code, period.reason, False, period.by, period.at, code)
        return self._with_lessons(student_id, self._proposed(student_id))

    def _proposed(self, student_id: UUID) -> rules.Standing:
        """Return what a waiting period, else the child's open reports propose."""
        period, proposal = self.periods.get(student_id), self.proposal(student_id)
        if period is not None:
            pending = excused.pending_code(period.kind, proposal.code if proposal else "")
            reason = period.reason or (proposal.reason if proposal else "")
            return rules.Standing(pending, reason, False, period.by, period.at)
        if proposal is None:
            return rules.Standing()
        last = self.reports[student_id][-1]
        return rules.Standing(
            proposal.code, proposal.reason, False, last.staff_name, last.submitted_at
        )

    def _with_lessons(self, student_id: UUID, said: rules.Standing) -> rules.Standing:
        """Return what the taken periods make of a proposal."""
        code = by_period.propose(self.lessons_of(student_id), said.code)
        if code == said.code:
            return said
        at, by = self.lessons_by.get(student_id, (said.at, said.by))
        return rules.Standing(code, said.reason, False, by, at)

    def lessons_of(self, student_id: UUID) -> by_period.Lessons:
        """Return the child's lessons so far."""
        taken = self.taken.get(self.homes.get(student_id, self.homeroom_id), ())
        return by_period.Lessons(frozenset(taken), self.lessons.get(student_id))

    def excused_code(self, student_id: UUID) -> str:
        """Return the code a decided period gives the child's day, or an empty text."""
        period = self.periods.get(student_id)
        return excused.CODES[period.kind] if period is not None and period.excuses else ""

    def proposal(self, student_id: UUID) -> rules.Proposal | None:
        """Return what the child's open reports propose."""
        return rules.propose(
            rules.Claim(r.id, r.kind, r.reason, r.submitted_at)
            for r in self.reports.get(student_id, ())
            if r.is_open
        )

    def hide_consultations(self, student_ids: Collection[UUID] | None = None) -> None:
        """Show 相談・登校しぶり as その他, without its note, to whom it is not meant for.

        Of everybody, or of ``student_ids`` only.
        """
        chosen = {*self.marks, *self.reports} if student_ids is None else set(student_ids)
        for student_id in chosen & self.marks.keys():
            mark = self.marks[student_id]
            if mark.reason == rules.CONSULTATION:
                self.marks[student_id] = replace(mark, reason=rules.OTHER_REASON, note="")
        for student_id in chosen & self.reports.keys():
            reports = self.reports[student_id]
            self.reports[student_id] = [
                replace(report, reason=rules.OTHER_REASON, note="")
                if report.reason == rules.CONSULTATION
                else report
                for report in reports
            ]

    def codes(self, student_ids: Collection[UUID]) -> Mapping[UUID, rules.Standing]:
        """Return what stands for each of the children."""
        return {student_id: self.of(student_id) for student_id in student_ids}


def read_standing(
    homeroom_id: UUID,
    day: date,
    student_ids: Collection[UUID],
    homes: Mapping[UUID, UUID] | None = None,
) -> ClassStanding:
    """Return what stands for a homeroom on ``day`` (one query over six tables).

    ``homes``: guest → own class; guests are among ``student_ids`` as well.
    """
    found = ClassStanding(homeroom_id, homes=homes or {})
    classes = [homeroom_id, *found.homes.values()]
    asked = rows.class_days(classes, day).union(
        rows.marks(homeroom_id, day, found.homes),
        rows.reports(day, student_ids),
        rows.rolls(classes, day),
        rows.lessons(classes, day),
        rows.periods(day, student_ids),
        all=True,
    )
    for row in sorted(asked, key=lambda row: row[8]):
        _take(found, row, homeroom_id)
    return found


def _take(found: ClassStanding, row: tuple[Any, ...], homeroom_id: UUID) -> None:
    kind, row_id, student_id, code, flag, other, reason, note, at, moment, family, given = row
    name = f"{family} {given}".strip() if family else ""
    match kind:
        case "day" if student_id != homeroom_id:
            found.homes_confirmed[student_id] = at, name
        case "day":
            found.class_day_id, found.confirmed_at, found.confirmed_by = row_id, at, name
        case "mark":
            code = rules.code_of(code, late=flag, left_early=other)
            found.marks[student_id] = MarkOnClass(row_id, code, reason, note, at, name)
        case "roll":
            found.taken[student_id].add(int(note))
        case "lesson":
            found.lessons[student_id][int(note)] = code
            found.lessons_by[student_id] = at, name
        case "period":
            found.periods[student_id] = PeriodOnClass(
                row_id, code, reason, _days(note), flag, other, at, name
            )
        case _:
            found.reports[student_id].append(
                ReportOnClass(row_id, code, reason, note, moment, at, flag, other, name)
            )


def _days(text: str) -> excused.Days:
    first, _space, last = text.partition(" ")
    return excused.Days(date.fromisoformat(first), date.fromisoformat(last) if last else None)
