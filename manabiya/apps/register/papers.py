"""The register on paper and as a workbook, from a document alone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from manabiya.apps.register.document import MEANINGS, SUMS, Document
from manabiya.apps.register.grid import grid_of
from manabiya.kernel.exchange import Column, Table
from manabiya.kernel.pdf import letters_without_glyph, typeset
from manabiya.law.era import era_year

FOLDER = "apps/register/papers"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on the paper beside the document: its state, version, digest, the sums so far.

    ``so_far``: by student, the quantities of the closed months of the school year up to this one.
    """

    state: str
    version: int
    sha256: str
    so_far: Mapping[str, Mapping[str, int]]


def month_pdf(document: Document, standing: Standing, made_at: datetime) -> bytes:
    """Return 出席簿 of a month: A4 landscape, forty children on a page, 累計 behind it."""
    grid = grid_of(document)
    data = {
        "title": f"出席簿 {title_of(document)}",
        "school": document["school"],
        "homeroom": document["homeroom"],
        "principals": said_officers(document["principals"]),
        "teachers": said_officers(document["teachers"]),
        "days": document["days"],
        "sums": list(SUMS.values()),
        "rows": [asdict(row) for row in grid.rows],
        "totals": grid.totals,
        "line": class_line(document),
        "labels": labels_of(document),
        "is_ahead": "planned_days" in document,
        "legend": document["legend"],
        "corrections": [said_correction(document, c) for c in document["corrections"]],
        "state": standing.state,
        "foot": _foot(document, standing),
        "so_far": _so_far(document, standing.so_far),
    }
    return typeset(f"{FOLDER}/month.typ", data, made_at=made_at)


def month_table(document: Document) -> Table:
    """Return the month as a table for a workbook: the same cells."""
    grid = grid_of(document)
    widths = {0: 5, 1: 22, len(grid.headings) - 1: 30}
    columns = [Column(word, widths.get(n, 5)) for n, word in enumerate(grid.headings)]
    rows: list[list[Any]] = [
        [row.number, row.name, *(cell.text for cell in row.cells), *row.sums, row.remarks]
        for row in grid.rows
    ]
    return Table(f"{document['homeroom']} {document['month']}", columns, rows)


def title_of(document: Document) -> str:
    """Return the month in the era: 「令和8年10月」."""
    first = date.fromisoformat(f"{document['month']}-01")
    era, year = era_year(first)
    return f"{era}{year}年{first.month}月"


def said_officers(officers: Sequence[Mapping[str, Any]]) -> str:
    """Return names with the days they held the post in this school year."""
    return "、".join(f"{one['name']}({_period(one)})" for one in officers) or "―"


def _period(one: Mapping[str, Any]) -> str:
    ends = [one["from"], one["until"]]
    said = [
        f"{d.month}/{d.day}" if (d := date.fromisoformat(e) if e else None) else "" for e in ends
    ]
    return "〜".join(said)


def class_line(document: Document) -> str:
    """Return the figures of the class: 授業日数 by grade, 在籍, 延べ欠席, 出席率.

    While days are ahead 授業日数 are those up to now, the month's plan stands behind them.
    """
    count = by_grade(document["grade_days"])
    if planned := document.get("planned_days"):
        count += f"(きょうまで。月の予定 {by_grade(planned)})"
    there, totals = document["enrolled"], document["totals"]
    sex = f"(男{there['male']} 女{there['female']})" if "male" in there else ""
    changed = ""
    if "changed_in" in there:
        changed = f" 学級の変更 入{there['changed_in']} 出{there['changed_out']}"
    rate = document["rate"] if document["rate"] == "―" else f"{document['rate']}%"
    return (
        f"授業日数 {count} ・ 在籍 月初{there['first']} 転入{there['came']} 転出{there['left']}{changed}"
        f" 月末{there['last']}{sex} ・ 延べ欠席 {totals['absent']} ・ 出席率 {rate}"
    )


def by_grade(days: Mapping[str, int]) -> str:
    """Return days as one number, or by grade where grades differ (「3年21・4年20」)."""
    each = "・".join(f"{grade}年{count}" for grade, count in days.items())
    return str(next(iter(days.values()))) if len(set(days.values())) == 1 else each or "0"


def labels_of(document: Document) -> str:
    """Return what the calendar calls days of the month (「3日 文化の日」)."""
    named = [day for day in document["days"] if day["label"]]
    return "・".join(f"{int(day['date'][8:])}日 {day['label']}" for day in named)


def said_correction(document: Document, line: Mapping[str, Any]) -> str:
    """Return a correction in one line: where, old → new, why, who."""
    who = f"{line['reason']} 申出 {line['asked_by']} 承認 {line['approved_by']}({short_day(line['on'])})"
    if not line["student"]:
        return f"第{line['version']}版 {who}"
    old, new = (meaning(line[key]) for key in ("old", "new"))
    where = f"{line['number']}番 {short_day(line['date'])}"
    return f"第{line['version']}版 {where} {old}→{new} {who}"


def meaning(code: str) -> str:
    """Return what a code of a cell means, in a word."""
    return MEANINGS.get(
        code,
        {"": "出席", "-": "在籍外", "x": "休業日", "?": "未確認", ">": "これから"}.get(code, code),
    )


def short_day(text: str) -> str:
    """Return an ISO date as 「10/6」."""
    day = date.fromisoformat(text)
    return f"{day.month}/{day.day}"


def _foot(document: Document, standing: Standing) -> str:
    undrawn = [str(r["number"]) for r in document["rows"] if letters_without_glyph(r["name"])]
    said = [standing.state]
    if standing.version:
        said.append(f"第{standing.version}版 {standing.sha256[:16]}")
    if undrawn:
        said.append(f"正しく書けない字がある人: {'、'.join(undrawn)}番")
    return " ・ ".join(said)


def _so_far(document: Document, so_far: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    return [
        {"number": r["number"], "name": r["name"], "sums": [so_far[r["student"]][n] for n in SUMS]}
        for r in document["rows"]
        if r["student"] in so_far
    ]
