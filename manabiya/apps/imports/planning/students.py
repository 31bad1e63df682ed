"""Children: added, changed with their histories, and the doubles of the files."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.addresses import plan_address
from manabiya.apps.imports.planning.ahead import what_holds_now
from manabiya.apps.imports.planning.names import keep_former_name
from manabiya.apps.imports.planning.people import NOT_HERE, Finder, cut_as_known, is_whole_name
from manabiya.apps.imports.planning.plan import Difference, Line
from manabiya.apps.imports.planning.roster import PROVISIONAL
from manabiya.apps.imports.planning.seats import Seating
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import NEW, SKIP, Wish, Work
from manabiya.apps.imports.values.records import Name, Source, StudentRecord
from manabiya.kernel.tenancy.ids import uuid7
from manabiya.roster.models import Student

PREFERRED = {
    "preferred_family_name": ("通称の姓", "family"),
    "preferred_given_name": ("通称の名", "given"),
    "preferred_family_kana": ("通称の姓のかな", "family_kana"),
    "preferred_given_kana": ("通称の名のかな", "given_kana"),
}


class Children:
    """Plans the children of the files. ``of_row``: the child of each row, for the guardians."""

    def __init__(self, work: Work, finder: Finder, seating: Seating) -> None:
        self.work = work
        self.finder = finder
        self.seating = seating
        self.of_row: dict[Source, UUID] = {}
        self.by_reference: dict[str, UUID] = {}
        self.names: dict[UUID, str] = {}
        self.births: dict[UUID, date] = {}

    def plan(self) -> None:
        """Plan every child once."""
        for record in self.work.records.students:
            self.work.plan.count("student", "rows")
            record.reference = self.finder.full_reference(record.source, record.reference)
        doubles = self._doubles()
        for record in self.work.records.students:
            if record.source not in doubles:
                self._child(record)
            self.work.progress.step()

    def _doubles(self) -> set[Source]:
        """Stop rows about the same child: all when they disagree, else all but the first."""
        groups: dict[Any, list[StudentRecord]] = defaultdict(list)
        for record in self.work.records.students:
            key: Any = record.reference or (
                record.name.shown, record.birth_date, record.place.school
            )  # fmt: skip
            groups[key].append(record)
        stopped: set[Source] = set()
        for records in groups.values():
            if len(records) > 1:
                stopped |= self._stop_doubles(records)
        return stopped

    def _stop_doubles(self, records: list[StudentRecord]) -> set[Source]:
        first = records[0]
        classes = {(r.place.school, r.place.grade_level, r.place.homeroom) for r in records}
        agree = all(_content(record) == _content(first) for record in records)
        for record in records[1:] if agree else records:
            other = next(r for r in records if r is not record).source
            line = f"{other.line}行" if other.file == record.source.file else "ほかのファイル"
            reason = (
                f"{line}と同じ児童生徒が2つの学級に入っています"
                if len(classes) > 1
                else f"{line}と同じ児童生徒です"
            )
            column = self.work.heading(record.source, "reference", "識別番号")
            value = record.reference or record.name.shown
            mend = "どちらか一方を消す"
            self.work.plan.stop("student", record.source, column, value, reason, mend)
        return {record.source for record in (records[1:] if agree else records)}

    def _child(self, record: StudentRecord) -> None:
        wish = None
        if self._has_place(record):
            wish = self.work.find_place(record.source, record.place)
            if wish is None:
                return
        row = self._find(record)
        if row is False:
            return
        if row is None:
            self._add(record, wish)
        else:
            self._change(record, row, wish)

    def _has_place(self, record: StudentRecord) -> bool:
        place = record.place
        return bool(place.homeroom or place.grade_level or place.roll_number)

    def _find(self, record: StudentRecord) -> Any:
        """Return the child of a row, None for a new one, False when the row can't go on."""
        work, source = self.work, record.source
        column = work.heading(source, "reference", "識別番号")
        row = self.finder.by_reference(record.reference)
        if row is not None:
            return self._if_same(record, row, column)
        seated = self.finder.by_seat(record.place, record.birth_date)
        if seated is not None and (
            not record.reference or seated.reference.startswith(PROVISIONAL)
        ):
            return seated
        rows = [seated] if seated else []
        rows += self.finder.candidates(record.name, record.birth_date, both=bool(record.reference))
        unique = {r.id: r for r in rows if r.reference not in self.finder.in_files}
        rows = list(unique.values())
        if not rows:
            return None
        reason = "名簿に、同じ日に生まれたよく似た名前の児童生徒がいます"
        answer = self.finder.choose(source, record.name, rows, reason, column)
        if answer in ("", SKIP):
            work.plan.count("student", "problems")
            return False
        return None if answer == NEW else work.roster.students[UUID(answer)]

    def _if_same(self, record: StudentRecord, row: Any, column: str) -> Any:
        """Return the row, or False when number and person can't belong together."""
        work, source = self.work, record.source
        if not self.finder.is_within(row.id):
            work.plan.stop(
                "student", source, column, record.reference, NOT_HERE, "教育委員会に連絡する"
            )
            return False
        name = record.name
        others = not is_whole_name(name.whole, row) and (
            name.family != row.family_name and name.given != row.given_name
        )
        if record.birth_date and record.birth_date != row.birth_date and others:
            reason = "名簿の同じ番号の児童生徒と、氏名も生年月日も違います"
            work.plan.stop("student", source, column, record.reference, reason, "番号を確かめる")
            return False
        return row

    def _name(self, record: StudentRecord, row: Any | None) -> Name | None:
        """Return the name in two parts; None when it can't be told where 姓 ends."""
        name = record.name
        if not name.whole:
            return name if row is None else cut_as_known(name, row)
        if row is not None and is_whole_name(name.whole, row):
            return Name(row.family_name, row.given_name, name.family_kana, name.given_kana)
        self.work.plan.stop(
            "student", record.source, self.work.heading(record.source, "name", "氏名"), name.whole,
            "どこまでが姓か分かりません", "姓と名の間に空白を入れる",
        )  # fmt: skip
        return None

    def _add(self, record: StudentRecord, wish: Wish | None) -> None:
        name = self._name(record, None)
        if name is None or record.birth_date is None or not self._is_whole(record, name):
            return
        if wish is None:
            column = self.work.heading(record.source, "homeroom", "組")
            reason = "新しい児童生徒の学校と学級が書かれていません"
            mend = "学校・学年・組・番号の列を足すか、在籍のファイルも一緒に取り込む"
            if record.reference not in self.seating.coming:
                self.work.plan.stop("student", record.source, column, "", reason, mend)
                return
        if wish is not None and not self.seating.fits(record.source, wish, record.birth_date):
            return
        student = Student(
            id=uuid7(),
            reference=record.reference or f"{PROVISIONAL}{uuid7().hex[-20:]}",
            family_name=name.family,
            given_name=name.given,
            family_kana=name.family_kana,
            given_kana=name.given_kana,
            birth_date=record.birth_date,
            sex=record.sex,
            preferred_used_in=[],
        )
        self._prefer(student, record)
        self._know(record, student.id, name.shown)
        self.work.plan.writes.students.append(student)
        fields = [("生年月日", "", in_words(record.birth_date))]
        self._live(record, student.id, None)
        self.births[student.id] = record.birth_date
        if wish is not None:
            self.seating.take(record.source, wish, student.id)
            fields = self.seating.begin(student.id, wish, None) + fields
        where = f"{wish.school.name} {wish.homeroom.name}" if wish else ""
        self.work.plan.add("added", Line("student", name.shown, where, record.source, fields))

    def _is_whole(self, record: StudentRecord, name: Name) -> bool:
        """Stop a new child without kana or sex: the register needs both."""
        for key, label, value in (
            ("kana", "ふりがな", name.family_kana or name.given_kana),
            ("sex", "性別", record.sex),
        ):
            if not value:
                column = self.work.heading(record.source, key, label)
                reason = f"新しい児童生徒の{label}がありません"
                self.work.plan.stop("student", record.source, column, "", reason, "書き足す")
                return False
        return True

    def _prefer(self, student: Student, record: StudentRecord) -> None:
        if record.preferred is not None:
            for column, (_label, part) in PREFERRED.items():
                setattr(student, column, getattr(record.preferred, part))
            student.preferred_used_in = [Student.NameUse.SCREEN]

    def _know(self, record: StudentRecord, student_id: UUID, shown: str) -> None:
        self.of_row[record.source] = student_id
        self.work.matched[student_id] = record.source
        self.names[student_id] = shown
        if record.reference:
            self.by_reference[record.reference] = student_id

    def _change(self, record: StudentRecord, row: Any, wish: Wish | None) -> None:
        work = self.work
        name = self._name(record, row)
        if name is None:
            return
        if wish is not None and not self.seating.fits(
            record.source, wish, record.birth_date or row.birth_date, row
        ):
            return
        if row.id in work.matched:
            other = work.matched[row.id].line
            column = work.heading(record.source, "reference", "識別番号")
            reason = f"{other}行と同じ児童生徒です"
            work.plan.stop(
                "student", record.source, column, record.reference, reason, "どちらか一方を消す"
            )
            return
        self._know(record, row.id, name.shown)
        work.matched[row.id] = record.source
        changes, shown = work.differences(row, self._wanted(record, name))
        changes, shown = what_holds_now(work, record.source, row, changes, shown)
        keep_former_name(work, row, changes, "student_id")
        if set(PREFERRED) & set(changes) and not row.preferred_used_in:
            changes["preferred_used_in"] = [Student.NameUse.SCREEN]
        if changes:
            work.plan.writes.change(Student, row, **changes)
        shown = [*shown, *self._live(record, row.id, row)]
        tab = "changed"
        if wish is not None:
            tab, seat_words = self.seating.move(record.source, row.id, wish)
            if tab == "stopped":
                return
            shown = [*seat_words, *shown]
        if not shown:
            work.plan.count("student", "same")
            return
        where = f"{wish.school.name} {wish.homeroom.name}" if wish else ""
        work.plan.add(tab or "changed", Line("student", name.shown, where, record.source, shown))

    def _wanted(self, record: StudentRecord, name: Name) -> dict[str, tuple[str, Any]]:
        wanted: dict[str, tuple[str, Any]] = {
            "family_name": ("姓", name.family),
            "given_name": ("名", name.given),
            "family_kana": ("姓のかな", name.family_kana),
            "given_kana": ("名のかな", name.given_kana),
            "birth_date": ("生年月日", record.birth_date),
            "sex": ("性別", record.sex),
            "reference": ("識別番号", record.reference),
        }
        if record.preferred is not None:
            wanted |= {
                column: (label, getattr(record.preferred, part))
                for column, (label, part) in PREFERRED.items()
            }
        return wanted

    def _live(self, record: StudentRecord, student_id: UUID, row: Any | None) -> list[Difference]:
        """Plan the address of a child; return its words."""
        return plan_address(
            self.work, record.postal_code, record.address, student_id=student_id, is_new=row is None
        )


def _content(record: StudentRecord) -> tuple[Any, ...]:
    return (
        record.name.shown, record.birth_date, record.sex, record.address, record.place,
        [(g.name, g.relationship, g.phone) for g in record.guardians],
    )  # fmt: skip
