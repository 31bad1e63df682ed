"""The morning of today: no class is confirmed yet, a few guardians have written."""

from collections.abc import Sequence
from uuid import UUID

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services.reports import LETTERS
from manabiya.roster.models import Enrollment, GuardianRight
from manabiya.roster.models.dated import on_day
from manabiya.roster.story import Story

TODAY = (
    ("absent", "fever", "38.2度あります。"),
    ("late", "clinic", ""),
    ("absent", "stomach_ache", ""),
    ("absent", "family", ""),
    ("left_early", "clinic", "5校時のあと、迎えに行きます。"),
    ("absent", "cold", ""),
)
SHARE = 0.012


def tell(story: Story) -> None:
    """Let the guardians of about one child in a hundred write, all over the city."""
    rows = Enrollment.objects.filter(on_day(story.today), school__is_evening=False)
    everybody = rows.order_by("school__code", "homeroom__position", "roll_number")
    children = [
        student_id
        for student_id in everybody.values_list("student_id", flat=True)
        if story.chance.random() < SHARE
    ]
    write_reports(story, children)
    story.say(f"  今朝の連絡 {len(children)}")


def write_reports(story: Story, children: Sequence[UUID]) -> None:
    """Write a report of this morning for each child but those of the demo's own guardians."""
    shown = kept(story)
    written = [student_id for student_id in children if student_id not in shown]
    rights = GuardianRight.objects.filter(
        on_day(story.today), student_id__in=written, can_report=True, call_order=1
    )
    guardians = dict(rights.values_list("student_id", "guardian_id"))
    AbsenceReport.objects.bulk_create(
        _report(story, student_id, guardians[student_id], number)
        for number, student_id in enumerate(written)
        if student_id in guardians
    )


def kept(story: Story) -> set[UUID]:
    """Return the children of the demo's guardians: their morning is still to come."""
    people = [i for (role, _), i in story.people.items() if role.startswith("guardian")]
    rights = GuardianRight.objects.filter(guardian_id__in=people)
    return set(rights.values_list("student_id", flat=True))


def _report(story: Story, student_id: UUID, guardian_id: UUID, number: int) -> AbsenceReport:
    kind, reason, note = TODAY[number % len(TODAY)]
    at = story.at(7, 12 + 3 * number % 35)
    letters = "".join(story.chance.choice(LETTERS) for _ in range(4))
    return AbsenceReport(
        id=UUID(story.key()),
        student_id=student_id,
        date=story.today,
        kind=kind,
        reason=reason,
        note=note,
        guardian_id=guardian_id,
        submitted_at=at,
        idempotency_key=story.key(),
        receipt_number=f"{at:%m%d-%H%M}-{letters}",
    )
