"""Decisions about protection on plain values: when to look at it again, what a reason is."""

from datetime import date, timedelta
from enum import Enum

NOTICE = timedelta(days=30)
SHORTEST_REASON = 5
LONGEST_WITHOUT_REVIEW = timedelta(days=366)
"""支援措置 of the resident register runs for a year; nothing is left unseen for longer."""


class Review(Enum):
    """How the day of review stands to today; the protection holds in every case."""

    LATER = "later"
    SOON = "soon"
    PASSED = "passed"


def review_state(review_on: date, today: date) -> Review:
    """Return whether to warn: from 30 days before the day, and louder once it has passed."""
    if today > review_on:
        return Review.PASSED
    return Review.SOON if today >= review_on - NOTICE else Review.LATER


def is_reason(text: str) -> bool:
    """Return whether somebody who reads it later learns something from it."""
    return len(text.strip()) >= SHORTEST_REASON


def is_review_day(day: date, today: date) -> bool:
    """Return whether a day can be chosen for the next look: after today, within a year."""
    return today < day <= today + LONGEST_WITHOUT_REVIEW


def last_day_of_right(starts_on: date, ends_on: date | None, protected_from: date) -> date | None:
    """Return the last day of an excluded person's right, None when nothing of it is left.

    It ends the day before the protection begins; one that ended earlier stays as it is.
    """
    before = protected_from - timedelta(days=1)
    if starts_on > before:
        return None
    return before if ends_on is None or ends_on > before else ends_on
