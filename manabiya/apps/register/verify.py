"""Prove closed registers: the chain of digests, the sums of each copy, the rows behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.register.document import (
    NO_DAY,
    SUMS,
    UNCONFIRMED,
    Document,
    added,
    canonical,
    digest,
    sums_of,
)
from manabiya.apps.register.models import RegisterVersion
from manabiya.apps.register.queries import document_of, live_month
from manabiya.apps.register.services.writing import START
from manabiya.kernel.audit.models import AuditEntry
from manabiya.law.attendance import CAUSES, Day, DayStatus, summarize
from manabiya.roster.models import Homeroom


@dataclass(frozen=True, slots=True)
class Difference:
    """Something a closed month is not: class, month, version, Japanese words."""

    homeroom_id: UUID
    month: date
    number: int
    message: str


def verify_school(school_id: UUID, today: date) -> list[Difference]:
    """Recompute every closed register of a school; return what differs, none when all is well."""
    found: list[Difference] = []
    for homeroom_id in (
        Homeroom.objects.filter(school_id=school_id)
        .order_by("school_year", "position", "name")
        .values_list("id", flat=True)
    ):
        found += verify_class(homeroom_id, today)
    return found


def verify_class(homeroom_id: UUID, today: date) -> list[Difference]:
    """Recompute the closed months of a class: chain, sums of every version, rows of the newest."""
    rows = RegisterVersion.objects.filter(homeroom_id=homeroom_id).order_by("sequence")
    versions = list(rows)
    found = [*_chain(versions), *_missing(homeroom_id, versions)]
    newest = {version.month: version for version in versions}
    for version in versions:
        found += [_said(version, words) for words in _counted(document_of(version))]
        if newest[version.month] is version:
            live = live_month(homeroom_id, version.month, today).document
            found += [_said(version, words) for words in _compared(document_of(version), live)]
    return found


def _said(version: RegisterVersion, words: str) -> Difference:
    return Difference(version.homeroom_id, version.month, version.number, words)


def _chain(versions: list[RegisterVersion]) -> Iterator[Difference]:
    previous = START
    for place, version in enumerate(versions, start=1):
        if version.sequence != place or version.previous_sha256 != previous:
            yield _said(version, "前の控えとつながっていません")
        if version.sha256 != digest(version.document, version.previous_sha256):
            yield _said(version, "控えの中身とハッシュが合いません")
        elif version.document != canonical(document_of(version)):
            yield _said(version, "控えの書き方が決まりとちがいます")
        previous = version.sha256


def _missing(homeroom_id: UUID, versions: list[RegisterVersion]) -> Iterator[Difference]:
    """Yield versions the audit entries know and the table does not (a cut tail)."""
    known = {version.sha256 for version in versions}
    entries = AuditEntry.objects.filter(
        subject_id=homeroom_id,
        action__in=["register.month:close", "register.correction:approve"],
    )
    for details in entries.order_by("at", "id").values_list("details", flat=True):
        if details["sha256"] not in known:
            month = date.fromisoformat(f"{details['month']}-01")
            yield Difference(homeroom_id, month, details["version"], "控えがなくなっています")


def day_of(code: str, day: date) -> Day | None:
    """Return a cell as the law counts it; None where it counts nowhere."""
    if code in NO_DAY:
        return None
    if code in CAUSES:
        is_bereaved = code == "S5"
        status = DayStatus.BEREAVEMENT if is_bereaved else DayStatus.ATTENDANCE_SUSPENSION
        return Day(day, status, cause=code)
    if code == UNCONFIRMED:
        return Day(day, DayStatus.UNCONFIRMED)
    if code in ("absent_sick", "absent_other", "deemed_present"):
        return Day(day, DayStatus(code))
    is_late, is_early = "late" in code.split("_")[:1], code.endswith("left_early")
    return Day(day, DayStatus.PRESENT, late=is_late, left_early=is_early)


def _counted(document: Document) -> Iterator[str]:
    """Yield where the sums of a copy are not those of its own cells."""
    days = [date.fromisoformat(day["date"]) for day in document["days"]]
    for row in document["rows"]:
        cells = [day_of(*pair) for pair in zip(row["cells"], days, strict=True)]
        if sums_of(summarize([cell for cell in cells if cell])) != row["sums"]:
            yield f"{row['number']}番の合計が日々の記録と合いません"
    if added(row["sums"] for row in document["rows"]) != document["totals"]:
        yield "学級の合計が一人ずつの合計と合いません"


def _compared(stored: Document, live: Document) -> Iterator[str]:
    """Yield where the rows of the house say something else than the copy. Names may change."""
    now = {row["student"]: row for row in live["rows"]}
    for row in stored["rows"]:
        other = now.pop(row["student"], None)
        if other is None:
            yield f"{row['number']}番が今の在籍にありません"
            continue
        for day, then, today in zip(stored["days"], row["cells"], other["cells"], strict=True):
            if then != today:
                yield f"{row['number']}番 {day['date']} の記録が控えとちがいます"
        words = [word for name, word in SUMS.items() if row["sums"][name] != other["sums"][name]]
        if words:
            yield f"{row['number']}番の{'・'.join(words)}が控えとちがいます"
    for row in now.values():
        yield f"{row['number']}番が控えにありません"
