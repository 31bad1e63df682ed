"""The reports of the last month: how guardians told most of the absences that are on the register."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from manabiya.apps.attendance.demo.morning import kept
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.attendance.services.reports import LETTERS
from manabiya.kernel.tenancy.bulk import Row, pour
from manabiya.roster.models import GuardianRight
from manabiya.roster.models.dated import on_day
from manabiya.roster.story import Story

DAYS = 45
ABSENT = (AttendanceMark.Status.ABSENT_SICK, AttendanceMark.Status.ABSENT_OTHER)
COLUMNS = (
    "id", "student_id", "date", "kind", "reason", "status", "guardian_id", "submitted_at",
    "idempotency_key", "receipt_number",
)  # fmt: skip


def tell(story: Story) -> None:
    """Write a guardian's report behind most absences of the last weeks (inside ``tenant()``)."""
    shown = kept(story)
    marks = [
        mark
        for mark in AttendanceMark.objects.filter(
            date__range=(story.today - timedelta(days=DAYS), story.today - timedelta(days=1)),
            status__in=ABSENT,
            homeroom__school__is_evening=False,
        )
        .order_by("date", "student__reference", "id")
        .values_list("student_id", "date", "reason", "homeroom__school__slug")
        if mark[0] not in shown
    ]
    rights = GuardianRight.objects.filter(
        on_day(story.today),
        student_id__in={mark[0] for mark in marks},
        can_report=True,
        call_order=1,
    )
    guardians = dict(rights.values_list("student_id", "guardian_id"))
    count = pour(AbsenceReport, COLUMNS, list(_rows(story, marks, guardians)))
    story.say(f"  これまでの連絡 {count}")


def _rows(
    story: Story,
    marks: list[tuple[UUID, date, str, str]],
    guardians: dict[UUID, UUID],
) -> Iterator[Row]:
    """Yield a report for a share of each school's absences, its own and always the same."""
    chance = Random(f"{story.municipality.slug} past reports")  # noqa: S311
    shares: dict[str, float] = {}
    for number, (student_id, day, reason, slug) in enumerate(marks):
        share = shares.setdefault(slug, chance.uniform(0.35, 0.95))
        if chance.random() > share or student_id not in guardians:
            continue
        at = story.at(7, 5 + number % 50, day)
        yield (
            story.key(), student_id, day, AbsenceReport.Kind.ABSENT.value,
            reason or AbsenceReport.Reason.OTHER.value, AbsenceReport.Status.APPLIED.value,
            guardians[student_id], at, story.key(), f"{at:%m%d-%H%M}-{_letters(number)}",
        )  # fmt: skip


def _letters(number: int) -> str:
    """Return four letters, another four for every number."""
    found = ""
    for _place in range(4):
        number, rest = divmod(number, len(LETTERS))
        found += LETTERS[rest]
    return found
