"""What invitations help with: families who joined tell an absence without the telephone."""

from collections.abc import Collection

from manabiya.apps.invitations.policies import ISSUE
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way

ITEM = "absence_contact"


def ways(*, viewer: Actor, items: Collection[str]) -> list[Way]:
    """Return the page of invitations, for those who may hand them out (no query)."""
    if ITEM not in items or viewer.school_id is None or not ISSUE.may(viewer):
        return []
    return [Way(ITEM, "保護者に招待の紙を配る", "invitations")]
