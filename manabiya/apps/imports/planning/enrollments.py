"""The rows of 在籍 files: known and new children, seated."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.people import NOT_HERE, Finder
from manabiya.apps.imports.planning.plan import Line
from manabiya.apps.imports.planning.seats import Seating
from manabiya.apps.imports.planning.work import Wish, Work
from manabiya.apps.imports.values.records import EnrollmentRecord, Source


class EnrollmentRows:
    """Plans the rows of 在籍 files, after the children."""

    def __init__(self, work: Work, finder: Finder, seating: Seating, children: Any) -> None:
        self.work = work
        self.finder = finder
        self.seating = seating
        self.children = children

    def plan(self) -> None:
        """Seat every child the files name."""
        doubles = self._doubles()
        for record in self.work.records.enrollments:
            self.work.plan.count("student", "rows", 0 if self.work.records.students else 1)
            if record.source not in doubles:
                self._row(record)
            self.work.progress.step()

    def _doubles(self) -> set[Source]:
        groups: dict[str, list[EnrollmentRecord]] = defaultdict(list)
        for record in self.work.records.enrollments:
            if record.reference:
                groups[record.reference].append(record)
        stopped: set[Source] = set()
        for records in groups.values():
            if len(records) > 1:
                stopped |= self._stop_doubles(records)
        return stopped

    def _stop_doubles(self, records: list[EnrollmentRecord]) -> set[Source]:
        agree = all(record.place == records[0].place for record in records)
        for record in records[1:] if agree else records:
            other = next(r for r in records if r is not record).source.line
            column = self.work.heading(record.source, "reference", "識別番号")
            reason = (
                f"{other}行と同じ児童生徒です"
                if agree
                else f"{other}行と同じ児童生徒が2つの学級に入っています"
            )
            self.work.plan.stop(
                "student", record.source, column, record.reference, reason, "どちらか一方を消す"
            )
        return {record.source for record in (records[1:] if agree else records)}

    def _row(self, record: EnrollmentRecord) -> None:
        work, source = self.work, record.source
        wish = work.find_place(source, record.place)
        if wish is None:
            return
        new = self.children.by_reference.get(record.reference)
        row = self.finder.by_reference(record.reference) or (
            None if record.reference else self.finder.by_seat(record.place, record.birth_date)
        )
        column = work.heading(source, "reference", "識別番号")
        if row is not None and not self.finder.is_within(row.id):
            work.plan.stop(
                "student", source, column, record.reference, NOT_HERE, "教育委員会に連絡する"
            )
        elif row is None and new is None:
            work.plan.stop(
                "student", source, column, record.reference,
                "この児童生徒は名簿にもファイルにもいません", "児童生徒のファイルも一緒に取り込む",
            )  # fmt: skip
        elif row is not None:
            self._known(record, row, wish)
        else:
            self._new(record, new, wish)

    def _known(self, record: EnrollmentRecord, row: Any, wish: Wish) -> None:
        source, name = record.source, f"{row.family_name} {row.given_name}"
        if self._disagrees(record, row.id, wish):
            return
        if not self.seating.fits(source, wish, record.birth_date or row.birth_date, row):
            return
        tab, words = self.seating.move(source, row.id, wish)
        is_first = row.id not in self.work.matched
        self.work.matched.setdefault(row.id, source)
        if words:
            where = f"{wish.school.name} {wish.homeroom.name}"
            self.work.plan.add(tab, Line("student", name, where, source, words))
        elif tab != "stopped" and is_first:
            self.work.plan.count("student", "same")

    def _disagrees(self, record: EnrollmentRecord, student_id: UUID, wish: Wish) -> bool:
        """Stop a row that contradicts the class in the file of the children."""
        before = self.seating.seated.get(student_id)
        if before is None or (before[1].homeroom.id, before[1].roll_number) == (
            wish.homeroom.id, wish.roll_number,
        ):  # fmt: skip
            return False
        column = self.work.heading(record.source, "homeroom", "組")
        reason = "児童生徒のファイルと、学級か出席番号が違います"
        self.work.plan.stop(
            "student", record.source, column, wish.homeroom.name, reason, "どちらか一方に直す"
        )
        return True

    def _new(self, record: EnrollmentRecord, student_id: UUID, wish: Wish) -> None:
        if self._disagrees(record, student_id, wish) or student_id in self.seating.seated:
            return
        born = self.children.births[student_id]
        if not self.seating.fits(record.source, wish, born):
            return
        self.seating.take(record.source, wish, student_id)
        words = self.seating.begin(student_id, wish, None)
        name = self.children.names[student_id]
        where = f"{wish.school.name} {wish.homeroom.name}"
        line = Line("student", name, where, record.source, words)
        self.work.plan.lines["added"].append(line)
