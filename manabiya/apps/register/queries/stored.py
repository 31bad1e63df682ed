"""What was written down of closed months."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.register.document import Document
from manabiya.apps.register.models import CorrectionRequest, RegisterStep, RegisterVersion


def versions_of(homeroom_id: UUID, month: date) -> list[RegisterVersion]:
    """Return the versions of a class's month, the newest first (one query); authorise first."""
    rows = RegisterVersion.objects.filter(homeroom_id=homeroom_id, month=month)
    return list(rows.select_related("made_by", "correction").order_by("-number"))


def newest_versions(homeroom_ids: Iterable[UUID], school_year: int) -> list[RegisterVersion]:
    """Return the newest version of each closed month of the classes, by month (one query)."""
    rows = (
        RegisterVersion.objects.filter(
            homeroom_id__in=list(homeroom_ids),
            month__range=(date(school_year, 4, 1), date(school_year + 1, 3, 1)),
        )
        .order_by("homeroom_id", "month", "-number")
        .distinct("homeroom_id", "month")
    )
    return sorted(rows, key=lambda row: (row.month, str(row.homeroom_id)))


def closed_months(homeroom_ids: Iterable[UUID], first: date, last: date) -> set[tuple[UUID, date]]:
    """Return (class, first day of the month) of what is closed in a stretch (one query)."""
    rows = RegisterStep.objects.filter(
        homeroom_id__in=list(homeroom_ids),
        kind=RegisterStep.Kind.CLOSED,
        month__range=(first.replace(day=1), last),
    )
    return set(rows.values_list("homeroom_id", "month"))


def document_of(version: RegisterVersion) -> Document:
    """Return the document of a version."""
    document: Document = json.loads(version.document)
    return document


@dataclass(frozen=True, slots=True)
class MonthSteps:
    """The steps of a month: the newest check, the close, the confirmation; None: not yet."""

    checked: RegisterStep | None = None
    closed: RegisterStep | None = None
    confirmed: RegisterStep | None = None


def steps_of(homeroom_id: UUID, month: date) -> MonthSteps:
    """Return the steps of a class's month (one query); authorise first."""
    rows = RegisterStep.objects.filter(homeroom_id=homeroom_id, month=month)
    found = {row.kind: row for row in rows.select_related("taken_by").order_by("taken_at", "id")}
    return MonthSteps(**found)


def open_request(homeroom_id: UUID, month: date) -> CorrectionRequest | None:
    """Return the request of correction that waits for a decision (one query)."""
    rows = CorrectionRequest.objects.filter(
        homeroom_id=homeroom_id, month=month, state=CorrectionRequest.State.OPEN
    )
    return rows.select_related("asked_by").first()


def sealed(*, homeroom_id: UUID, day: date) -> str:
    """Say that the day's month is closed, and what to do; empty when it is open (one query)."""
    month = day.replace(day=1)
    if not RegisterVersion.objects.filter(homeroom_id=homeroom_id, month=month).exists():
        return ""
    return (
        f"{month.month}月の出席簿は締めてあります。何も変えていません。"
        f"{month.month}月の出席簿から訂正を申し出てください。"
    )
