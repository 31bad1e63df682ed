"""What a guardian may do for a child: begun, and changed with the history behind it.

A change ends the row the day before and begins another, as the page of the family does; what
began on the very day is mended in place. What the file doesn't speak of (hours, never at work,
an end that is set) goes on.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from manabiya.apps.imports.planning.plan import Difference
from manabiya.apps.imports.planning.work import Work
from manabiya.apps.imports.values.records import GuardianRecord
from manabiya.roster.models import GuardianRight

DAY = timedelta(days=1)
UNSAID = "保護者"
"""The 続柄 of a list that names none: no reason to change one."""
FLAGS = {
    "can_report": "欠席を連絡できる",
    "can_view": "記録を見られる",
    "gets_notices": "お知らせを受け取る",
    "can_pick_up": "迎えに来られる",
    "may_be_called": "電話してよい",
}
WORD = ("relationship", "call_order", "call_from", "call_until", "never_at_work", *FLAGS)


class Rights:
    """Plans the rights of the files. ``begun``: the rows that begin with this import."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.begun: dict[tuple[UUID, UUID], GuardianRight] = {}

    def plan(
        self,
        record: GuardianRecord,
        pair: tuple[UUID, UUID],
        right: Any,
        place: int,
        *,
        is_listed: bool,
    ) -> list[Difference]:
        """Plan what a guardian may do for a child (``pair``); return the words.

        ``right``: the one that holds. ``place``: among the child's guardians in the files.
        ``is_listed``: in the row of the child, where the place changes no order of calls.
        """
        begun = self.begun.get(pair)
        if right is None and begun is None:
            self._begin(record, pair, place)
            return [("続柄", "", record.relationship)]
        changes, shown = self.work.differences(begun or right, self._wanted(record, is_listed))
        if begun is not None:
            for column, value in changes.items():
                setattr(begun, column, value)
        elif changes:
            self._change(pair, right, changes)
        return shown

    def _wanted(self, record: GuardianRecord, is_listed: bool) -> dict[str, tuple[str, Any]]:
        wanted: dict[str, tuple[str, Any]] = {}
        if record.relationship != UNSAID:
            wanted["relationship"] = ("続柄", record.relationship)
        if not is_listed:
            wanted["call_order"] = ("電話の順", record.call_order)
        return wanted | {key: (FLAGS[key], value) for key, value in record.rights.items()}

    def _begin(self, record: GuardianRecord, pair: tuple[UUID, UUID], place: int) -> None:
        later = self.work.roster.later_rights.get(pair)
        self._write(
            pair,
            relationship=record.relationship,
            call_order=record.call_order or place,
            ends_on=later - DAY if later else None,
            **record.rights,
        )

    def _change(self, pair: tuple[UUID, UUID], right: Any, changes: dict[str, Any]) -> None:
        writes, day = self.work.plan.writes, self.work.day
        if right.starts_on >= day:
            writes.change(GuardianRight, right, **changes)
            return
        word = {column: getattr(right, column) for column in WORD}
        writes.change(GuardianRight, right, ends_on=day - DAY, **word)
        self._write(pair, ends_on=right.ends_on, **word | changes)

    def _write(self, pair: tuple[UUID, UUID], **word: Any) -> None:
        guardian_id, student_id = pair
        row = GuardianRight(
            guardian_id=guardian_id, student_id=student_id, starts_on=self.work.day, **word
        )
        self.begun[pair] = row
        self.work.plan.writes.rights.append(row)
