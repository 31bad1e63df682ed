"""The protected families, as ``set_protection`` would have left them: rows, rights, audit.

Written without the service, because it would give them keys and times of their own, and the same
date is to give the same city. One manager sets it for all children of a family on one day. Who
should hear of it afterwards does not exist yet, so nothing is published.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.tenancy.ids import Keys
from manabiya.roster.demo.city.heads import Heads
from manabiya.roster.demo.city.people import Family
from manabiya.roster.models import ExcludedPerson, Protection
from manabiya.roster.protection.services.excluding import end_rights

YEAR, SOON = timedelta(days=365), timedelta(days=12)
BASES = (Protection.Basis.SUPPORT_MEASURE, Protection.Basis.COURT_ORDER)
AFTERNOON = time(16)


def protections(key: Keys, families: list[Family], heads: Heads, today: date) -> None:
    """Protect the families that have somebody excluded; the last is to be looked at again soon."""
    found = [family for family in families if family.excluded and family.excluded_on]
    for number, family in enumerate(found):
        review_on = (family.excluded_on or today) + YEAR
        if family is found[-1]:
            review_on = min(review_on, today + SOON)
        _protect(key, family, heads, BASES[number % len(BASES)], review_on)


def _protect(key: Keys, family: Family, heads: Heads, basis: str, review_on: date) -> None:
    since, excluded = family.excluded_on, family.excluded
    if since is None or excluded is None:
        return
    students = sorted(UUID(child.key) for child in family.children)
    manager, school = next(h for s in students if (h := heads.on(s.hex, since)))
    at = datetime.combine(since, AFTERNOON, tzinfo=SCHOOL_ZONE)
    guardian = UUID(excluded.key)
    rows = Protection.objects.bulk_create(
        Protection(
            id=UUID(key()),
            student_id=student,
            basis=basis,
            starts_on=since,
            review_on=review_on,
            set_by=UUID(manager),
            set_at=at,
        )
        for student in students
    )
    ExcludedPerson.objects.bulk_create(
        ExcludedPerson(
            id=UUID(key()),
            protection=row,
            guardian_id=guardian,
            relationship=excluded.relationship,
        )
        for row in rows
    )
    AuditEntry.objects.create(
        id=UUID(key()),
        at=at,
        hat="staff",
        person_id=UUID(manager),
        school_id=UUID(school.key),
        action="roster.protection:set",
        subject_type="student",
        subject_id=students[0],
        subject_count=len(students),
        data_class=DataClass.I,
        details={
            "protections": [str(row.id) for row in rows],
            "guardians": [str(guardian)],
            "rights": end_rights(students, [guardian], since),
        },
    )
