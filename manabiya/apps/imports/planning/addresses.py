"""Where people live: a new row, the old one ends the day before; hidden for protected families."""

from datetime import timedelta
from uuid import UUID

from manabiya.apps.imports.planning.plan import HIDDEN, Difference
from manabiya.apps.imports.planning.texts import same_address
from manabiya.apps.imports.planning.work import Work
from manabiya.roster.models import Address

DAY = timedelta(days=1)


def plan_address(
    work: Work,
    postal_code: str,
    text: str,
    *,
    student_id: UUID | None = None,
    guardian_id: UUID | None = None,
    is_new: bool,
) -> list[Difference]:
    """Plan where a person lives: a new row, the old one ends the day before; return the words.

    An address written on the same day is mended in place; an end that is set stays. Hidden for protected families.
    """
    person = student_id or guardian_id
    if not text or person is None:
        return []
    old = None if is_new else work.roster.address_of.get(person)
    same_code = old is not None and postal_code in ("", old.postal_code)
    if old is not None and same_code and same_address(old.text, text):
        return []
    writes = work.plan.writes
    if old is not None and old.starts_on >= work.day:
        writes.change(Address, old, text=text, postal_code=postal_code or old.postal_code)
    else:
        if old is not None:
            writes.end(Address, old, work.day - DAY)
        writes.addresses.append(
            Address(
                student_id=student_id,
                guardian_id=guardian_id,
                postal_code=postal_code,
                text=text,
                starts_on=work.day,
                ends_on=old.ends_on if old else None,
            )
        )
    if person in work.roster.hidden:
        return [("住所", HIDDEN, HIDDEN)]
    return [("住所", old.text if old else "", text)]
