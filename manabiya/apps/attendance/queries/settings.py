"""What a school decided about its morning, on a day."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q

from manabiya.apps.attendance.models import MorningSettings


def morning_settings(school_id: UUID | None, day: date) -> MorningSettings:
    """Return the settings of a school valid on ``day``: its own before the city's (one query).

    Where nobody decided anything, an unsaved row with the defaults.
    """
    rows = MorningSettings.objects.filter(
        Q(school_id=school_id) | Q(school_id=None), valid_from__lte=day
    )
    found = rows.order_by(F("school_id").asc(nulls_last=True), "-valid_from").first()
    return found or MorningSettings(school_id=school_id, valid_from=day)
