"""The attendance chapter of the demo: confirmed days, and this morning.

Believable exceptions: 1–3 % absent, some late, influenza, a 忌引. Where the roster told whole
school years, every day of them is told (:mod:`.years`), else the last weeks (:mod:`.weeks`).
Behind each 出席停止, 忌引 and 出席扱い stands its decision (:mod:`.periods`); behind most absences of the
last month a guardian's report (:mod:`.past`). Today no class is confirmed yet and a few guardians
have written (:mod:`.morning`). The counts are made from all of it.
"""

from manabiya.apps.attendance.demo import counts, morning, past, periods, weeks, years
from manabiya.roster.story import Story

__all__ = ["tell"]


def tell(story: Story) -> None:
    """Write the story's days and this morning (inside ``tenant()``)."""
    if story.years:
        years.tell(story)
        past.tell(story)
        morning.tell(story)
    else:
        weeks.tell(story)
    periods.tell(story)
    counts.tell(story)
