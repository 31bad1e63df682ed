"""Decide the marks, the counts and the delegation of the register from a month on."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from manabiya.apps.register.document import MEANINGS
from manabiya.apps.register.models import RegisterSettings, RegisterVersion
from manabiya.apps.register.policies import SETTINGS_CHANGE
from manabiya.apps.register.rules import clash_of
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.kernel.registry import SettingsRefused
from manabiya.roster.board_settings.forms import next_month
from manabiya.roster.board_settings.keeping import keep, take_back

LONGEST_MARK = 2


@service
def set_register(
    *,
    actor: Actor,
    valid_from: date,
    symbols: Mapping[str, str],
    counts_by_sex: bool,
    delegates_confirmation: bool,
    now: datetime,
) -> RegisterSettings:
    """Decide the register from the first day of a month on; a month has one set of marks.

    ``symbols``: a mark of one or two letters for each code of ``document.MEANINGS``. Raises
    ``Refused``, :class:`SettingsRefused`: a month gone by, begun under another decision or closed
    by a class; a day that is no first; a mark that means two things.
    """
    SETTINGS_CHANGE.require(actor)
    _check_month(valid_from, now.date())
    values = {
        "symbols": _checked(symbols),
        "counts_by_sex": counts_by_sex,
        "delegates_confirmation": delegates_confirmation,
    }
    row = RegisterSettings(valid_from=valid_from)
    return keep(actor, row, values, now, action="register.settings:set")


@service
def drop_register_settings(*, actor: Actor, row_id: UUID, now: datetime) -> RegisterSettings:
    """Take back what has not begun; raises ``Refused``, ``Http404``, :class:`SettingsRefused`."""
    SETTINGS_CHANGE.require(actor)
    return take_back(
        actor,
        RegisterSettings,
        row_id,
        now,
        policy=SETTINGS_CHANGE,
        action="register.settings:drop",
    )


def _check_month(valid_from: date, today: date) -> None:
    if valid_from.day != 1:
        raise SettingsRefused(
            _("一つの月の出席簿には、決まりは一つです。月の1日を選んでください。")
        )
    if valid_from < today.replace(day=1):
        raise SettingsRefused(_("過ぎた月からは決められません。今月か、これからの月の1日です。"))
    closed = RegisterVersion.objects.filter(month__gte=valid_from).order_by("-month").first()
    if closed is not None:
        said = {"month": _month(closed.month), "next": _month(next_month(closed.month))}
        raise SettingsRefused(
            _(
                "%(month)sの出席簿を締めた学級があります。%(next)s1日からにしてください。"
                "締めた出席簿は変わりません。"
            )
            % said
        )
    if valid_from <= today and RegisterSettings.objects.filter(valid_from=valid_from).exists():
        raise SettingsRefused(
            _("今月の決まりは、もう始まっています。次の月の1日からにしてください。")
        )


def _month(day: date) -> str:
    return str(date_format(day, _("Y年n月")))


def _checked(symbols: Mapping[str, str]) -> dict[str, str]:
    found = {code: symbols.get(code, "").strip() for code in MEANINGS}
    for code, mark in found.items():
        if not 1 <= len(mark) <= LONGEST_MARK or any(letter.isspace() for letter in mark):
            raise SettingsRefused(
                _("「%(meaning)s」の記号は、1字か2字にしてください。") % {"meaning": MEANINGS[code]}
            )
    if clash := clash_of(found):
        one, other = clash
        raise SettingsRefused(
            _("記号「%(mark)s」が「%(one)s」と「%(other)s」の両方になっています。")
            % {"mark": found[one], "one": MEANINGS[one], "other": MEANINGS[other]}
        )
    return found
