"""What the nurse's board counts, on plain values; no Django, no clock.

*Ill* on a day is a child away with an illness (病欠 for 発熱, かぜ, 腹痛, 感染症 or without a
reason; 出席停止 for an infectious disease) or here with a symptom. For a closure (学級閉鎖) only
those away count.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

SICK, SUSPENDED, HERE = "sick", "suspended", "here"
"""Away with an illness, away by 出席停止, here with a symptom."""


@dataclass(frozen=True, slots=True)
class Ill:
    """A child that is ill on a day: how, with what (a reason, disease or symptoms)."""

    student_id: UUID
    homeroom_id: UUID
    date: date
    kind: str
    words: tuple[str, ...] = ()
    disease: str = ""
    is_proposed: bool = False

    @property
    def is_away(self) -> bool:
        """Return whether the child is not at school."""
        return self.kind != HERE


def newly_ill(rows: Iterable[Ill], *, today: date, yesterday: date | None) -> list[Ill]:
    """Return who is ill today and was not on the school day before; each child once, away first."""
    found = list(rows)
    before = {row.student_id for row in found if row.date == yesterday}
    fresh: dict[UUID, Ill] = {}
    for row in sorted(found, key=lambda row: not row.is_away):
        if row.date == today and row.student_id not in before:
            fresh.setdefault(row.student_id, row)
    return list(fresh.values())


@dataclass(frozen=True, slots=True)
class Share:
    """The numbers behind a closure: children away with an illness, of those enrolled."""

    ill: int
    enrolled: int
    threshold_percent: int

    @property
    def percent(self) -> str:
        """Return the share with one decimal, half up; 「―」 for an empty class."""
        if not self.enrolled:
            return "―"
        share = Decimal(self.ill * 100) / Decimal(self.enrolled)
        return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))

    @property
    def is_reached(self) -> bool:
        """Return whether the share is at or above the threshold (by the exact numbers)."""
        return self.ill > 0 and self.ill * 100 >= self.threshold_percent * self.enrolled

    @property
    def missing(self) -> int:
        """Return how many more children away would reach the threshold."""
        needed = -(-self.threshold_percent * self.enrolled // 100)
        return max(needed - self.ill, 0)


@dataclass(frozen=True, slots=True)
class Series:
    """A line of the trend: its kind and how many on each day."""

    kind: str
    counts: tuple[int, ...]

    @property
    def last(self) -> int:
        """Return the count of the newest day."""
        return self.counts[-1] if self.counts else 0


def trend(rows: Iterable[Ill], days: Sequence[date]) -> tuple[Series, ...]:
    """Return the lines 病気の欠席, 出席停止, 登校して症状 over ``days``."""
    counted = Counter((row.kind, row.date) for row in rows)
    return tuple(
        Series(kind, tuple(counted[kind, day] for day in days)) for kind in (SICK, SUSPENDED, HERE)
    )


def diseases(rows: Iterable[Ill], days: Sequence[date]) -> Mapping[str, tuple[int, ...]]:
    """Return each disease known by name → how many are away with it on each day, most first."""
    counted: Counter[tuple[str, date]] = Counter()
    total: Counter[str] = Counter()
    for row in rows:
        if row.disease and row.is_away and row.date in days:
            counted[row.disease, row.date] += 1
            total[row.disease] += 1
    return {name: tuple(counted[name, day] for day in days) for name, _n in total.most_common()}


def count_words(rows: Collection[Ill], kind: str) -> Counter[str]:
    """Return how often each word (symptom) is said of children of ``kind``."""
    return Counter(word for row in rows if row.kind == kind for word in row.words)
