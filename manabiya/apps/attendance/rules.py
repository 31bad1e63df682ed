"""Decisions of attendance on plain values; no Django, no clock.

A child's day is written as a *code*: one word of :data:`CODES` (``present`` for a child without
any mark). Forms, merging and counting speak codes; a mark stores the value behind the code.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

PRESENT = "present"
NOT_ARRIVED = "not_arrived"
ABSENT = "absent"
"""What the button 欠席 says; the kind of absence follows from the reason (:func:`resolve`)."""

SICK_REASONS = frozenset({"fever", "cold", "stomach_ache", "injury", "clinic", "infection"})
"""Reasons of 病欠; all others count as 事故欠 until the principal decides 出席停止 or 忌引."""

REPORT_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Value:
    """What a mark stores: status, flags (only on present), cause of an excused day (S1–S7)."""

    status: str
    late: bool = False
    left_early: bool = False
    cause: str = ""


CODES: Mapping[str, Value] = {
    PRESENT: Value("present"),
    "late": Value("present", late=True),
    "left_early": Value("present", left_early=True),
    "late_left_early": Value("present", late=True, left_early=True),
    "absent_sick": Value("absent_sick"),
    "absent_other": Value("absent_other"),
    "attendance_suspension": Value("attendance_suspension", cause="S1"),
    "bereavement": Value("bereavement", cause="S5"),
    "deemed_present": Value("deemed_present"),
    "disaster": Value("attendance_suspension", cause="S6"),
    NOT_ARRIVED: Value("not_arrived"),
}
ABSENT_CODES = frozenset({"absent_sick", "absent_other"})
EXCUSED_CODES = frozenset({"attendance_suspension", "bereavement", "deemed_present", "disaster"})
"""Codes only a decision gives (:mod:`.excused`); a mark alone never does."""


def code_of(status: str, *, late: bool, left_early: bool, cause: str = "") -> str:
    """Return the code of a stored value; the cause tells 変災 from the other suspensions."""
    if status == "attendance_suspension" and cause == CODES["disaster"].cause:
        return "disaster"
    if status != "present":
        return status
    return {
        (False, False): PRESENT,
        (True, False): "late",
        (False, True): "left_early",
        (True, True): "late_left_early",
    }[late, left_early]


@dataclass(frozen=True, slots=True)
class Claim:
    """An open report as the rules see it: what is said about the child's day."""

    id: UUID
    kind: str
    reason: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the reports propose: a code, the reason, and the reports it comes from."""

    code: str
    reason: str
    report_ids: tuple[UUID, ...]


def absence_code(reason: str) -> str:
    """Return 病欠 or 事故欠 for an absence with ``reason`` (no reason: 無届, 事故欠)."""
    return "absent_sick" if reason in SICK_REASONS else "absent_other"


def propose(claims: Iterable[Claim]) -> Proposal | None:
    """Return the proposed code of one child's open reports, the later one counts.

    遅刻 and 早退 add up; an absence replaces what was said before, and is replaced by it.
    """
    ordered = sorted(claims, key=lambda claim: (claim.submitted_at, str(claim.id)))
    if not ordered:
        return None
    code = PRESENT
    for claim in ordered:
        code = _fold(code, claim)
    return Proposal(code, ordered[-1].reason, tuple(claim.id for claim in ordered))


def _fold(code: str, claim: Claim) -> str:
    if claim.kind == ABSENT:
        return absence_code(claim.reason)
    before = CODES[code] if code not in ABSENT_CODES else CODES[PRESENT]
    return code_of(
        "present",
        late=before.late or claim.kind == "late",
        left_early=before.left_early or claim.kind == "left_early",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for a child: the code, who said it and when; decided, or only proposed (仮).

    ``excused``: the code of a decided period that holds on the day: an absence on it is that.
    """

    code: str = PRESENT
    reason: str = ""
    is_decided: bool = False
    by: str = ""
    at: datetime | None = None
    excused: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a teacher's form: the code chosen, and the code that stood when it was opened."""

    student_id: UUID
    base: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Clash:
    """The same child changed by both: mine, and what stands now."""

    student_id: UUID
    mine: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Merged:
    """The code of every child of the class, and the children both changed."""

    codes: Mapping[UUID, str]
    clashes: tuple[Clash, ...] = ()


def resolve(chosen: str, standing: Standing) -> str:
    """Return the code the form's choice means: the button 欠席 keeps or finds its kind.

    On a day of a decided period every absence is what was decided.
    """
    if standing.excused and chosen in (ABSENT, *ABSENT_CODES):
        return standing.excused
    if chosen != ABSENT:
        return chosen
    return standing.code if standing.code in ABSENT_CODES else absence_code(standing.reason)


def merge(entries: Sequence[Entry], standing: Mapping[UUID, Standing]) -> Merged:
    """Merge a teacher's form with what stands now, child by child (three-way).

    A child the form did not change keeps what stands; a child nobody else changed gets the
    form's value; a child both changed to different values is a clash. Children the form does
    not hold (they came to the class meanwhile) keep what stands.
    """
    codes = {student_id: row.code for student_id, row in standing.items()}
    clashes = []
    for entry in entries:
        row = standing[entry.student_id]
        mine = resolve(entry.chosen, row)
        if mine in (entry.base, row.code):
            continue
        if row.code != entry.base:
            clashes.append(Clash(entry.student_id, mine, row))
        codes[entry.student_id] = mine
    return Merged(codes, tuple(clashes))


def undecided(codes: Mapping[UUID, str], standing: Mapping[UUID, Standing]) -> frozenset[UUID]:
    """Return the children whose new code only a decision could give them."""
    return frozenset(
        student_id
        for student_id, code in codes.items()
        if code in EXCUSED_CODES
        and code not in (standing[student_id].code, standing[student_id].excused)
    )


def is_after_cutoff(*, now: datetime, day: date, cutoff: time) -> bool:
    """Return whether ``now`` (school local) is later than the cut-off of ``day``."""
    return now.replace(tzinfo=None) > datetime.combine(day, cutoff)


def is_reportable(*, today: date, day: date) -> bool:
    """Return whether a report for ``day`` is taken: from today to fourteen days ahead."""
    return today <= day <= today + REPORT_AHEAD


@dataclass(frozen=True, slots=True)
class Counts:
    """Children of a class (or a sum of classes) on one day.

    ``enrolled`` = present + absent + suspended + bereaved + not_arrived + unconfirmed; late and
    left early are times inside present.
    """

    enrolled: int = 0
    present: int = 0
    absent_sick: int = 0
    absent_other: int = 0
    suspended: int = 0
    bereaved: int = 0
    not_arrived: int = 0
    unconfirmed: int = 0
    late: int = 0
    left_early: int = 0

    @property
    def absent(self) -> int:
        """Return 病欠 and 事故欠 together."""
        return self.absent_sick + self.absent_other

    @property
    def excused(self) -> int:
        """Return 出席停止 and 忌引 together."""
        return self.suspended + self.bereaved


def count(codes: Sequence[str], *, is_confirmed: bool) -> Counts:
    """Count the codes of a class; until it is confirmed nobody of it counts as present."""
    if not is_confirmed:
        return Counts(enrolled=len(codes), unconfirmed=len(codes))
    found = Counter(CODES[code].status for code in codes)
    return Counts(
        enrolled=len(codes),
        present=found["present"] + found["deemed_present"],
        absent_sick=found["absent_sick"],
        absent_other=found["absent_other"],
        suspended=found["attendance_suspension"],
        bereaved=found["bereavement"],
        not_arrived=found[NOT_ARRIVED],
        late=sum(CODES[code].late for code in codes),
        left_early=sum(CODES[code].left_early for code in codes),
    )


def total(parts: Iterable[Counts]) -> Counts:
    """Return the sum of ``parts``."""
    found = list(parts)
    names = [field.name for field in fields(Counts)]
    return Counts(**{name: sum(getattr(part, name) for part in found) for name in names})


def without_cause(counts: Counts) -> Counts:
    """Return the counts as everybody at school may see them: every kind of day off is 欠席."""
    off = counts.absent + counts.excused
    return replace(counts, absent_sick=0, absent_other=off, suspended=0, bereaved=0)


def is_applied(kind: str, code: str) -> bool:
    """Return whether a confirmed ``code`` says what a report of ``kind`` said."""
    value = CODES[code]
    if kind == ABSENT:
        return value.status not in ("present", "deemed_present", NOT_ARRIVED)
    return value.late if kind == "late" else value.left_early


def is_same_matter(kind: str, other: str) -> bool:
    """Return whether two open reports of one guardian speak of the same (欠席 excludes all)."""
    return kind == other or ABSENT in (kind, other)


ME, SOMEBODY, ALONE = "me", "somebody", "alone"
PICKUPS = (ME, SOMEBODY, ALONE)
"""Who comes for a child that leaves early: the sender, somebody else, nobody."""

CONSULTATION, OTHER_REASON = "consultation", "other"


def fetcher(
    who: str,
    name: str,
    *,
    sender: UUID | None,
    registered: Mapping[UUID, str],
    excluded: Iterable[str],
) -> UUID | None:
    """Return which of the people registered to fetch the child comes; None: call back first.

    A name counts only when it is exactly one registered person's (spaces and widths apart) and
    nobody's who is kept from the child.
    """
    if who == ME:
        return sender if sender in registered else None
    said = _letters(name)
    if not said or said in {_letters(text) for text in excluded}:
        return None
    found = [person for person, known in registered.items() if _letters(known) == said]
    return found[0] if len(found) == 1 else None


def _letters(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
