"""From how many days the board lets somebody be told of an absence, on a day."""

from datetime import date

from manabiya.apps.morning.absences import Thresholds
from manabiya.apps.morning.models import AbsenceSettings
from manabiya.law.absence_alerts import AlertRules
from manabiya.law.attendance_figures import AbsenceRules


def absence_settings(day: date) -> AbsenceSettings:
    """Return the settings valid on ``day`` (one query); the default, unsaved, if none."""
    rows = AbsenceSettings.objects.filter(valid_from__lte=day).order_by("-valid_from")
    return rows.first() or AbsenceSettings(valid_from=day)


def thresholds_on(day: date) -> Thresholds:
    """Return the thresholds valid on ``day`` as the law's rules take them (one query)."""
    row = absence_settings(day)
    return Thresholds(
        AlertRules(row.valid_from, row.absent_days, row.unseen_days),
        AbsenceRules(row.valid_from, row.long_absence_days),
    )
