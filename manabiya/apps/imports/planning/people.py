"""Who a row is about: by number, else by seat and birth date, else a person chooses.

Never by name alone: a name only narrows the children born on the same day from whom to choose.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.roster import PROVISIONAL
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.planning.work import NEW, SKIP, Work, plain_school
from manabiya.apps.imports.values.records import Name, PlaceRecord, Source

NOT_HERE = "この番号の児童生徒は、この学校では取り込めません"


def is_whole_name(whole: str, row: Any) -> bool:
    """Tell whether a name without spaces is the name of a person of the roster."""
    name = f"{row.family_name}{row.given_name}"
    return bool(whole) and whole == name.replace(" ", "").replace("\u3000", "")


def cut_as_known(name: Name, row: Any) -> Name:
    """Return the name with 姓 and 名 as the roster parts them, when one column held the same name.

    A 姓 may hold a space itself (アルヴェス 田中): the cell alone doesn't tell where it ends.
    """
    if not name.is_cut or name.whole:
        return name
    known, kana = f"{row.family_name} {row.given_name}", f"{row.family_kana} {row.given_kana}"
    if name.shown == known:
        name = replace(name, family=row.family_name, given=row.given_name)
    if f"{name.family_kana} {name.given_kana}" == kana:
        name = replace(name, family_kana=row.family_kana, given_kana=row.given_kana)
    return name


class Finder:
    """Finds the children of rows in the roster."""

    def __init__(self, work: Work) -> None:
        self.work = work
        references = [r.reference for r in work.records.students if r.reference]
        self.in_files = set(references)
        known = [r for r in work.roster.student_by_reference if not r.startswith(PROVISIONAL)]
        self.length = work.roster.with_zeros("0", known or references)

    def full_reference(self, source: Source, reference: str, key: str = "reference") -> str:
        """Return a number with the leading zeros a spreadsheet took away."""
        roster = self.work.roster
        if not reference.isdigit() or reference in roster.student_by_reference:
            return reference
        if len(reference) >= self.length:
            return reference
        found = reference.zfill(self.length)
        column = self.work.heading(source, key, "識別番号")
        self.work.plan.note(
            source, column, reference, "先頭の0が落ちているようです", f"{found} として取り込みます"
        )
        return found

    def by_reference(self, reference: str) -> Any:
        """Return the child of a number, None when the roster has none."""
        return self.work.roster.student_by_reference.get(reference) if reference else None

    def by_seat(self, place: PlaceRecord, born: date | None) -> Any:
        """Return the child of school, year, class, 出席番号 and birth date, None unless one."""
        roster, work = self.work.roster, self.work
        school = self._school(place)
        if school is None or born is None or place.roll_number is None:
            return None
        name, _grade = work.class_name(school, place)
        homeroom = roster.homeroom_by_name.get((school.id, place.school_year or work.year, name))
        if homeroom is None:
            return None
        ids = roster.seat.get((homeroom.id, place.roll_number), ())
        found = [roster.students[i] for i in ids if roster.students[i].birth_date == born]
        return found[0] if len(found) == 1 else None

    def _school(self, place: PlaceRecord) -> Any:
        work = self.work
        if not place.school:
            return work.roster.schools[work.school_id] if work.school_id else None
        return work.roster.school_by_code.get(place.school.upper()) or work.school_names.get(
            plain_school(place.school)
        )

    def candidates(self, name: Name, born: date | None, *, both: bool) -> list[Any]:
        """Return the children born on a day who share a part (``both``: the whole) of the name."""
        if born is None:
            return []
        rows = self.work.roster.born_on.get(born, ())
        return [row for row in rows if self._is_like(row, name, both) and self.is_within(row.id)]

    def _is_like(self, row: Any, name: Name, both: bool) -> bool:
        if name.whole:
            return is_whole_name(name.whole, row)
        same = (row.family_name == name.family, row.given_name == name.given)
        kana = (row.family_kana, row.given_kana) == (name.family_kana, name.given_kana)
        if both:
            return all(same)
        return any(same) or (kana and bool(name.family_kana))

    def is_within(self, student_id: UUID) -> bool:
        """Return whether a child is in reach of this import (of its school today)."""
        if self.work.school_id is None:
            return True
        seats = self.work.roster.seats_of(student_id)
        row = seats.current or seats.previous
        return row is not None and row.school_id == self.work.school_id

    def choose(
        self, source: Source, name: Name, rows: Iterable[Any], reason: str, column: str
    ) -> str:
        """Ask whether one of ``rows`` is the child; return the answer (an id, new, skip or "")."""
        options = [(str(row.id), self._described(row)) for row in rows]
        options += [(NEW, "新しい児童生徒として加える"), (SKIP, "この行は取り込まない")]
        return self.work.ask(source, column, name.shown, reason, options)

    def _described(self, row: Any) -> str:
        roster = self.work.roster
        seats = roster.seats_of(row.id)
        span = seats.current or seats.previous
        where = ""
        if span is not None and span.homeroom_id in roster.homerooms:
            homeroom = roster.homerooms[span.homeroom_id]
            where = f"{roster.schools[span.school_id].name} {homeroom.name} {span.roll_number}番"
        who = f"{row.family_name} {row.given_name}"
        return f"{who}({where or '学級なし'}、{in_words(row.birth_date)} 生まれ)と同じ人"
