"""Where children of 出席扱い learn: what stands in 備考 of the register."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import ExcusedPeriod


def facilities_of(student_ids: Collection[UUID], first: date, last: date) -> dict[UUID, list[str]]:
    """Return by child the facilities of its decided 出席扱い between two days (one query)."""
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first),
        kind=excused.DEEMED_PRESENT,
        status__in=list(excused.EXCUSING),
        student_id__in=list(student_ids),
        first_day__lte=last,
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.order_by("first_day", "id"):
        if row.facility not in found[row.student_id]:
            found[row.student_id].append(row.facility)
    return dict(found)
