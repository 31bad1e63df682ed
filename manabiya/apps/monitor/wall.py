"""From the cookie of a device to its school, with everything that tells whether the board changed."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest

from manabiya.apps.attendance.queries.wall import wall_settings, wall_version
from manabiya.apps.monitor.models import MonitorDevice
from manabiya.apps.monitor.rules import bucket, is_dark
from manabiya.apps.monitor.tokens import hash_of
from manabiya.kernel.access.devices import Device
from manabiya.roster.calendar.rules import Change
from manabiya.roster.models import Protection
from manabiya.roster.queries import changes_json, read_changes

ROLE = "monitor"
COOKIE = "manabiya-wall"


@dataclass(frozen=True)
class Wall(Device):
    """A paired device with its school's name, settings and the version of its board.

    ``confirm_by``: of a class that starts as always; ``changes``: what was decided about the day.
    """

    school_name: str
    day: date
    now: datetime
    shows_names: bool
    dark_from: time
    confirm_by: time
    last_seen_at: datetime | None
    version: str
    changes: tuple[Change, ...] = ()

    @property
    def is_dark(self) -> bool:
        """Return whether the screen shows nothing now."""
        return is_dark(self.now, self.dark_from)


def find_wall(request: HttpRequest) -> Wall | None:
    """Return the paired device that asks, None when nobody paired it or it was revoked (one query)."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    now: datetime = request.now  # type: ignore[attr-defined]
    protected = Protection.objects.filter(ended_on=None).order_by().values("municipality_id")
    row = (
        MonitorDevice.objects.filter(token_hash=hash_of(token), revoked_at=None)
        .select_related("school")
        .annotate(
            **wall_version(now.date()),
            **wall_settings(now.date()),
            changes=changes_json(now.date(), now.date()),
            wall_protected=Subquery(
                protected.filter(municipality_id=OuterRef("municipality_id"))
                .annotate(found=Count("id"))
                .values("found")
            ),
        )
        .first()
    )
    return _wall(row, now) if row else None


VERSION = ("wall_confirmed", "wall_confirmed_at", "wall_marks", "wall_marked_at",
           "wall_changed_at", "wall_protected", "shows_names", "dark_from", "confirm_by")  # fmt: skip


def _wall(row: MonitorDevice, now: datetime) -> Wall:
    values: dict[str, object] = {name: getattr(row, name) for name in VERSION}
    dark_from: time = row.dark_from  # type: ignore[attr-defined]
    changes = read_changes(row.changes)  # type: ignore[attr-defined]
    what = [str(row.id), bucket(now), is_dark(now, dark_from), *values.values(), changes]
    return Wall(
        id=row.id,
        municipality_id=row.municipality_id,
        school_id=row.school_id,
        role=ROLE,
        school_name=row.school.name,
        day=now.date(),
        now=now,
        shows_names=row.shows_names,  # type: ignore[attr-defined]
        dark_from=dark_from,
        confirm_by=row.confirm_by,  # type: ignore[attr-defined]
        last_seen_at=row.last_seen_at,
        changes=changes,
        version=sha256("|".join(map(str, what)).encode()).hexdigest()[:32],
    )
