"""Dates in addresses: ``2026-11-20`` and ``2026-11``; a day that does not exist is no address."""

from datetime import date

from django.urls import register_converter


class IsoDate:
    """A day."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the day; ValueError makes it 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """Return the ISO form."""
        return str(value)


class IsoMonth:
    """A month, in Python its first day."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> date:
        """Return the first day of the month; ValueError makes it 404."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date | str) -> str:
        """Return year and month."""
        return str(value)[:7]


register_converter(IsoDate, "iso_date")
register_converter(IsoMonth, "iso_month")
