"""Whether a protection keeps a person of a file from a child; strict when in doubt."""

from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.roster import Roster, digits
from manabiya.apps.imports.planning.texts import plain_name
from manabiya.apps.imports.values.records import GuardianRecord, Name


def is_excluded(
    roster: Roster, record: GuardianRecord, name: Name, child: UUID, found: Any, *, has_right: bool
) -> bool:
    """Return whether ``record`` may be somebody who is excluded from ``child``.

    The guardian named by an exclusion, by any of name (variants of letters are one), reading or
    phone; where only a name is known, also anybody new of the same 続柄.
    """
    for exclusion in roster.excluded.get(child, ()):
        if found is not None and exclusion.guardian_id == found.id:
            return True
        if _is_the_name(roster, exclusion, record, name):
            return True
        same_place = exclusion.relationship and exclusion.relationship == record.relationship
        if same_place and not has_right and exclusion.guardian_id is None:
            return True
    return False


def _is_the_name(roster: Roster, exclusion: Any, record: GuardianRecord, name: Name) -> bool:
    wanted = plain_name(name.shown)
    if exclusion.name and plain_name(exclusion.name) == wanted:
        return True
    row = roster.guardians.get(exclusion.guardian_id)
    if row is None:
        return False
    phones = {digits(p) for p in (row.phone, row.phone_home, row.phone_work) if p}
    theirs = {digits(p) for p in (record.phone, record.phone_home, record.phone_work) if p}
    same_kana = bool(name.family_kana) and (row.family_kana, row.given_kana) == (
        name.family_kana, name.given_kana,
    )  # fmt: skip
    same_name = plain_name(row.family_name + row.given_name) == wanted
    return same_name or same_kana or bool(phones & theirs)
