"""Guardians and their rights: never a right for somebody who is excluded from the child."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.excluded import is_excluded
from manabiya.apps.imports.planning.guardians import Guardians
from manabiya.apps.imports.planning.missing import missing_right
from manabiya.apps.imports.planning.people import NOT_HERE, Finder
from manabiya.apps.imports.planning.plan import HIDDEN, Difference, Line
from manabiya.apps.imports.planning.rights import Rights
from manabiya.apps.imports.planning.students import Children
from manabiya.apps.imports.planning.work import RIGHT, SKIP, Work
from manabiya.apps.imports.values.records import GuardianRecord, Name

REFUSED = "この方には、この児童生徒についての権利を付けられません"


class Families:
    """Plans the guardians of the files."""

    def __init__(self, work: Work, finder: Finder, children: Children) -> None:
        self.work = work
        self.finder = finder
        self.children = children
        self.rights = Rights(work)
        self.seen: dict[UUID, set[UUID]] = defaultdict(set)
        self.people = Guardians(work, finder, children, self.seen)

    def plan(self) -> None:
        """Plan the guardians in the rows of children, then those of the files of guardians."""
        for student in self.work.records.students:
            self.work.progress.step()
            child = self.children.of_row.get(student.source)
            if child is None:
                continue
            for place, record in enumerate(student.guardians):
                self.work.plan.count("guardian", "rows")
                self._guardian(record, child, f":g{place}", is_listed=True)
        for record in self.work.records.guardians:
            self.work.plan.count("guardian", "rows")
            self.work.progress.step()
            child = self._child(record)
            if child is not None:
                self._guardian(record, child, "", is_listed=False)
        self._missing()

    def _child(self, record: GuardianRecord) -> UUID | None:
        work, source = self.work, record.source
        reference = self.finder.full_reference(
            source, record.student_reference, "student_reference"
        )
        new = self.children.by_reference.get(reference)
        if new is not None:
            return new
        row = self.finder.by_reference(reference)
        if row is None and not reference:
            row = self.finder.by_seat(record.place, record.student_birth_date)
        column = work.heading(source, "student_reference", "児童生徒の識別番号")
        if row is None:
            work.plan.stop(
                "guardian", source, column, reference,
                "この児童生徒は名簿にもファイルにもいません", "児童生徒のファイルも一緒に取り込む",
            )  # fmt: skip
            return None
        if not self.finder.is_within(row.id):
            work.plan.stop("guardian", source, column, reference, NOT_HERE, "教育委員会に連絡する")
            return None
        found: UUID = row.id
        self.children.names.setdefault(found, f"{row.family_name} {row.given_name}")
        return found

    def _guardian(self, record: GuardianRecord, child: UUID, part: str, *, is_listed: bool) -> None:
        name = self.people.name(record, child)
        if name is None:
            return
        found = self.people.find(record, name, child, part)
        if found is False:
            return
        right = self._right_of(found, child)
        if is_excluded(self.work.roster, record, name, child, found, has_right=right is not None):
            column = self.work.heading(record.source, "name", "保護者氏名")
            self.work.plan.stop(
                "guardian", record.source, column, name.shown, REFUSED, "校長か教頭に確かめる"
            )
            return
        if right is None and not self._may_begin(record, name, child, found, part):
            return
        guardian_id, shown = self.people.person(record, name, found)
        self.seen[child].add(guardian_id)
        pair, place = (guardian_id, child), len(self.seen[child])
        shown += self.rights.plan(record, pair, right, place, is_listed=is_listed)
        self._show(record, name, child, found, shown)

    def _right_of(self, found: Any, child: UUID) -> Any:
        if found is None:
            return None
        rights = self.work.roster.rights_of.get(child, ())
        return next((right for right in rights if right.guardian_id == found.id), None)

    def _may_begin(
        self, record: GuardianRecord, name: Name, child: UUID, found: Any, part: str
    ) -> bool:
        """Ask before a right that somebody ended begins again, or a protected child gets one."""
        roster = self.work.roster
        reason = ""
        if child in roster.excluded:
            reason = "この児童生徒に保護者を加えるには、校長か教頭の確認が要ります"
        elif found is not None and (found.id, child) in roster.ended_rights:
            reason = "この保護者の権利は、前に学校が終えました"
        if not reason:
            return True
        options = [(RIGHT, "確かめたので加える"), (SKIP, "この保護者は取り込まない")]
        column = self.work.heading(record.source, "name", "保護者氏名")
        answer = self.work.ask(
            record.source, column, name.shown, reason, options, f"{part or ':'}r"
        )
        if answer != RIGHT:
            self.work.plan.count("guardian", "problems")
        return answer == RIGHT

    def _show(
        self, record: GuardianRecord, name: Name, child: UUID, found: Any, shown: list[Difference]
    ) -> None:
        where = f"{self.children.names.get(child, '')} の{record.relationship}"
        if found is None:
            phone = HIDDEN if child in self.work.roster.hidden else record.phone
            fields = [("電話", "", phone)] if record.phone else []
            line = Line("guardian", name.shown, where, record.source, fields)
            self.work.plan.add("added", line)
        elif shown:
            line = Line("guardian", name.shown, where, record.source, shown)
            self.work.plan.add("changed", line)
        else:
            self.work.plan.count("guardian", "same")

    def _missing(self) -> None:
        """List the guardians of the files' children whom the files don't name; nothing ends."""
        roster = self.work.roster
        for child, named in self.seen.items():
            for right in roster.rights_of.get(child, ()):
                if right.guardian_id not in named:
                    missing_right(self.work, right, self.children.names.get(child, ""))
