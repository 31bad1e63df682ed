"""From a row to the records it speaks of, kind by kind."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from manabiya.apps.imports.columns import Kind
from manabiya.apps.imports.columns.fields import SLOTS
from manabiya.apps.imports.values import cells
from manabiya.apps.imports.values.line import Clean, Line
from manabiya.apps.imports.values.problems import Level
from manabiya.apps.imports.values.records import (
    EnrollmentRecord,
    GuardianRecord,
    Name,
    PlaceRecord,
    SchoolRecord,
    StaffRecord,
    StudentRecord,
)

RIGHTS = ("can_report", "can_view", "gets_notices", "can_pick_up", "may_be_called")


def name_of(line: Line, prefix: str = "") -> Name:
    """Return the name of a person from one column or two."""
    family, given = _split(line, prefix, "family_name", "given_name", "name", cells.legal_name)
    if not given and family and not line.raw(f"{prefix}family_name"):
        whole = family
        family = ""
    else:
        whole = ""
    family_kana, given_kana = _split(line, prefix, "family_kana", "given_kana", "kana", cells.kana)
    is_cut = not line.raw(f"{prefix}family_name") and not line.raw(f"{prefix}given_name")
    return Name(family, given, family_kana, given_kana, whole, is_cut)


def _split(
    line: Line, prefix: str, first: str, second: str, both: str, clean: Clean
) -> tuple[str, str]:
    if line.raw(prefix + first) or line.raw(prefix + second):
        return line.text(prefix + first, clean), line.text(prefix + second, clean)
    text = line.text(prefix + both, clean)
    for place, letter in enumerate(text):
        if letter in cells.SPACES:
            return text[:place], text[place:].strip(cells.SPACES)
    return text, ""


def place_of(line: Line) -> PlaceRecord:
    """Return school and class of a row."""
    return PlaceRecord(
        school=line.text("school"),
        school_year=line.take("school_year", cells.school_year),
        grade_level=line.take("grade_level", cells.grade),
        homeroom=line.text("homeroom", lambda t: cells.free_text(t, 30)),
        homeroom_kind=line.text("homeroom_kind", lambda t: cells.word(t, "homeroom_kind")),
        roll_number=line.take("roll_number", cells.roll_number),
        entered_on=line.take("entered_on", cells.day),
    )


def _students(line: Line) -> Iterator[StudentRecord]:
    record = StudentRecord(
        source=line.source,
        name=name_of(line),
        reference=line.text("reference", cells.reference),
        birth_date=line.take("birth_date", cells.birth_day),
        sex=line.text("sex", lambda t: cells.word(t, "sex")),
        postal_code=line.text("postal_code", cells.postal),
        address=line.text("address", lambda t: cells.free_text(t, 160)),
        place=place_of(line),
    )
    preferred, kana = line.text("preferred_name", cells.legal_name), ""
    if preferred:
        kana = line.text("preferred_kana", cells.kana)
        family, given = _halves(preferred)
        family_kana, given_kana = _halves(kana)
        record.preferred = Name(family, given, family_kana, given_kana)
    line.need("name" if "name" in line.places else "family_name", record.name.shown)
    line.need("birth_date", record.birth_date)
    record.guardians = list(_slots(line))
    yield record


def _halves(text: str) -> tuple[str, str]:
    parts = text.replace("\u3000", " ").split(" ", 1)
    return (parts[0], parts[1].strip()) if len(parts) == 2 else ("", text)


def _slots(line: Line) -> Iterator[GuardianRecord]:
    order = 0
    for slot in SLOTS:
        if not any(line.raw(f"g{slot}.{key}") for key in ("name", "family_name")):
            continue
        order += 1
        name = name_of(line, f"g{slot}.")
        given = line.text(f"g{slot}.relationship", cells.relationship)
        yield GuardianRecord(
            source=line.source,
            name=name,
            relationship=given or ("保護者" if slot.isdigit() else slot),
            reference=line.text(f"g{slot}.reference", cells.reference),
            phone=line.text(f"g{slot}.phone", cells.phone),
            phone_home=line.text(f"g{slot}.phone_home", cells.phone),
            phone_work=line.text(f"g{slot}.phone_work", cells.phone),
            call_order=order,
        )


def _guardians(line: Line) -> Iterator[GuardianRecord]:
    record = GuardianRecord(
        source=line.source,
        name=name_of(line),
        relationship=line.text("relationship", cells.relationship),
        reference=line.text("reference", cells.reference),
        phone=line.text("phone", cells.phone),
        phone_home=line.text("phone_home", cells.phone),
        phone_work=line.text("phone_work", cells.phone),
        postal_code=line.text("postal_code", cells.postal),
        address=line.text("address", lambda t: cells.free_text(t, 160)),
        call_order=line.take("call_order", cells.call_order),
        position=line.text("position", lambda t: cells.word(t, "position")),
        facility_name=line.text("facility_name", lambda t: cells.free_text(t, 60)),
        student_reference=line.text("student_reference", cells.reference),
        student_birth_date=line.take("student_birth_date", cells.birth_day),
        place=place_of(line),
    )
    for key in RIGHTS:
        value = line.take(key, lambda t: cells.word(t, "yes"))
        if value is not None:
            record.rights[key] = value
    line.need("name" if "name" in line.places else "family_name", record.name.shown)
    line.need("relationship", record.relationship)
    if not record.student_reference and not record.student_birth_date:
        line.need("student_reference", "")
    yield record


def _enrollments(line: Line) -> Iterator[EnrollmentRecord]:
    record = EnrollmentRecord(
        source=line.source,
        place=place_of(line),
        reference=line.text("reference", cells.reference),
        birth_date=line.take("birth_date", cells.birth_day),
        name=name_of(line) if "name" in line.places else None,
    )
    line.need("homeroom", record.place.homeroom)
    if not record.reference and not record.birth_date:
        line.need("reference", "")
    yield record


def _staff(line: Line) -> Iterator[StaffRecord]:
    record = StaffRecord(
        source=line.source,
        number=line.text("number", cells.reference),
        name=name_of(line),
        school=line.text("school"),
        post=line.text("post", lambda t: cells.word(t, "post")),
        homeroom=line.text("homeroom", lambda t: cells.free_text(t, 30)),
        grade_level=line.take("grade_level", cells.grade),
        starts_on=line.take("starts_on", cells.day),
        ends_on=line.take("ends_on", cells.day),
    )
    duty = line.take("duty", lambda t: cells.word(t, "duty"))
    record.is_main = True if duty is None else duty
    line.need("number", record.number)
    line.need("name" if "name" in line.places else "family_name", record.name.shown)
    if record.ends_on and record.starts_on and record.ends_on < record.starts_on:
        line.say(Level.STOP, "ends_on", "離任日が着任日より前です", "日を確かめる")
    yield record


def _schools(line: Line) -> Iterator[SchoolRecord]:
    record = SchoolRecord(
        source=line.source,
        code=line.text("code", cells.reference),
        name=line.text("name", lambda t: cells.free_text(t, 60)),
        kind=line.text("kind", lambda t: cells.word(t, "school_kind")),
        phone=line.text("phone", cells.phone),
        address=line.text("address", lambda t: cells.free_text(t, 120)),
        main_school=line.text("main_school"),
        is_evening=line.take("is_evening", lambda t: cells.word(t, "yes")),
    )
    line.need("code", record.code)
    line.need("name", record.name)
    yield record


READERS: Mapping[Kind, Callable[[Line], Iterator[Any]]] = {
    Kind.SCHOOL: _schools,
    Kind.STAFF: _staff,
    Kind.STUDENT: _students,
    Kind.GUARDIAN: _guardians,
    Kind.ENROLLMENT: _enrollments,
}
