"""Decisions about a child's days on plain values: which code, until when, what until decided.

No Django, no clock. The days and diseases are those of ``law.exclusion`` and ``law.bereavement``.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from manabiya.apps.attendance.rules import ABSENT_CODES, NOT_ARRIVED
from manabiya.law.bereavement import bereavement_days
from manabiya.law.exclusion import earliest_return, not_before

SUSPENSION, BEREAVEMENT = "suspension", "bereavement"
DEEMED_PRESENT, DISASTER = "deemed_present", "disaster"
CODES = {
    SUSPENSION: "attendance_suspension",
    BEREAVEMENT: "bereavement",
    DEEMED_PRESENT: "deemed_present",
    DISASTER: "disaster",
}
"""Kind of a period → the code its days get when it is decided."""
PENDING = {
    SUSPENSION: "absent_sick",
    BEREAVEMENT: "absent_other",
    DEEMED_PRESENT: "absent_sick",
    DISASTER: "absent_other",
}
"""Kind → what its days count as until somebody decides: 病欠, 事故欠 for 忌引 and 変災."""
REASONS = {SUSPENSION: "infection", BEREAVEMENT: "bereavement"}
"""Kind → the reason (欠席理由) its marks carry where no report says one."""

CLOSED = "S4"
"""Cause of a class closure; the child's own cause goes before it (``law.printed_cause``)."""

PROPOSED, DECIDED, ENDED = "proposed", "decided", "ended"
EXCUSING = (DECIDED, ENDED)
STANDING = (PROPOSED, *EXCUSING)
"""Statuses that hold a child's days: no other period may lie on them."""


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both inclusive; ``last`` None: open."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether ``day`` lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, other: "Days") -> bool:
        """Return whether the two share a day."""
        starts_late = other.last is not None and self.first > other.last
        ends_early = self.last is not None and self.last < other.first
        return not starts_late and not ends_early


@dataclass(frozen=True, slots=True)
class PeriodWord:
    """What a proposal says; what does not belong to its kind is empty."""

    kind: str
    days: Days
    disease: str = ""
    relation: str = ""
    facility: str = ""
    relief_on: date | None = None
    note: str = ""

    def plain(self) -> "PeriodWord":
        """Return the word without what does not belong to its kind."""
        is_ill = self.kind == SUSPENSION
        return replace(
            self,
            disease=self.disease if is_ill else "",
            relief_on=self.relief_on if is_ill else None,
            relation=self.relation if self.kind == BEREAVEMENT else "",
            facility=self.facility if self.kind == DEEMED_PRESENT else "",
        )


def pending_code(kind: str, said: str) -> str:
    """Return what a day counts as until somebody decides; ``said``: what stands without it.

    出席扱い leaves an absence as it is, since why a child stays away is not the facility's matter.
    """
    if kind == DEEMED_PRESENT and said in ABSENT_CODES:
        return said
    return PENDING[kind]


def is_excused_by(code: str, cause: str = "") -> bool:
    """Return whether a decision changes a confirmed day with this value.

    A child that came (present, 遅刻, 早退) was there, whatever is decided about the day.
    """
    return code in (*ABSENT_CODES, NOT_ARRIVED) or cause == CLOSED


def return_day(word: PeriodWord) -> date | None:
    """Return the first day back by the law, None while relief is missing or a doctor decides.

    Raises ValueError for a relief before the onset.
    """
    if word.kind != SUSPENSION:
        return None
    return earliest_return(word.disease, word.days.first, word.relief_on)


def not_back_before(kind: str, disease: str, first: date) -> date | None:
    """Return the lower bound of the first day back while nobody knows the relief."""
    return not_before(disease, first) if kind == SUSPENSION else None


def last_day(word: PeriodWord, school_days: Collection[date]) -> date | None:
    """Return the last day: the one said, else what law or the board's table says, else open.

    出席停止 ends the day before the first day back; 忌引 runs by the table from its first day (the
    day after the death); 変災 is one day; 出席扱い is open.
    """
    if word.days.last is not None:
        return word.days.last
    match word.kind:
        case "suspension":
            back = return_day(word)
            return None if back is None else max(word.days.first, back - timedelta(days=1))
        case "bereavement":
            died_on = word.days.first - timedelta(days=1)
            return max(
                bereavement_days(died_on, word.relation, school_days),
                default=died_on + timedelta(days=1),
            )
        case "disaster":
            return word.days.first
    return None
