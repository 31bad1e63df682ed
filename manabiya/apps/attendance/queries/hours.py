"""What other rooms ask of a class's morning: the hours a later start moves, and what is confirmed."""

from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance.models import ClassDay
from manabiya.apps.attendance.queries.settings import morning_settings


def hours_of(school_id: UUID, day: date) -> tuple[tuple[str, time], ...]:
    """Return the hours of a morning that starts as always, which a later start moves (one query)."""
    settings = morning_settings(school_id, day)
    return (
        (_("出欠の目安"), settings.confirm_by),
        (_("給食の数"), settings.lunch_by),
    )


def confirmed_among(homeroom_ids: Collection[UUID], day: date) -> set[UUID]:
    """Return which of the classes are confirmed on ``day`` (one query)."""
    rows = ClassDay.objects.filter(
        homeroom_id__in=homeroom_ids, date=day, confirmed_at__isnull=False
    )
    return set(rows.values_list("homeroom_id", flat=True))
