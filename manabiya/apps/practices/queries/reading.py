"""Which practices a viewer reads: all published ones, and every one of the own school."""

from django.db.models import Q, QuerySet

from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.policies import PRACTICE_OVERSEE, PRACTICE_READ
from manabiya.kernel.access.actors import Actor


def readable(viewer: Actor) -> QuerySet[Practice]:
    """Return the practices the viewer reads.

    A published one is meant for every school of the municipality, so the reach of a role stops
    only drafts and withdrawn ones. The board reads all but drafts.
    """
    if viewer.school_id is None:
        return PRACTICE_OVERSEE.filter(viewer, Practice.objects.exclude(state="draft"))
    if not PRACTICE_READ.may(viewer):
        return Practice.objects.none()
    return Practice.objects.filter(Q(state="published") | Q(school_id=viewer.school_id))
