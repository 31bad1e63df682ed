"""The days of a form in words."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_choices(days: Iterable[date], today: date | None = None) -> list[tuple[str, str]]:
    """Return value and word of each day; 今日 and あした are called so when ``today`` is given."""
    return [(day.isoformat(), _word(day, today)) for day in days]


def _word(day: date, today: date | None) -> str:
    text = date_format(day, _("n月j日(D)"))
    if day == today:
        return _("%(day)s 今日") % {"day": text}
    is_tomorrow = today is not None and day == today + timedelta(days=1)
    return _("%(day)s あした") % {"day": text} if is_tomorrow else text
