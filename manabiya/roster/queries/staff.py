"""Who works at a school today, what each takes care of, and who comes with the new year."""

from dataclasses import dataclass

from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Appointment, SchoolDuty
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.school import in_kind_order
from manabiya.roster.policies import STAFF_COMING_VIEW, STAFF_VIEW


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A post held today; the duties (校務分掌) stand at the first post of a person."""

    post: Appointment
    duties: tuple[SchoolDuty, ...]


def staff_lines(viewer: Actor) -> list[StaffLine]:
    """Return the posts held at the viewer's school today, by kana, 本務 first (two queries)."""
    today = viewer.today
    rows = (
        STAFF_VIEW.filter(viewer, Appointment.objects.filter(on_day(today)))
        .select_related("staff_member", "homeroom")
        .order_by("staff_member__kana_key", "staff_member_id", "-is_main", "post")
    )
    duties: dict[object, list[SchoolDuty]] = {}
    held = STAFF_VIEW.filter(viewer, SchoolDuty.objects.filter(on_day(today)))
    for duty in held.order_by("-is_head", "name", "id"):
        duties.setdefault(duty.staff_member_id, []).append(duty)
    return [StaffLine(row, tuple(duties.pop(row.staff_member_id, ()))) for row in rows]


def coming_appointments(viewer: Actor) -> list[Appointment]:
    """Return the posts that begin after today, by school and day (one query).

    Only for managers of the school and the board: for everybody else they do not exist before
    the day comes.
    """
    rows = STAFF_COMING_VIEW.filter(
        viewer, Appointment.objects.filter(starts_on__gt=viewer.today)
    ).select_related("staff_member", "homeroom", "school")
    by_school = (in_kind_order("school__"), "school__code")
    return list(rows.order_by(*by_school, "starts_on", "staff_member__kana_key", "id"))
