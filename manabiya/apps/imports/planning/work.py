"""What every part of the planning shares, and how schools and classes are looked up."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.plan import HIDDEN, Choice, Difference, Line, Plan
from manabiya.apps.imports.planning.roster import Roster
from manabiya.apps.imports.planning.texts import in_words
from manabiya.apps.imports.progress import Progress
from manabiya.apps.imports.values.problems import Level, Problem
from manabiya.apps.imports.values.records import PlaceRecord, Records, Source
from manabiya.law import school_code
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Homeroom, School

NUMBER = re.compile(r"^(\d{1,2})組?$")
YEAR_AND_CLASS = re.compile(r"^([1-9])[-‐年の/.](\d{1,2}|[A-Z])組?$")
LETTER = re.compile(r"^([A-Zア-ンい-んイ-ン])組?$")
MULTIGRADE = re.compile(r"^[1-9][・,、.][1-9]")
NEW, SKIP, RIGHT = "new", "skip", "right"


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a row wants a child to be: looked up, and good."""

    school: School
    homeroom: Homeroom
    grade_level: int
    roll_number: int
    entered_on: date | None


@dataclass(frozen=True, slots=True)
class FileWords:
    """How a file speaks: what its rows are about, and its headings by field."""

    noun: str
    headings: Mapping[str, str]


@dataclass
class Work:
    """Roster, records, decisions and the plan being made.

    ``today``: of the school. ``school_id``: only this school. ``waiting``: rows of which
    something waits for the day.
    """

    roster: Roster
    records: Records
    plan: Plan
    today: date
    school_id: UUID | None = None
    decisions: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[FileWords] = ()
    progress: Progress = field(default_factory=Progress)
    school_names: dict[str, School] = field(default_factory=dict)
    matched: dict[UUID, Source] = field(default_factory=dict)
    new_ids: dict[str, UUID] = field(default_factory=dict)
    file_schools: set[UUID] = field(default_factory=set)
    waiting: int = 0

    def __post_init__(self) -> None:
        for school in self.roster.schools.values():
            self.school_names.setdefault(plain_school(school.name), school)

    @property
    def day(self) -> date:
        """Return the day from which everything holds."""
        return self.plan.effective_on

    @property
    def year(self) -> int:
        """Return the 年度 of the day."""
        return school_year_of(self.day)

    def heading(self, source: Source, key: str, label: str) -> str:
        """Return what the file calls a field, else its label."""
        if source.file < len(self.files):
            return self.files[source.file].headings.get(key, label)
        return label

    def ask(
        self,
        source: Source,
        column: str,
        value: str,
        reason: str,
        options: list[tuple[str, str]],
        part: str = "",
    ) -> str:
        """Let a person choose; return what was chosen, "" when nothing was.

        ``part``: which question of a row, when it may have several.
        """
        key = f"{source.key}{part}"
        chosen = self.decisions.get(key, "")
        chosen = chosen if chosen in {key for key, _ in options} else ""
        problem = Problem(
            Level.CHOICE, source.file, source.line, column, value, reason, "下から選ぶ"
        )
        self.plan.choices.append(Choice(key, problem, options, chosen))
        return chosen

    def differences(
        self, row: Any, wanted: Mapping[str, tuple[str, Any]], *, hide: bool = False
    ) -> tuple[dict[str, Any], list[Difference]]:
        """Compare ``wanted`` (column → label, value) with a row; return changes and their words.

        None and "" say nothing. ``hide``: the values are not shown, only that they change.
        """
        changes: dict[str, Any] = {}
        shown: list[Difference] = []
        for column, (label, value) in wanted.items():
            old = getattr(row, column)
            if value in (None, "") or value == old:
                continue
            changes[column] = value
            pair = (HIDDEN, HIDDEN) if hide else (words(old), words(value))
            shown.append((label, *pair))
        return changes, shown

    def find_school(self, noun: str, source: Source, text: str) -> School | None:
        """Return the school of a code or name; say why there is none."""
        if not text:
            if self.school_id is not None:
                return self.roster.schools[self.school_id]
            self._no_school(
                noun, source, text, "学校が書かれていません", "学校コードか学校名を足す"
            )
            return None
        plain = unicodedata.normalize("NFKC", text).strip()
        found = self.roster.school_by_code.get(plain.upper()) or self.school_names.get(
            plain_school(plain)
        )
        if found is None:
            self._no_school(noun, source, text, *_why_no_school(plain))
        elif self.school_id is not None and found.id != self.school_id:
            self._no_school(
                noun, source, text, "ほかの学校の行です", "自分の学校の行だけを取り込む"
            )
            return None
        return found

    def _no_school(self, noun: str, source: Source, value: str, reason: str, mend: str) -> None:
        self.plan.stop(noun, source, self.heading(source, "school", "学校"), value, reason, mend)

    def find_place(self, source: Source, place: PlaceRecord, noun: str = "student") -> Wish | None:
        """Return where a row puts a child; say why it can't be."""
        school = self.find_school(noun, source, place.school)
        if school is None:
            return None
        if place.school_year is not None and place.school_year != self.year:
            column = self.heading(source, "school_year", "年度")
            self.plan.stop(
                noun, source, column, str(place.school_year),
                f"反映する日({in_words(self.day)})の年度({self.year}年度)と違います",
                "「いつから」の日か、年度の列を直す",
            )  # fmt: skip
            return None
        name, grade = self.class_name(school, place)
        highest = {"elementary_school": 6, "junior_high_school": 3}.get(school.kind, 9)
        column = self.heading(source, "grade_level", "学年")
        if grade is None:
            self.plan.stop(noun, source, column, "", "学年が書かれていません", "学年を足す")
        elif grade > highest:
            reason = f"{school.name}に{grade}年はありません"
            self.plan.stop(noun, source, column, str(grade), reason, "学年か学校を確かめる")
        elif not name:
            column = self.heading(source, "homeroom", "組")
            self.plan.stop(noun, source, column, "", "学級が書かれていません", "組を足す")
        elif place.roll_number is None:
            column = self.heading(source, "roll_number", "出席番号")
            self.plan.stop(noun, source, column, "", "出席番号が書かれていません", "番号を足す")
        else:
            self.file_schools.add(school.id)
            homeroom = self._homeroom(source, school, name, place.homeroom_kind)
            return Wish(school, homeroom, grade, place.roll_number, place.entered_on)
        return None

    def class_name(self, school: School, place: PlaceRecord) -> tuple[str, int | None]:
        """Return a class's name as the roster writes it (4年1組) and the grade."""
        text, grade = place.homeroom.strip(), place.grade_level
        if (school.id, self.year, text) in self.roster.homeroom_by_name and grade is not None:
            return text, grade
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        if found := YEAR_AND_CLASS.match(plain):
            grade = grade or int(found[1])
            return f"{found[1]}年{found[2].lstrip('0')}組", grade
        if grade is not None and (found := NUMBER.match(plain) or LETTER.match(plain)):
            return f"{grade}年{found[1].lstrip('0') or found[1]}組", grade
        return text, grade

    def _homeroom(self, source: Source, school: School, name: str, kind: str) -> Homeroom:
        key = (school.id, self.year, name)
        known = self.roster.homeroom_by_name.get(key)
        if known is None:
            known = self._new_homeroom(source, school, name, kind)
            self.roster.homeroom_by_name[key] = known
            self.roster.homerooms[known.id] = known
        return known

    def _new_homeroom(self, source: Source, school: School, name: str, kind: str) -> Homeroom:
        if not kind:
            kind = "multigrade_class" if MULTIGRADE.match(name) else "regular"
            if kind == "regular" and not YEAR_AND_CLASS.match(name):
                self.plan.note(
                    source, self.heading(source, "homeroom", "組"), name,
                    "新しい学級の種類が分かりません",
                    "通常学級として加えます。違うときは「学級の種類」の列を足す",
                )  # fmt: skip
        position = sum(
            1 for s, y, _ in self.roster.homeroom_by_name if (s, y) == (school.id, self.year)
        )
        homeroom = Homeroom(
            school_id=school.id, school_year=self.year, name=name, kind=kind, position=position + 1
        )
        self.plan.writes.homerooms.append(homeroom)
        label = dict(Homeroom.Kind.choices)[kind]
        fields = [("年度", "", str(self.year)), ("種類", "", str(label))]
        self.plan.add("added", Line("homeroom", name, school.name, source, fields))
        return homeroom


def words(value: Any) -> str:
    """Return a value as a person reads it."""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, date):
        return in_words(value)
    shown = SHOWN.get(str(value))
    return shown or ("" if value is None else str(value))


SHOWN = {
    "male": "男",
    "female": "女",
    "person": "保護者",
    "facility_head": "施設長",
    "foster_parent": "里親",
}


def plain_school(name: str) -> str:
    """Return a school's name for comparison: one width, without 「白樺野市立」."""
    plain = unicodedata.normalize("NFKC", name).replace(" ", "")
    return re.sub(r"^.*?[市町村区]立", "", plain)


def _why_no_school(text: str) -> tuple[str, str]:
    if re.fullmatch(r"[A-Ha-h]\d{12}", text, re.ASCII):
        code = text.upper()
        if not school_code.is_valid(code):
            digit = school_code.check_digit(code[:12])
            if str(digit) != code[12]:
                return f"検査数字が合いません(末尾は {digit})", "コードを確かめる"
        return "この学校コードの学校は名簿にありません", "学校のファイルも一緒に取り込む"
    return "この名前の学校は名簿にありません", "学校コードで書くか、学校のファイルも一緒に取り込む"
