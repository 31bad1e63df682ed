"""The roster as it stands, read in a handful of queries and looked up without any."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Min, Q

from manabiya.roster.models import (
    Address,
    Appointment,
    Enrollment,
    ExchangePlacement,
    ExcludedPerson,
    FormerName,
    Guardian,
    GuardianRight,
    Homeroom,
    Protection,
    School,
    StaffMember,
    Student,
)
from manabiya.roster.models.dated import on_day

K = TypeVar("K", bound=Hashable)
LOOK_BACK = timedelta(days=400)
PROVISIONAL = "KARI-"
"""How a number begins that the product gave to a child whose list had none."""

STUDENT = (
    "id", "reference", "family_name", "given_name", "family_kana", "given_kana", "birth_date", "sex",
    "preferred_family_name", "preferred_given_name", "preferred_family_kana", "preferred_given_kana",
    "preferred_used_in",
)  # fmt: skip
ENROLLMENT = (
    "id", "student_id", "school_id", "homeroom_id", "grade_level", "roll_number", "starts_on",
    "ends_on", "exit",
)  # fmt: skip
EXCHANGE = ("id", "student_id", "starts_on", "ends_on")
GUARDIAN = (
    "id", "reference", "family_name", "given_name", "family_kana", "given_kana", "kind",
    "facility_name", "phone", "phone_home", "phone_work",
)  # fmt: skip
RIGHT = (
    "id", "guardian_id", "student_id", "relationship", "call_order", "can_report", "can_view",
    "gets_notices", "can_pick_up", "may_be_called", "call_from", "call_until", "never_at_work",
    "starts_on", "ends_on",
)  # fmt: skip
ADDRESS = (
    "id", "student_id", "guardian_id", "postal_code", "text", "starts_on", "ends_on",
)  # fmt: skip
STAFF = ("id", "number", "family_name", "given_name", "family_kana", "given_kana")
APPOINTMENT = (
    "id", "staff_member_id", "school_id", "post", "is_main", "homeroom_id", "grade_level",
    "starts_on", "ends_on",
)  # fmt: skip


class Seats(NamedTuple):
    """The enrollments of a child around a day."""

    current: Any
    previous: Any
    later: Any


def digits(text: str) -> str:
    """Return the digits of a phone number."""
    return re.sub(r"\D", "", text)


class Roster:
    """The municipality's roster on ``day``."""

    def __init__(self, day: date, years: Iterable[int]) -> None:
        self.day = day
        self._schools(sorted(set(years)))
        self._students()
        self._families()
        self._protected()
        self._staff()
        self._former_names()
        self._known_since()

    def _schools(self, years: list[int]) -> None:
        self.schools = {school.id: school for school in School.objects.order_by("code")}
        self.school_by_code = {school.code: school for school in self.schools.values()}
        rows = Homeroom.objects.filter(school_year__in=[*years, min(years) - 1])
        self.homerooms = {row.id: row for row in rows}
        self.homeroom_by_name = {
            (row.school_id, row.school_year, row.name): row for row in self.homerooms.values()
        }

    def _students(self) -> None:
        self.students = _by_id(Student.objects.values_list(*STUDENT, named=True))
        self.student_by_reference = {row.reference: row for row in self.students.values()}
        since = self.day - LOOK_BACK
        rows = Enrollment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
        self.spans: dict[UUID, list[Any]] = defaultdict(list)
        self.seat: dict[tuple[UUID, int], list[UUID]] = defaultdict(list)
        for row in rows.order_by("starts_on").values_list(*ENROLLMENT, named=True):
            self.spans[row.student_id].append(row)
            if _holds(row, self.day):
                self.seat[row.homeroom_id, row.roll_number].append(row.student_id)
        placed = ExchangePlacement.objects.filter(on_day(self.day)).order_by("starts_on")
        self.exchanges_of = _grouped(placed.values_list(*EXCHANGE, named=True), "student_id")
        self.born_on: dict[date, list[Any]] = defaultdict(list)
        for student in self.students.values():
            self.born_on[student.birth_date].append(student)

    def seats_of(self, student_id: UUID) -> Seats:
        """Return where a child belongs on the day, before it and after it."""
        current = previous = later = None
        for row in self.spans.get(student_id, ()):
            if _holds(row, self.day):
                current = row
            elif row.starts_on > self.day:
                later = later or row
            else:
                previous = row
        return Seats(current, previous, later)

    def _families(self) -> None:
        self.guardians = _by_id(Guardian.objects.values_list(*GUARDIAN, named=True))
        self.guardian_by_reference = {
            g.reference: g for g in self.guardians.values() if g.reference
        }
        self.guardian_by_phone: dict[tuple[str, str, str], Any] = {}
        for row in self.guardians.values():
            for phone in (row.phone, row.phone_home, row.phone_work):
                if phone:
                    key = (row.family_name, row.given_name, digits(phone))
                    self.guardian_by_phone.setdefault(key, row)
        rights = GuardianRight.objects.filter(on_day(self.day)).order_by("call_order", "id")
        self.rights_of = _grouped(rights.values_list(*RIGHT, named=True), "student_id")
        self.children_of = _grouped(
            (right for rows in self.rights_of.values() for right in rows), "guardian_id"
        )
        later = GuardianRight.objects.filter(starts_on__gt=self.day).order_by("-starts_on")
        self.later_rights: dict[tuple[UUID, UUID], date] = {
            (guardian, child): starts_on
            for guardian, child, starts_on in later.values_list(
                "guardian_id", "student_id", "starts_on"
            )
        }
        ended = GuardianRight.objects.filter(ends_on__lt=self.day)
        self.ended_rights = set(ended.values_list("guardian_id", "student_id"))
        rows = Address.objects.filter(on_day(self.day), kind=Address.Kind.REGISTERED)
        self.address_of: dict[UUID, Any] = {}
        for row in rows.order_by("starts_on").values_list(*ADDRESS, named=True):
            self.address_of[row.student_id or row.guardian_id] = row

    def _protected(self) -> None:
        """Note whose address and phones nobody may read here: child, guardians, siblings."""
        open_ones = Protection.objects.filter(ended_on__isnull=True)
        protected = set(open_ones.values_list("student_id", flat=True))
        adults = {r.guardian_id for child in protected for r in self.rights_of.get(child, ())}
        siblings = {r.student_id for adult in adults for r in self.children_of.get(adult, ())}
        self.hidden: set[UUID] = protected | adults | siblings
        self.excluded: dict[UUID, list[Any]] = defaultdict(list)
        rows = ExcludedPerson.objects.filter(protection__ended_on__isnull=True).values_list(
            "protection__student_id", "guardian_id", "name", "relationship", named=True
        )
        for row in rows:
            self.excluded[row.protection__student_id].append(row)

    def _staff(self) -> None:
        self.staff = _by_id(StaffMember.objects.values_list(*STAFF, named=True))
        self.staff_by_number = {row.number: row for row in self.staff.values()}
        rows = Appointment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.day))
        self.appointments_of = _grouped(
            rows.order_by("starts_on", "id").values_list(*APPOINTMENT, named=True),
            "staff_member_id",
        )

    def _former_names(self) -> None:
        """Note until when each person's last name of before held."""
        self.last_former_name: dict[UUID, date] = {}
        people = ("student_id", "guardian_id", "staff_member_id")
        rows = FormerName.objects.filter(ends_on__isnull=False).order_by("ends_on")
        for *ids, ends_on in rows.values_list(*people, "ends_on"):
            self.last_former_name[next(filter(None, ids))] = ends_on

    def _known_since(self) -> None:
        """Note from which day on the house knows each child, guardian and staff member."""
        self.known_since: dict[UUID, date] = {}
        for rows, person in (
            (Enrollment.objects, "student_id"),
            (GuardianRight.objects, "guardian_id"),
            (Appointment.objects, "staff_member_id"),
        ):
            firsts = rows.order_by().values_list(person).annotate(first=Min("starts_on"))
            self.known_since.update(firsts.values_list(person, "first"))

    def with_zeros(self, reference: str, known: Iterable[str]) -> int:
        """Return the usual length of the ``known`` numbers when all-digit ones agree, else 0."""
        lengths = Counter(len(one) for one in known if one.isdigit())
        if not lengths or not reference.isdigit():
            return 0
        length, count = lengths.most_common(1)[0]
        return length if count * 10 >= sum(lengths.values()) * 6 else 0


def _holds(row: Any, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)


def _by_id(rows: Iterable[Any]) -> dict[UUID, Any]:
    return {row.id: row for row in rows}


def _grouped(rows: Iterable[Any], name: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
