"""What ties families: rights for each child, addresses, 親権."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.school_year import school_year_of
from manabiya.roster.demo.city import calendars
from manabiya.roster.demo.city.heads import Heads
from manabiya.roster.demo.city.people import Adult, Child, Family
from manabiya.roster.demo.city.rows import family_span
from manabiya.roster.models import Address, GuardianRight, ParentalAuthority

SETTLED = timedelta(days=9)
"""So long after a child came to a school, the 校長 has seen the document at the latest."""
SEEN_AT = time(15, 30)
CALL_HOURS, NEVER_AT_WORK = 0.05, 0.03
HELPERS = ("祖母",)
"""Who may pick up the child and be called, and nothing else."""
AUTHORITY = ("id", "student_id", "guardian_id", "holder", "document", "seen_by_id", "seen_on",
             "starts_on")  # fmt: skip
HOLDERS = {"母": "mother", "父": "father", "施設長": "facility_head"}


def rights(key: Keys, chance: random.Random, families: list[Family], year: int) -> int:
    """Write what each guardian may do for each child."""
    return pour(
        GuardianRight,
        ("id", "guardian_id", "student_id", "relationship", "can_report", "can_view",
         "gets_notices", "can_pick_up", "may_be_called", "call_order", "call_from", "call_until",
         "never_at_work", "starts_on", "ends_on"),
        (
            _right(key, chance, (adult, child), order, year)
            for family in families
            for order, adult in enumerate(family.adults, start=1)
            for child in family.children
        ),
    )  # fmt: skip


def _right(
    key: Keys, chance: random.Random, who: tuple[Adult, Child], order: int, year: int
) -> Row:
    adult, child = who
    starts_on, ends_on = family_span(child, year)
    is_helper = adult.relationship in HELPERS
    has_hours = chance.random() < CALL_HOURS
    return (
        key(), adult.key, child.key, adult.relationship,
        not is_helper and adult.lives_here, not is_helper, not is_helper, adult.lives_here,
        True, order, time(9) if has_hours else None, time(17) if has_hours else None,
        chance.random() < NEVER_AT_WORK, starts_on, ends_on,
    )  # fmt: skip


def addresses(key: Keys, chance: random.Random, city: str, families: list[Family]) -> int:
    """Write where everybody lives; some children live in two places."""
    return pour(
        Address,
        ("id", "student_id", "guardian_id", "kind", "postal_code", "text", "starts_on"),
        (row for family in families for row in _addresses(key, chance, city, family)),
    )


def _addresses(key: Keys, chance: random.Random, city: str, family: Family) -> Iterator[Row]:
    since = family.move.on if family.move else date(2019 + chance.randrange(5), 4, 1)
    here = (f"099-99{chance.randrange(100):02d}", f"{city}{family.town}", since)
    away = (f"099-99{chance.randrange(100):02d}", f"{city}旧道{chance.randrange(1, 90)}番地", since)
    for adult in family.adults:
        yield key(), None, adult.key, "registered", *(here if adult.lives_here else away)
    is_shared = not family.is_together and family.excluded is None and chance.random() < 0.5
    for child in family.children:
        yield key(), child.key, None, "registered", *here
        if is_shared:
            yield key(), child.key, None, "living", *away


def authorities(key: Keys, families: list[Family], heads: Heads, today: date) -> int:
    """Write 親権 where a school asked for a document: the 校長 saw it when the child came."""
    year = school_year_of(today)
    rows: list[Row] = []
    deeds: list[AuditEntry] = []
    for family in families:
        if family.is_together and family.adults[0].kind == "person":
            continue
        for child in family.children:
            seen_on = _seen_on(heads, child, today)
            seen = heads.on(child.key, seen_on) if seen_on else None
            if seen_on is None or seen is None:
                continue
            starts_on = family_span(child, year)[0]
            row = (key(), child.key, family.adults[0].key, *_holder(family), seen[0], seen_on,
                   starts_on)  # fmt: skip
            rows.append(row)
            deeds.append(_deed(key, row, UUID(seen[1].key)))
    AuditEntry.objects.bulk_create(deeds)
    return pour(ParentalAuthority, AUTHORITY, rows)


def _seen_on(heads: Heads, child: Child, today: date) -> date | None:
    """Return the school day on which the document was seen, None for who is at no school now."""
    came_on = heads.came_on(child.key)
    if came_on is None:
        return None
    school = heads.seats[child.key][-1].school
    return max(came_on, calendars.last_school_day([school], min(came_on + SETTLED, today)))


def _deed(key: Keys, row: Row, school_id: UUID) -> AuditEntry:
    """Return the entry that ``set_authority`` leaves."""
    authority, student, _guardian, _quality, _document, seen_by, seen_on, starts_on = row
    return AuditEntry(
        id=UUID(key()),
        at=datetime.combine(seen_on, SEEN_AT, tzinfo=SCHOOL_ZONE),
        hat="staff",
        person_id=UUID(seen_by),
        school_id=school_id,
        action="roster.authority:set",
        subject_type="student",
        subject_id=UUID(student),
        data_class=DataClass.II,
        details={
            "authorities": [str(UUID(authority))],
            "ended": [],
            "from": starts_on.isoformat(),
        },
    )


def _holder(family: Family) -> tuple[str, str]:
    head = family.adults[0].relationship
    if head in HOLDERS:
        return HOLDERS[head], "施設の証明" if head == "施設長" else "戸籍謄本"
    return "custodian", "児童相談所の委託書"
