"""Who at the board can see to something, and what was decided for which school."""

from datetime import date
from uuid import UUID

from manabiya.apps.checklist.models import Outreach
from manabiya.roster.models import Appointment
from manabiya.roster.models.dated import on_day


def board_people(today: date) -> list[tuple[UUID, str]]:
    """Return who holds a post at the board, by kana (one query)."""
    posts = Appointment.objects.filter(on_day(today), school_id=None)
    found = posts.select_related("staff_member").order_by("staff_member__kana_key", "id")
    return list({post.staff_member_id: post.staff_member.name for post in found}.items())


def outreach_by_place() -> dict[tuple[str, UUID], Outreach]:
    """Return what was decided, by item and school (one query)."""
    rows = Outreach.objects.select_related("owner")
    return {(row.item, row.school_id): row for row in rows}
