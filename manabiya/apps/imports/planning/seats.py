"""Where children belong: seats kept, changed, begun and ended, with the history behind them.

A change of school, class or grade ends an enrollment and begins another; a new 出席番号 in the
same class is a mend of the same enrollment. What began on the very day is mended in place.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.ahead import wait
from manabiya.apps.imports.planning.people import Finder
from manabiya.apps.imports.planning.plan import Difference
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import RIGHT, SKIP, Wish, Work
from manabiya.apps.imports.values.records import Source
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import GRADES, first_day, grade_on
from manabiya.roster.models import Enrollment

DAY = timedelta(days=1)
Entry, Exit = Enrollment.Entry, Enrollment.Exit


class Seating:
    """Plans enrollments; each child once."""

    def __init__(self, work: Work, finder: Finder) -> None:
        self.work = work
        self.finder = finder
        self.taken: dict[tuple[UUID, int], int] = {}
        self.seated: dict[UUID, tuple[Source, Wish]] = {}
        self.coming: set[str] = set()

    def prepare(self) -> None:
        """Complete the numbers of the 在籍 rows: the children they seat need no class elsewhere."""
        for record in self.work.records.enrollments:
            record.reference = self.finder.full_reference(record.source, record.reference)
            self.coming.add(record.reference)
        self.coming.discard("")

    def fits(self, source: Source, wish: Wish, born: date, row: Any | None = None) -> bool:
        """Return whether grade and birth date go together, or a person says they are right."""
        if wish.school.is_evening or self._is_old_news(wish, born, row):
            return True
        absolute = GRADES[SchoolKind(wish.school.kind)].start + wish.grade_level - 1
        try:
            usual = grade_on(born, self.work.year)
            expected = f"ふつうは{_grade_words(usual)}"
        except ValueError:
            usual, expected = 0, "小中学校の年齢ではありません"
        if usual == absolute:
            return True
        answer = self.work.ask(
            source,
            self.work.heading(source, "birth_date", "生年月日"),
            in_words(born),
            f"生年月日と学年が合いません({_grade_words(absolute)}とあります。{expected})",
            [(RIGHT, "この生年月日と学年で正しい"), (SKIP, "この行は取り込まない")],
        )
        if answer != RIGHT:
            self.work.plan.count("student", "problems")
        return answer == RIGHT

    def _is_old_news(self, wish: Wish, born: date, row: Any | None) -> bool:
        """Return whether the roster already holds this birth date and grade."""
        if row is None or row.birth_date != born:
            return False
        current = self.work.roster.seats_of(row.id).current
        return (
            current is not None
            and current.school_id == wish.school.id
            and current.grade_level == wish.grade_level
        )

    def begin(self, student_id: UUID, wish: Wish, previous: Any | None) -> list[Difference]:
        """Plan the first seat of a child who has none now; return its words."""
        start = self._start(wish, previous.ends_on if previous else None)
        entry = self._entry(wish, previous, start)
        self._write(student_id, wish, start, entry)
        return [
            ("学校", "", wish.school.name),
            ("学級", "", wish.homeroom.name),
            ("出席番号", "", str(wish.roll_number)),
            ("在籍の始まり", "", in_words(start)),
        ]

    def _start(self, wish: Wish, after: date | None) -> date:
        first = first_day(self.work.year)
        start = max(wish.entered_on, first) if wish.entered_on else self.work.day
        return start if after is None or start > after else self.work.day

    def _entry(self, wish: Wish, previous: Any | None, start: date) -> str:
        if previous is None:
            is_first = wish.grade_level == 1 and start == first_day(self.work.year)
            return Entry.ADMISSION if is_first else Entry.TRANSFER_IN
        if previous.school_id == wish.school.id:
            return Entry.PROMOTION
        return Entry.ADMISSION if wish.grade_level == 1 else Entry.TRANSFER_IN

    def _write(self, student_id: UUID, wish: Wish, start: date, entry: str) -> None:
        self.work.plan.writes.enrollments.append(
            Enrollment(
                student_id=student_id,
                school_id=wish.school.id,
                homeroom_id=wish.homeroom.id,
                grade_level=wish.grade_level,
                roll_number=wish.roll_number,
                starts_on=start,
                entry=entry,
            )
        )

    def move(self, source: Source, student_id: UUID, wish: Wish) -> tuple[str, list[Difference]]:
        """Plan the seat of a known child; return the tab (changed, moved, stopped) and words."""
        self.take(source, wish, student_id)
        seats = self.work.roster.seats_of(student_id)
        if self._is_same(seats.later, wish):
            return "changed", []
        current = seats.current
        if self._is_same(current, wish):
            return "changed", self._renumber(source, current, wish)
        if seats.later is not None:
            self._stop(
                source, "homeroom", "組", wish.homeroom.name,
                f"{in_words(seats.later.starts_on)}からの在籍がすでにあります",
                "「いつから」の日を確かめる",
            )  # fmt: skip
            return "stopped", []
        if current is None:
            return "changed", self.begin(student_id, wish, seats.previous)
        return self._change(student_id, current, wish)

    def take(self, source: Source, wish: Wish, student_id: UUID) -> None:
        """Note a seat; say so when two children get the same 出席番号."""
        key = (wish.homeroom.id, wish.roll_number)
        if key in self.taken:
            column = self.work.heading(source, "roll_number", "出席番号")
            reason = f"{self.taken[key]}行と、{wish.homeroom.name}の同じ出席番号です"
            self.work.plan.note(
                source, column, str(wish.roll_number), reason,
                "このまま取り込みます。番号を確かめる",
            )  # fmt: skip
        self.taken[key] = source.line
        self.seated[student_id] = (source, wish)

    def _is_same(self, row: Any, wish: Wish) -> bool:
        return row is not None and (row.school_id, row.homeroom_id, row.grade_level) == (
            wish.school.id, wish.homeroom.id, wish.grade_level,
        )  # fmt: skip

    def _renumber(self, source: Source, row: Any, wish: Wish) -> list[Difference]:
        if row.roll_number == wish.roll_number:
            return []
        if row.starts_on <= self.work.today < self.work.day:
            wait(self.work, source, "出席番号")
            return []
        self.work.plan.writes.change(Enrollment, row, roll_number=wish.roll_number)
        return [("出席番号", str(row.roll_number), str(wish.roll_number))]

    def _change(self, student_id: UUID, row: Any, wish: Wish) -> tuple[str, list[Difference]]:
        writes = self.work.plan.writes
        start = self._start(wish, row.starts_on)
        entry, exit_ = self._kinds(row, wish)
        if row.starts_on >= start:
            writes.change(
                Enrollment, row, school_id=wish.school.id, homeroom_id=wish.homeroom.id,
                grade_level=wish.grade_level, roll_number=wish.roll_number,
            )  # fmt: skip
        else:
            writes.end(Enrollment, row, start - DAY, exit_)
            self._write(student_id, wish, start, entry)
        is_move = exit_ == Exit.TRANSFER_OUT
        return "moved" if is_move else "changed", self._words(row, wish, start)

    def _kinds(self, row: Any, wish: Wish) -> tuple[str, str]:
        """Return how the child comes and how it left: from years and schools."""
        old = self.work.roster.homerooms.get(row.homeroom_id)
        is_new_year = old is not None and old.school_year < self.work.year
        if row.school_id == wish.school.id:
            kind = "PROMOTION" if is_new_year else "CLASS_CHANGE"
            return Entry[kind], Exit[kind]
        if is_new_year and wish.grade_level == 1:
            return Entry.ADMISSION, Exit.GRADUATION
        return Entry.TRANSFER_IN, Exit.TRANSFER_OUT

    def _words(self, row: Any, wish: Wish, start: date) -> list[Difference]:
        roster = self.work.roster
        old = roster.homerooms.get(row.homeroom_id)
        pairs = [
            ("学校", roster.schools[row.school_id].name, wish.school.name),
            ("学級", old.name if old else "", wish.homeroom.name),
            ("学年", str(row.grade_level), str(wish.grade_level)),
            ("出席番号", str(row.roll_number), str(wish.roll_number)),
        ]
        return [p for p in pairs if p[1] != p[2]] + [("いつから", "", in_words(start))]

    def _stop(
        self, source: Source, key: str, label: str, value: str, reason: str, mend: str
    ) -> None:
        column = self.work.heading(source, key, label)
        self.work.plan.stop("student", source, column, value, reason, mend)


def _grade_words(absolute: int) -> str:
    return f"小{absolute}" if absolute <= 6 else f"中{absolute - 6}"
