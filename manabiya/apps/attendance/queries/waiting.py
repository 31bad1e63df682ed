"""April: reports about children who are seated nowhere yet, for the managers of their last school."""

from dataclasses import dataclass
from datetime import date

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.policies import WAITING_VIEW
from manabiya.apps.attendance.queries.families import GONE
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import WaitingChild, waiting_children

APRIL = 4


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A report, and the child with its last class."""

    report: AbsenceReport
    child: WaitingChild


def waiting_lines(viewer: Actor, *, day: date) -> list[WaitingLine]:
    """Return the standing reports from ``day`` on (two queries in April, none in other months)."""
    if day.month != APRIL or not WAITING_VIEW.may(viewer):
        return []
    children = {child.student_id: child for child in waiting_children(viewer.at, day)}
    reports = AbsenceReport.objects.filter(student_id__in=children, date__gte=day)
    found = reports.exclude(status__in=GONE).order_by("date", "submitted_at", "id")
    return [WaitingLine(report, children[report.student_id]) for report in found]
