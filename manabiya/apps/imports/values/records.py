"""What a row says once it is clean. ``None`` or "": the file says nothing, nothing changes."""

from dataclasses import dataclass, field
from datetime import date

from manabiya.apps.imports.values.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """The row a record comes from."""

    file: int
    line: int

    @property
    def key(self) -> str:
        """Return the name of the row (for decisions)."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name; ``whole`` when one column held it without a space.

    ``is_cut``: one column held it, cut at its first space.
    """

    family: str = ""
    given: str = ""
    family_kana: str = ""
    given_kana: str = ""
    whole: str = ""
    is_cut: bool = False

    @property
    def shown(self) -> str:
        """Return the name for people."""
        return self.whole or f"{self.family} {self.given}".strip()


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """School and class as written: names and codes not yet looked up."""

    school: str = ""
    school_year: int | None = None
    grade_level: int | None = None
    homeroom: str = ""
    homeroom_kind: str = ""
    roll_number: int | None = None
    entered_on: date | None = None


@dataclass(slots=True)
class GuardianRecord:
    """A guardian of one child, with what the guardian may do. ``student``: who the child is."""

    source: Source
    name: Name
    relationship: str = ""
    reference: str = ""
    phone: str = ""
    phone_home: str = ""
    phone_work: str = ""
    postal_code: str = ""
    address: str = ""
    call_order: int | None = None
    rights: dict[str, bool] = field(default_factory=dict)
    position: str = ""
    facility_name: str = ""
    student_reference: str = ""
    student_birth_date: date | None = None
    place: PlaceRecord = field(default_factory=PlaceRecord)


@dataclass(slots=True)
class StudentRecord:
    """A child, where it belongs, and its guardians."""

    source: Source
    name: Name
    reference: str = ""
    birth_date: date | None = None
    sex: str = ""
    postal_code: str = ""
    address: str = ""
    preferred: Name | None = None
    place: PlaceRecord = field(default_factory=PlaceRecord)
    guardians: list[GuardianRecord] = field(default_factory=list)


@dataclass(slots=True)
class EnrollmentRecord:
    """Where a child belongs."""

    source: Source
    place: PlaceRecord
    reference: str = ""
    birth_date: date | None = None
    name: Name | None = None


@dataclass(slots=True)
class StaffRecord:
    """A staff member and one post; without ``post`` only the person."""

    source: Source
    number: str
    name: Name
    school: str = ""
    post: str = ""
    is_main: bool = True
    homeroom: str = ""
    grade_level: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(slots=True)
class SchoolRecord:
    """A school."""

    source: Source
    code: str
    name: str
    kind: str = ""
    phone: str = ""
    address: str = ""
    main_school: str = ""
    is_evening: bool | None = None


@dataclass(slots=True)
class Records:
    """Everything the files say, and what is wrong with them."""

    schools: list[SchoolRecord] = field(default_factory=list)
    staff: list[StaffRecord] = field(default_factory=list)
    students: list[StudentRecord] = field(default_factory=list)
    guardians: list[GuardianRecord] = field(default_factory=list)
    enrollments: list[EnrollmentRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    row_count: int = 0
    mentioned: set[str] = field(default_factory=set)
    """Numbers of persons in rows that could not be taken: they are not missing."""

    @property
    def person_rows(self) -> int:
        """Return how many rows the planning goes through: those of children twice (families)."""
        return (
            2 * len(self.students) + len(self.enrollments) + len(self.guardians) + len(self.staff)
        )

    def add(self, other: "Records") -> None:
        """Take up what another file says."""
        self.schools += other.schools
        self.staff += other.staff
        self.students += other.students
        self.guardians += other.guardians
        self.enrollments += other.enrollments
        self.problems += other.problems
        self.row_count += other.row_count
        self.mentioned |= other.mentioned
