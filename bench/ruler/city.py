"""A city of chosen size, and people of it who are logged in. Rows only: no demo, no story."""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

SLUG = "bench"
PASSWORD = "bench-only-password"


@dataclass(frozen=True, slots=True)
class Family:
    """A logged-in guardian and one child: session key and where the child's report is written."""

    session: str
    path: str


def municipality_id() -> UUID:
    """Return the id of the city of the benchmark."""
    from manabiya.kernel.tenancy.models import Municipality

    return Municipality.objects.get(slug=SLUG).id


def build(*schools: tuple[int, ...]) -> list[str]:
    """Build a city of schools with classes of so many children each; return the schools' slugs.

    It is 7:50 of :data:`.house.BUILT_FOR` there.
    """
    from django.db import transaction

    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import SchoolYear

    from . import people
    from .house import analyze

    with transaction.atomic():
        municipality = _municipality()
        with tenant(municipality.id):
            rows = people.Rows()
            rows.add(SchoolYear(year=people.YEAR, starts_on=people.FIRST, ends_on=people.LAST))
            slugs = [people.add_school(rows, n, sizes) for n, sizes in enumerate(schools, 1)]
            people.appoint(rows, "board_officer")
            rows.write()
    analyze()
    return slugs


def _municipality() -> Any:
    """Create the municipality, its clock set to the morning."""
    from django.utils import timezone

    from manabiya.kernel.clock import SCHOOL_ZONE
    from manabiya.kernel.tenancy.models import Municipality

    from .house import BUILT_FOR

    morning = datetime.combine(BUILT_FOR, time(7, 50), tzinfo=SCHOOL_ZONE)
    return Municipality.objects.create(
        code="019990",
        slug=SLUG,
        name="計測市",
        is_demo=True,
        clock_offset_seconds=int((morning - timezone.now()).total_seconds()),
    )


def of_500() -> tuple[int, ...]:
    """Return the class sizes of a school of 500."""
    return (34, 33, 33) * 5


def homerooms(slug: str) -> dict[int, UUID]:
    """Return the homerooms of a school by how many children they hold."""
    from django.db.models import Count

    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Enrollment

    with tenant(municipality_id()):
        rows = Enrollment.objects.filter(school__slug=slug).values_list("homeroom_id")
        return {count: homeroom for homeroom, count in rows.annotate(Count("id")).order_by()}


def report_some(homeroom_id: UUID, *, every: int = 10) -> int:
    """Let a guardian of every ``every``-th child of a class report this morning; return how many."""
    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Enrollment, GuardianRight

    from .house import BUILT_FOR

    with tenant(municipality_id()):
        seats = Enrollment.objects.filter(homeroom_id=homeroom_id, ends_on=None)
        chosen = [s.student_id for s in seats.order_by("roll_number")][::every]
        rights = GuardianRight.objects.filter(student_id__in=chosen, call_order=1)
        rows = AbsenceReport.objects.bulk_create(
            AbsenceReport(
                student_id=right.student_id,
                guardian_id=right.guardian_id,
                date=BUILT_FOR,
                kind="absent",
                reason="fever",
                note="38.2度あります。",
                submitted_at=f"{BUILT_FOR}T07:30:00+09:00",
                idempotency_key=secrets.token_hex(16),
                receipt_number=secrets.token_hex(8),
            )
            for right in rights
        )
        return len(rows)


def staff_session(post: str, school: str, homeroom_id: UUID | None = None) -> str:
    """Return the key of a strong session of who holds ``post`` at a school (of a homeroom)."""
    from manabiya.kernel.identity.models import Hat
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Appointment

    with tenant(municipality_id()):
        held = Appointment.objects.filter(post=post, school__slug=school)
        if homeroom_id is not None:
            held = held.filter(homeroom_id=homeroom_id)
        person_id = held.order_by("id")[0].staff_member_id
    return log_in(Hat.STAFF, person_id)


def board_session() -> str:
    """Return the key of a strong session of the board's officer."""
    from manabiya.kernel.identity.models import Hat
    from manabiya.kernel.tenancy.scope import tenant
    from manabiya.roster.models import Appointment

    with tenant(municipality_id()):
        person_id = Appointment.objects.filter(post="board_officer")[0].staff_member_id
    return log_in(Hat.BOARD, person_id)


def log_in(hat: str, person_id: UUID) -> str:
    """Give a person an account, a hat and a strong session; return the session's key."""
    from manabiya.kernel.identity import strength
    from manabiya.kernel.identity.models import Account, Membership

    account = Account.objects.create_account(login_name=f"bench-{secrets.token_hex(8)}")
    Membership.objects.create(
        account=account, municipality_id=municipality_id(), hat=hat, person_id=person_id
    )
    return sessions([account], **{strength.KEY: strength._today()})[0]


def log_in_families() -> list[Family]:
    """Give the first guardian of every child without a report an account and a running session.

    Rows only, as a login leaves them: account, membership, session. The password is hashed once.
    """
    from django.contrib.auth.hashers import make_password
    from django.db import transaction

    from manabiya.kernel.identity.models import Account, Hat, Membership
    from manabiya.kernel.tenancy.scope import tenant

    city_id = municipality_id()
    hashed = make_password(PASSWORD)
    with transaction.atomic():
        with tenant(city_id):
            pairs = first_guardians()
        accounts = {
            guardian: Account(login_name=f"bench-{number}", password=hashed)
            for number, guardian in enumerate(dict.fromkeys(g for g, _ in pairs))
        }
        Account.objects.bulk_create(accounts.values())
        Membership.objects.bulk_create(
            Membership(account=a, municipality_id=city_id, hat=Hat.GUARDIAN, person_id=guardian)
            for guardian, a in accounts.items()
        )
        keys = dict(zip(accounts, sessions(list(accounts.values())), strict=True))
    return [Family(keys[g], f"/m/{SLUG}/family/report/{child}/") for g, child in pairs]


def first_guardians() -> list[tuple[UUID, UUID]]:
    """Return guardian and child ids, shuffled as a morning does."""
    from manabiya.apps.attendance.models import AbsenceReport
    from manabiya.roster.models import GuardianRight

    from .house import BUILT_FOR

    reported = AbsenceReport.objects.filter(date=BUILT_FOR).values("student_id")
    rows = GuardianRight.objects.filter(call_order=1).exclude(student_id__in=reported)
    pairs = list(rows.order_by("id").values_list("guardian_id", "student_id"))
    random.Random(2).shuffle(pairs)
    return pairs


def sessions(accounts: list[Any], **content: str) -> list[str]:
    """Write a running session per account; return the session keys."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from manabiya.kernel.identity.views.entry import BACKEND

    store, rows = SessionStore(), []
    for account in accounts:
        held = {
            SESSION_KEY: str(account.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: account.get_session_auth_hash(),
            **content,
        }
        rows.append(
            Session(
                session_key=secrets.token_hex(16),
                session_data=store.encode(held),
                expire_date=timezone.now() + timedelta(days=1),
            )
        )
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]
