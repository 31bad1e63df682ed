"""Whose turn it is: who may check a class today, who may confirm and decide."""

from datetime import date
from uuid import UUID

from manabiya.apps.register.policies import MONTH_CHECK, MONTH_CONFIRM
from manabiya.apps.register.queries.settings import register_settings
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import class_officers


def may_check_class(viewer: Actor, homeroom_id: UUID) -> bool:
    """Return whether checking is the viewer's: of its 担任, of a manager where it has none today.

    No query for the 担任, else those of ``class_officers``.
    """
    if not MONTH_CHECK.may(viewer):
        return False
    if any(homeroom_id in grant.homeroom_ids for grant in viewer.grants):
        return True
    return not class_officers(homeroom_id, viewer.today, viewer.today).teachers


def may_confirm_on(viewer: Actor, day: date) -> bool:
    """Return whether confirming is the viewer's on ``day``: principal, or where it is delegated."""
    if not MONTH_CONFIRM.may(viewer):
        return False
    return "principal" in viewer.roles() or register_settings(day).delegates_confirmation
