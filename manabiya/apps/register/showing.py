"""What the page of a month says beside its table: obstacles, whose turn it is, corrections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from manabiya.apps.register import papers, policies, queries, services
from manabiya.apps.register.document import WEEKDAYS, Document
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Todo:
    """Days that keep a month open for one reason; a line: the day to open (None: ahead), words."""

    title: str
    lines: Sequence[tuple[date | None, str]]


def todos(obstacles: Sequence[queries.Obstacle]) -> list[Todo]:
    """Return the obstacles by reason: to confirm, 未着 to end, still ahead."""
    kinds: tuple[tuple[str, list[queries.Obstacle]], ...] = (
        (_("出欠が確定していない日"), [o for o in obstacles if o.day and not o.numbers]),
        (_("未着に結果がついていない日"), [o for o in obstacles if o.numbers]),
        (_("これからの授業日"), [o for o in obstacles if o.day is None]),
    )
    return [Todo(title, [(o.day, _said(o)) for o in mine]) for title, mine in kinds if mine]


def _said(obstacle: queries.Obstacle) -> str:
    numbers = "・".join(f"{number}番" for number in obstacle.numbers)
    return f"{obstacle.on.day}日({WEEKDAYS[obstacle.on.weekday()]}) {numbers}".strip()


def turn(page: queries.MonthPage, actor: Actor, today: date) -> dict[str, Any]:
    """Return which buttons are the viewer's now, and whose turn it is where none is."""
    is_ready = page.version is None and not page.obstacles
    may_check = is_ready and queries.may_check_class(actor, page.homeroom.id)
    is_checked = bool(page.steps.checked) and not page.is_stale
    may_close = is_ready and is_checked and policies.MONTH_CLOSE.may(actor)
    is_judge = queries.may_confirm_on(actor, today)
    is_newest = page.version is not None and page.version == page.versions[0]
    waits = is_newest and not page.steps.confirmed
    return {
        "may_check": may_check,
        "may_close": may_close,
        "may_confirm": waits and is_judge,
        "may_ask": is_newest and not page.request and policies.CORRECTION_ASK.may(actor),
        "may_decide": is_judge and policies.CORRECTION_DECIDE.may(actor),
        "waits_for": "" if may_close or (waits and is_judge) else _waits_for(page, may_check),
    }


def _waits_for(page: queries.MonthPage, may_check: bool) -> str:
    if page.obstacles:
        return _("下の日を片づけると、点検に進めます。")
    if page.is_stale:
        return _("点検のあとで出席簿が変わりました。もう一度点検すると、締められます。")
    if page.version is None and page.steps.checked:
        return _("つぎは、教頭の締めを待ちます。")
    if page.version is None:
        return "" if may_check else _("つぎは、担任の点検を待ちます。")
    return "" if page.steps.confirmed else _("つぎは、校長の確認を待ちます。")


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction in parts: version, where, what became what, why, who."""

    version: int
    where: str
    change: str
    reason: str
    who: str


def correction_lines(document: Document) -> list[CorrectionLine]:
    """Return what corrections changed, the newest version first."""
    names = {row["student"]: row["name"] for row in document["rows"]}
    lines = [_line(line, names) for line in document["corrections"]]
    return sorted(lines, key=lambda line: -line.version)


def _line(line: Mapping[str, Any], names: Mapping[str, str]) -> CorrectionLine:
    where = change = ""
    if line["student"]:
        name = names.get(line["student"], "")
        where = f"{line['number']}番 {name} {papers.short_day(line['date'])}"
        change = f"{papers.meaning(line['old'])}→{papers.meaning(line['new'])}"
    who = _("申出 %(asked)s 承認 %(approved)s(%(day)s)") % {
        "asked": line["asked_by"],
        "approved": line["approved_by"],
        "day": papers.short_day(line["on"]),
    }
    return CorrectionLine(line["version"], where, change, line["reason"], who)


def request_lines(page: queries.MonthPage) -> list[str]:
    """Return what an open request wants, a line a day: who, when, what stands → what should."""
    return list(_wanted(page)) if page.request else []


def _wanted(page: queries.MonthPage) -> Iterator[str]:
    assert page.request is not None
    rows = {row["student"]: row for row in page.document["rows"]}
    days = [day["date"] for day in page.document["days"]]
    for entry in page.request.entries:
        row = rows.get(entry["student"])
        if row is None:
            continue
        stands = papers.meaning(row["cells"][days.index(entry["date"])])
        day, wanted = papers.short_day(entry["date"]), services.CODES[entry["code"]]
        yield f"{row['number']}番 {row['name']} {day} {stands}→{wanted}"
