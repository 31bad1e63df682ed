"""What is posted: columns matched by hand, choices for single rows, and the day."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.imports.columns import KINDS, Kind, Match, match_headings
from manabiya.apps.imports.columns.fields import fields_of
from manabiya.apps.imports.planning import TABS
from manabiya.apps.imports.planning.missing import STAYS
from manabiya.law.era import parse_date

LEAVING = re.compile(r"^m:((?:student|guardian|staff):[0-9a-f-]{36})$")
DECISION = re.compile(r"^d:(\d{1,3}:\d{1,7}(?::[a-z0-9]{1,4})?)$")
TURN = re.compile(rf"^({'|'.join(TABS)}):(\d{{1,6}})$")
KIND_VALUES = {kind.value for kind in KINDS}


class DayForm(forms.Form):
    """From which day the files hold."""

    effective_on = forms.CharField(
        label=_("いつから"),
        max_length=30,
        help_text=_("この日から、ファイルのとおりにします。新年度の名簿は4月1日にします。"),
        error_messages={"required": _("いつからかを入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_effective_on(self) -> date:
        """Return the date, or say what is wrong with it."""
        try:
            return parse_date(self.cleaned_data["effective_on"])
        except ValueError as error:
            reason = str(error).split(":")[0]
            raise forms.ValidationError(
                _("%(reason)s。入力は残っています。直してください。"), params={"reason": reason}
            ) from error


def posted_tables(
    post: Mapping[str, Any], tables: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], bool]:
    """Return the tables as the form chose them, and whether a kind was changed.

    A changed kind is matched anew: its fields are other ones.
    """
    found, is_changed = [], False
    for number, table in enumerate(tables):
        kind = post.get(f"t{number}kind", table["kind"])
        kind = kind if kind in KIND_VALUES else table["kind"]
        if kind != table["kind"]:
            is_changed = True
            fields = list(match_headings(table["headings"], kind=Kind(kind)).fields)
        else:
            fields = _fields(post, number, table)
        found.append({**table, "kind": kind, "fields": fields})
    return found, is_changed


def _fields(post: Mapping[str, Any], number: int, table: Mapping[str, Any]) -> list[str]:
    known = fields_of(Kind(table["kind"]))
    chosen = [
        post.get(f"t{number}c{place}", before) for place, before in enumerate(table["fields"])
    ]
    return [key if key in known else "" for key in chosen]


def doubles(tables: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return, in words, the fields that two columns of one table were given."""
    found = []
    for table in tables:
        keys = [key for key in table["fields"] if key]
        labels = fields_of(Kind(table["kind"]))
        twice = sorted({key for key in keys if keys.count(key) > 1})
        found += [f"「{table['name']}」の「{labels[key].label}」" for key in twice]
    return found


def matches(tables: Sequence[Mapping[str, Any]]) -> list[Match]:
    """Return the matches of tables."""
    return [Match(Kind(table["kind"]), tuple(table["fields"])) for table in tables]


def turned_to(post: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the tab and page to turn to, None when nothing is turned."""
    found = TURN.match(str(post.get("to", "")))
    return (found[1], found[2]) if found else None


def place(query: Mapping[str, Any]) -> tuple[str, str]:
    """Return the tab and page a form was sent from."""
    found = TURN.match(f"{query.get('tab', '')}:{query.get('page', '')}")
    return (found[1], found[2]) if found else (TABS[0], "1")


def posted_decisions(post: Mapping[str, Any]) -> dict[str, str]:
    """Return what was chosen: row → answer; for whom the files don't name → answer and day."""
    found = {
        match[1]: str(value)[:40] for name, value in post.items() if (match := DECISION.match(name))
    }
    for name, value in post.items():
        if match := LEAVING.match(name):
            day = "" if value == STAYS else f" {post.get(f'{name}:day', '')}"
            found[match[1]] = f"{value}{day}"[:60]
    return found
