"""Reads of imports; and, for other apps, tables out of files: what ``reading`` offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from manabiya.apps.imports.columns import Kind, field_label
from manabiya.apps.imports.columns.fields import KINDS, fields_of
from manabiya.apps.imports.columns.matching import Match, missing_fields
from manabiya.apps.imports.files import tables_of, unpacked
from manabiya.apps.imports.models import ImportProgress, ImportRun, PlanPage
from manabiya.apps.imports.planning import NOUNS, TABS
from manabiya.apps.imports.policies import MANAGE
from manabiya.apps.imports.reading import Row as Row
from manabiya.apps.imports.reading import Table as Table
from manabiya.apps.imports.reading import Unreadable as Unreadable
from manabiya.apps.imports.reading import read_file as read_file
from manabiya.apps.imports.reading.tables import plain_heading as plain_heading
from manabiya.kernel.access.actors import Actor
from manabiya.law.era import format_era
from manabiya.roster.models import Enrollment

LATEST = 10
TAB_LABELS = {
    "problems": "問題",
    "added": "加える",
    "changed": "変える",
    "moved": "転校",
    "missing": "名簿にだけいる",
}
NOUN_LABELS = {
    "school": "学校",
    "homeroom": "学級",
    "student": "児童生徒",
    "guardian": "保護者",
    "staff": "教職員",
}


def runs_of(viewer: Actor) -> "QuerySet[ImportRun]":
    """Return the runs of the viewer's place (a school, or the municipality), newest first."""
    rows = ImportRun.objects.filter(school_id=viewer.school_id)
    return MANAGE.filter(viewer, rows).order_by("-created_at", "-id")


def latest_runs(viewer: Actor) -> list[ImportRun]:
    """Return the last runs of the viewer's place."""
    return list(runs_of(viewer)[:LATEST])


def run_of(viewer: Actor, run_id: UUID) -> ImportRun:
    """Return one run of the viewer's place, else 404."""
    return MANAGE.get(viewer, runs_of(viewer), pk=run_id)


def progress_of(run: ImportRun) -> ImportProgress | None:
    """Return how far a job is with a run, None before any began."""
    return ImportProgress.objects.filter(run=run).first()


def has_children(school_id: UUID | None) -> bool:
    """Return whether anybody is enrolled here yet."""
    rows = Enrollment.objects.all()
    return (rows.filter(school_id=school_id) if school_id else rows).exists()


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column on the page of matching: heading, sample, and the fields to choose from."""

    name: str
    heading: str
    sample: str
    chosen: str


@dataclass(frozen=True, slots=True)
class TableChoice:
    """A table on the page of matching."""

    number: int
    name: str
    encoding: str
    rows: int
    kind: str
    columns: list[ColumnChoice]
    options: list[tuple[str, str]]
    missing: list[str]
    unknown_count: int


def table_choices(run: ImportRun) -> list[TableChoice]:
    """Return the tables of a run with what each column is taken for (one query)."""
    return [table_choice(number, table) for number, table in enumerate(tables_of(run))]


def table_choice(number: int, table: dict[str, Any]) -> TableChoice:
    """Return one table as the page of matching shows it."""
    kind, fields = Kind(table["kind"]), tuple(table["fields"])
    samples = table.get("samples") or [""] * len(fields)
    columns = [
        ColumnChoice(f"t{number}c{place}", heading or f"({place + 1}列目)", sample, key)
        for place, (heading, sample, key) in enumerate(
            zip(table["headings"], samples, fields, strict=True)
        )
    ]
    return TableChoice(
        number=number,
        name=table["name"],
        encoding=table["encoding"],
        rows=table["rows"],
        kind=kind.value,
        columns=columns,
        options=[(key, field_label(kind, key)) for key in fields_of(kind)],
        missing=missing_fields(Match(kind, fields)),
        unknown_count=sum(not key for key in fields),
    )


KIND_OPTIONS = [(kind.value, kind.label) for kind in KINDS]


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of the table of what would change."""

    label: str
    rows: int
    added: int
    changed: int
    same: int
    missing: int
    problems: int


def count_rows(run: ImportRun) -> list[CountRow]:
    """Return the counts by noun, those the files say nothing about left out."""
    found = []
    for noun in NOUNS:
        counts = run.counts.get("nouns", {}).get(noun, {})
        if any(counts.values()):
            changed = counts.get("changed", 0) + counts.get("moved", 0)
            names = ("same", "missing", "problems")
            same, missing, problems = (counts.get(name, 0) for name in names)
            added = counts.get("added", 0)
            rows = counts.get("rows", 0) or added + changed + same
            found.append(CountRow(NOUN_LABELS[noun], rows, added, changed, same, missing, problems))
    return found


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the results."""

    key: str
    label: str
    count: int
    is_current: bool


def tabs_of(run: ImportRun, current: str) -> list[Tab]:
    """Return the tabs with their counts, problems first; 転校 only when there are any."""
    counts = run.counts.get("tabs", {})
    return [
        Tab(key, TAB_LABELS[key], counts.get(key, 0), key == current)
        for key in TABS
        if key != "moved" or counts.get(key)
    ]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of a tab: its lines, and where it stands."""

    tab: str
    lines: list[dict[str, Any]]
    number: int
    count: int
    total: int

    @property
    def has_choices(self) -> bool:
        """Return whether a person may choose something here, to be kept when leaving the page."""
        return any("options" in line or "leaving" in line for line in self.lines)


def result_page(
    run: ImportRun, tab: str, number: int, posted: Mapping[str, str] | None = None
) -> ResultPage:
    """Return a page of a tab (two queries); ``posted``: choices that were refused, shown again.

    What was kept while pages were turned is shown as chosen.
    """
    kept, posted = run.chosen, posted or {}
    pages = PlanPage.objects.filter(run=run, tab=tab)
    count = pages.count()
    number = min(max(number, 1), max(count, 1))
    row = pages.filter(number=number).first()
    names = [table["name"] for table in tables_of(run)]
    lines = unpacked(row.lines) if row else []
    for line in lines:
        file = line["file"]
        line["file"] = names[file] if file is not None and file < len(names) else ""
        line["noun_label"] = NOUN_LABELS.get(line.get("noun", ""), "")
        if "leaving" in line:
            line["leaving"] |= _shown(line["leaving"], kept, posted)
        elif "options" in line:
            key = line["key"]
            line["chosen"] = posted.get(key, kept.get(key, line["chosen"]))
    return ResultPage(tab, lines, number, count, run.counts.get("tabs", {}).get(tab, 0))


def _shown(
    offer: dict[str, Any], kept: Mapping[str, str], posted: Mapping[str, str]
) -> dict[str, str]:
    """Return choice and day as the fields hold them: posted, else kept, else of the result."""
    chosen, _, day = kept.get(offer["key"], "").partition(" ")
    typed, _, text = posted.get(offer["key"], "").partition(" ")
    return {
        "chosen": typed or chosen or offer["chosen"],
        "day": text or format_era(date.fromisoformat(day or offer["day"])),
    }


def all_lines(run: ImportRun, tab: str) -> list[dict[str, Any]]:
    """Return every line of a tab, for the report."""
    pages = PlanPage.objects.filter(run=run, tab=tab).order_by("number")
    return [line for page in pages for line in unpacked(page.lines)]
