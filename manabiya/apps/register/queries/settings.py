"""What the board decided about the register, on a day."""

from datetime import date

from manabiya.apps.register.models import RegisterSettings


def register_settings(day: date) -> RegisterSettings:
    """Return the settings valid on ``day`` (one query); the national default, unsaved, if none."""
    rows = RegisterSettings.objects.filter(valid_from__lte=day).order_by("-valid_from")
    return rows.first() or RegisterSettings(valid_from=day)
