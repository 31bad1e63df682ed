"""The choices about those whom the files don't name, checked against the result that offers them."""

from collections.abc import Mapping
from typing import Any

from manabiya.apps.imports.files import unpacked
from manabiya.apps.imports.models import ImportRun, PlanPage
from manabiya.apps.imports.planning.missing import STAYS
from manabiya.apps.imports.refusals import ImportRefused
from manabiya.law.era import format_era, parse_date


def check(run: ImportRun, decisions: dict[str, str]) -> None:
    """Write the days of ``decisions`` plainly; raise ``ImportRefused`` for what is not offered.

    A key that the result does not list (of another school, or long gone) is no choice.
    """
    wanted = {key: value for key, value in decisions.items() if not key[:1].isdigit()}
    if not wanted:
        return
    offered = _offered(run)
    for key, value in wanted.items():
        if key not in offered:
            raise ImportRefused("結果にない人が選ばれています。いまの結果を確かめてください。")
        decisions[key] = _answer(offered[key], value)


def news(run: ImportRun, decisions: Mapping[str, str]) -> dict[str, str]:
    """Return the choices of a page that say something else than what is kept already.

    Raises ``ImportRefused`` like :func:`check`.
    """
    found = dict(decisions)
    check(run, found)
    kept = {**run.decisions, **run.chosen}
    return {
        key: value
        for key, value in found.items()
        if value != kept.get(key, "" if key[:1].isdigit() else STAYS)
    }


def _offered(run: ImportRun) -> dict[str, Mapping[str, Any]]:
    pages = PlanPage.objects.filter(run=run, tab="missing")
    lines = (line for page in pages for line in unpacked(page.lines))
    return {line["leaving"]["key"]: line for line in lines if "leaving" in line}


def _answer(line: Mapping[str, Any], value: str) -> str:
    chosen, _, text = value.partition(" ")
    offer = line["leaving"]
    if chosen == STAYS:
        return STAYS
    if chosen not in dict(offer["options"]):
        raise ImportRefused(f"{line['who']}: 選べないものが選ばれています。")
    try:
        day = parse_date(text)
    except ValueError as error:
        reason = str(error).split(":")[0]
        raise ImportRefused(f"{line['who']}: {reason}。日付を直してください。") from error
    if not offer["first"] <= day.isoformat() <= offer["last"]:
        first, last = (format_era(parse_date(offer[name])) for name in ("first", "last"))
        raise ImportRefused(f"{line['who']}: {first}から{last}までの日にしてください。")
    return f"{chosen} {day.isoformat()}"
