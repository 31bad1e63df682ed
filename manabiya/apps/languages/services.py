"""The write: a board turns a further language on or off for the families of its schools."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from manabiya.apps.languages.models import LanguageSwitch
from manabiya.apps.languages.policies import LANGUAGE_SWITCH
from manabiya.apps.languages.queries import is_on
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service


class LanguageRefused(Exception):
    """The language can't be turned that way; the message says why."""


@service
def switch_language(*, actor: Actor, language: str, on: bool, now: datetime) -> LanguageSwitch:
    """Turn a further language on or off, from the next page of every family on.

    Raises ``Refused``, :class:`LanguageRefused` (no such language, nothing would change).
    """
    LANGUAGE_SWITCH.require(actor)
    if language not in dict(settings.FURTHER_LANGUAGES):
        raise LanguageRefused(_("そのことばはありません。画面を開きなおしてください。"))
    if is_on(language) == on:
        raise LanguageRefused(_("もうそうなっています。変わるところはありません。"))
    row: LanguageSwitch = LanguageSwitch.objects.create(
        language=language, is_on=on, set_by_id=actor.person_id, set_at=now
    )
    record(
        actor=actor,
        action="languages.language:switch",
        subject_type="language_switch",
        subject_id=row.id,
        details={"language": language, "is_on": on},
    )
    return row
