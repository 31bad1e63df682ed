"""The morning backup as a paper: roster and contacts by class, for a morning without power or network."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from manabiya.apps.morning.queries.seats import ChildSeat, child_seats
from manabiya.apps.morning.times import morning_of
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.pdf import typeset
from manabiya.law.era import format_era
from manabiya.law.school_year import school_year_of
from manabiya.roster.families.calls import Callee, CallSheet, call_sheets
from manabiya.roster.queries import (
    HomeroomCard,
    addresses_of,
    homerooms_at,
    protected_among,
    school_days,
    school_of,
)

PAPER = "apps/morning/papers/backup.typ"
ASK_FIRST = "連絡前に管理職へ"
SEARCHED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What stands on the paper; ``digest`` is the same as long as every word is."""

    day: date
    student_count: int
    data: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of every word of the paper."""
        text = json.dumps(self.data, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def pdf(self, made_at: datetime) -> bytes:
        """Return the paper."""
        return typeset(PAPER, self.data, made_at=made_at)


def backup_facts(school_id: UUID, today: date) -> BackupFacts | None:
    """Return the facts for the next school day from ``today`` on, None in a vacation.

    Numbers as they may be called at the time set; nothing of a protected family. Nine queries,
    however many children. Authorise the school first.
    """
    day = next(iter(school_days(school_id, today, today + SEARCHED).open_days()), None)
    if day is None:
        return None
    cards = homerooms_at(school_id, school_year_of(day), day)
    seats = child_seats(day, homerooms=[card.id for card in cards])
    ids = [seat.student_id for seat in seats]
    moment = datetime.combine(day, _call_time(school_id, day), SCHOOL_ZONE)
    sheets = call_sheets(ids, moment)
    homes = _homes(ids, day)
    head = school_of(school_id, day)
    by_class: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for seat in seats:
        by_class[seat.homeroom_id].append(
            _row(seat, sheets[seat.student_id], homes.get(seat.student_id, ""))
        )
    data = {
        "school": head.full_name,
        "phone": head.phone,
        "day": format_era(day),
        "classes": [_class(card, by_class[card.id]) for card in cards if by_class[card.id]],
    }
    return BackupFacts(day, len(seats), data)


def _call_time(school_id: UUID, day: date) -> time:
    return morning_of(school_id, day).confirm_by


def _homes(ids: Collection[UUID], day: date) -> dict[UUID, str]:
    """Return each child's own address; of a protected one the words to ask first."""
    found = {student_id: ASK_FIRST for student_id in protected_among(ids)}
    for line in addresses_of(ids, day):
        if not line.whose:
            found.setdefault(line.student_id, line.text)
    return found


def _class(card: HomeroomCard, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": card.name, "teachers": "・".join(card.teacher_names), "rows": rows}


def _row(seat: ChildSeat, sheet: CallSheet, home: str) -> dict[str, Any]:
    return {
        "number": seat.roll_number,
        "name": seat.name,
        "kana": seat.kana,
        "home": home,
        "calls": [_call(callee) for callee in sheet.now],
        "never": "、".join(f"{c.name}({c.relationship})" for c in sheet.never),
    }


def _call(callee: Callee) -> str:
    if callee.is_masked:
        return f"{callee.relationship} {ASK_FIRST}"
    numbers = " ".join(f"{number}({kind})" for kind, number in callee.numbers[:2])
    return f"{callee.relationship} {callee.name} {numbers or '電話の登録なし'}"
