"""From the files of a run to its plan: the layers one after another."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.imports.columns import Kind, Match, is_known, match_headings, signature
from manabiya.apps.imports.columns.fields import fields_of
from manabiya.apps.imports.models import ColumnMatch, ImportRun, PlanPage
from manabiya.apps.imports.planning import TABS, FileWords, Plan, make_plan
from manabiya.apps.imports.planning.work import SKIP
from manabiya.apps.imports.progress import Progress
from manabiya.apps.imports.reading import Table, read_file
from manabiya.apps.imports.values import Level, Records, records_of
from manabiya.kernel.clock import school_now
from manabiya.kernel.tenancy.models import Municipality

PAGE = 50
NOUN = {
    Kind.SCHOOL: "school",
    Kind.STAFF: "staff",
    Kind.STUDENT: "student",
    Kind.GUARDIAN: "guardian",
    Kind.ENROLLMENT: "student",
}
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: name and bytes."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def described(upload: Upload) -> list[dict[str, Any]]:
    """Read a file and return its tables as a run keeps them: header, kind and match.

    A header somebody matched by hand before is matched the same way. Raises ``Unreadable``.
    """
    found = []
    for table in read_file(upload.name, upload.content, is_known):
        match = _remembered(table) or match_headings(table.headings, table.name)
        found.append(
            {
                "name": table.name,
                "encoding": table.encoding,
                "headings": list(table.headings),
                "rows": len(table.rows),
                "kind": match.kind.value,
                "fields": list(match.fields),
                "samples": _samples(table, match),
            }
        )
    return found


def _remembered(table: Table) -> Match | None:
    row = ColumnMatch.objects.filter(signature=signature(table.headings)).first()
    if row is None or len(row.fields) != len(table.headings):
        return None
    return Match(Kind(row.kind), tuple(row.fields))


def _samples(table: Table, match: Match) -> list[str]:
    """Return the first value under each heading that is no address, phone or unknown column."""
    known = fields_of(match.kind)
    found = []
    for place, key in enumerate(match.fields):
        cells = (row.cells[place] for row in table.rows[:20] if place < len(row.cells))
        first = next((cell.strip() for cell in cells if cell.strip()), "")
        found.append(first[:20] if key and not known[key].is_secret else "")
    return found


def tables_of(run: ImportRun) -> list[dict[str, Any]]:
    """Return the tables of a run in order, each with its place."""
    return [
        {**table, "file": file.position, "place": place}
        for file in run.files.order_by("position")
        for place, table in enumerate(file.tables)
    ]


def records_of_uploads(
    uploads: Sequence[Upload], matches: Sequence[Sequence[Match]], progress: Progress
) -> tuple[Records, list[FileWords]]:
    """Read files under their matches; return what they say and how each table speaks."""
    records = Records()
    words: list[FileWords] = []
    for upload, own in zip(uploads, matches, strict=True):
        for table, match in zip(read_file(upload.name, upload.content, is_known), own, strict=True):
            progress.stage(
                "read", f"{table.name}: {len(table.rows):,}行({match.kind.label})を読んでいます"
            )
            records.add(records_of(len(words), table, match, progress.step))
            headings = {key: table.headings[place] for key, place in match.places().items()}
            words.append(FileWords(NOUN[match.kind], headings))
    return records, words


def plan_of(run: ImportRun, progress: Progress | None = None) -> Plan:
    """Plan a run anew from its files, against the roster as it stands now."""
    progress = progress or Progress()
    files = list(run.files.order_by("position"))
    progress.stage("read", "ファイルを読んでいます", sum(table["rows"] for table in tables_of(run)))
    uploads = [Upload(file.name, bytes(file.content)) for file in files]
    matches = [
        [Match(Kind(table["kind"]), tuple(table["fields"])) for table in file.tables]
        for file in files
    ]
    records, words = records_of_uploads(uploads, matches, progress)
    return make_plan(
        records,
        effective_on=run.effective_on,
        today=today_of(run.municipality_id),
        school_id=run.school_id,
        decisions=run.decisions,
        files=words,
        progress=progress,
    )


def today_of(municipality_id: UUID) -> date:
    """Return the day of a municipality's schools."""
    return school_now(Municipality.objects.get(pk=municipality_id)).date()


def matches_of(tables: Sequence[Mapping[str, object]]) -> list[Match]:
    """Return the matches of tables as a run keeps them."""
    found = []
    for table in tables:
        fields = table["fields"]
        assert isinstance(fields, list)
        found.append(Match(Kind(str(table["kind"])), tuple(fields)))
    return found


def keep_pages(run: ImportRun, plan: Plan) -> None:
    """Keep what the plan shows, page by page."""
    PlanPage.objects.filter(run=run).delete()
    pages = []
    for tab in TABS:
        lines = list(plan.tab_lines(tab))
        for number, start in enumerate(range(0, len(lines), PAGE), start=1):
            part = lines[start : start + PAGE]
            pages.append(PlanPage(run=run, tab=tab, number=number, lines=packed(part)))
    PlanPage.objects.bulk_create(pages, batch_size=500)


def packed(lines: Iterable[dict[str, Any]]) -> bytes:
    """Return lines as they lie in a page."""
    return zlib.compress(json.dumps(list(lines), ensure_ascii=False).encode(), 1)


def unpacked(content: bytes) -> list[dict[str, Any]]:
    """Return the lines of a page."""
    found: list[dict[str, Any]] = json.loads(zlib.decompress(bytes(content)))
    return found


def counts_of(plan: Plan) -> dict[str, Any]:
    """Return the numbers of a plan as a run keeps them."""
    lines = {tab: sum(1 for _ in plan.tab_lines(tab)) for tab in TABS}
    left_out = {(p.file, p.line) for p in plan.problems if p.level is Level.STOP}
    left_out |= {(c.problem.file, c.problem.line) for c in plan.choices if c.chosen in ("", SKIP)}
    return {
        "nouns": {noun: dict(counts) for noun, counts in plan.counts.items()},
        "tabs": lines,
        "left_out": len(left_out),
        "stops": sum(1 for p in plan.problems if p.level is Level.STOP),
        "choices": len(plan.choices),
        "ended": sum(len(rows) for rows in plan.ended.values()),
        "open_choices": sum(1 for choice in plan.choices if not choice.chosen),
        "warnings": plan.warnings,
    }
