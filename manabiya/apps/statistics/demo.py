"""The statistics chapter of the demo: what the days told before come to, for the board's page."""

from manabiya.apps.statistics.counts import recount_school
from manabiya.apps.statistics.models import SchoolPeriodCount
from manabiya.law.school_year import school_year_of
from manabiya.roster.story import Story


def tell(story: Story) -> None:
    """Count every school's years (inside ``tenant()``)."""
    years = story.years or (school_year_of(story.today),)
    for school_id in story.school_ids.values():
        for year in years[-2:]:
            recount_school(school_id, year, story.today)
    _with_keys(story)
    story.say(f"  数えた学校の年度 {len(story.school_ids) * len(years[-2:])}")


def _with_keys(story: Story) -> None:
    """Give the rows the keys of the story, so that the same date gives the same rows."""
    rows = list(SchoolPeriodCount.objects.order_by("school_id", "span", "first_day", "kind"))
    SchoolPeriodCount.objects.all().delete()
    for row in rows:
        row.id = story.key()
    SchoolPeriodCount.objects.bulk_create(rows, batch_size=2000)
