"""The counts of the story's days, made from its rows as on any other day."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from manabiya.apps.attendance.counting import absences_between, counted_between
from manabiya.apps.attendance.models import CityAbsenceCount, SchoolDayCount
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.law.school_year import first_day
from manabiya.roster.story import Story

BEFORE = timedelta(days=31)


def tell(story: Story) -> None:
    """Write the counts of every day told, today's included (inside ``tenant()``)."""
    first = first_day(story.years[0]) if story.years else story.today - BEFORE
    rows = [row for school in story.school_ids.values() for row in _school(story, school, first)]
    count = pour(SchoolDayCount, ("id", "school_id", "date", "kind", "detail", "count"), rows)
    reasons = [
        (story.key(), day, reason, number)
        for day, found in absences_between(first, story.today).items()
        for reason, number in found.items()
    ]
    pour(CityAbsenceCount, ("id", "date", "reason", "count"), reasons)
    story.say(f"  日ごとの数 {count}")


def _school(story: Story, school_id: UUID, first: date) -> Iterator[Row]:
    for day, tally in counted_between(school_id, first, story.today).items():
        for (kind, detail), number in tally.items():
            yield story.key(), school_id.hex, day, str(kind), detail, number
