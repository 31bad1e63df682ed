"""Words of the city's pages: diseases, reasons, days."""

from datetime import date

from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries.illness import reason_label
from manabiya.law.exclusion import DISEASES
from manabiya.law.school import SchoolKind

STAR = "＊"
"""Stands for a number that is kept back."""


def disease_word(key: str) -> str:
    """Return the name of a disease; without a key nobody decided which."""
    if not key:
        return _("病名の決定なし")
    return DISEASES[key].label if key in DISEASES else key


def reason_word(reason: str) -> str:
    """Return why a child was absent (「家庭の都合」)."""
    return reason_label(reason) if reason else _("理由の連絡なし")


def kind_word(kind: str) -> str:
    """Return a kind of school (「小学校」)."""
    return SchoolKind(kind).label


def short_day(day: date) -> str:
    """Return a day without its year (「11/20」)."""
    return f"{day.month}/{day.day}"


def hidden_note() -> str:
    """Return what ＊ means."""
    return _(
        "少ない人数は伏せています。＊は、1〜4名の数と、そこから1〜4名の数がわかってしまう数です。"
    )
