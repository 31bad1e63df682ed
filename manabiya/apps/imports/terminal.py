"""An import from the command line: the same layers, told line by line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from manabiya.apps.imports import services
from manabiya.apps.imports.columns import missing_fields
from manabiya.apps.imports.files import Upload, described, matches_of, records_of_uploads, today_of
from manabiya.apps.imports.lock import try_lock, wait_for_lock
from manabiya.apps.imports.planning import NOUNS, TABS, Plan, make_plan
from manabiya.apps.imports.progress import APPLYING, PLANNING, Progress, Tell
from manabiya.apps.imports.queries import NOUN_LABELS
from manabiya.apps.imports.reading import LIMITS, Unreadable
from manabiya.apps.imports.reading.files import too_big
from manabiya.apps.imports.refusals import FileRefused, ImportRefused
from manabiya.apps.imports.report import LEVELS, report

SHOWN_PROBLEMS = 20
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: the plan, how many rows were written, whether anything is wrong."""

    plan: Plan
    written: int
    has_problems: bool


def uploads_of(paths: Sequence[Path]) -> list[Upload]:
    """Read files from the disk; a file that is too big is refused before it is read."""
    found = []
    for path in paths:
        try:
            size = path.stat().st_size
            if size > LIMITS.file_bytes:
                raise FileRefused(path.name, too_big(size))
            found.append(Upload(path.name, path.read_bytes()))
        except OSError as error:
            raise ImportRefused(f"「{path}」を読めません({error.strerror})。") from error
    return found


def import_roster(
    *,
    municipality_id: UUID,
    uploads: Sequence[Upload],
    effective_on: date,
    applies: bool,
    skips_problems: bool,
    report_to: Path | None,
    say: Say,
) -> Result:
    """Try files, write the report, and apply them when asked; runs inside the tenant.

    With problems nothing is applied unless ``skips_problems``. Raises ``ImportRefused``.
    """
    if applies and not try_lock(municipality_id):
        say("ほかの取り込みが終わるのを待っています")
        wait_for_lock(municipality_id)
    progress = Progress(APPLYING if applies else PLANNING, _lines_of(say))
    today = today_of(municipality_id)
    plan, names = _plan(uploads, effective_on, today, progress)
    _tell(plan, names, say)
    if report_to is not None:
        lines = {tab: list(plan.tab_lines(tab)) for tab in TABS}
        report_to.touch(mode=0o600)
        report_to.write_bytes(report(lines, names))
        say(f"結果を {report_to} に書きました")
    has_problems = any(problem.level.value == "stop" for problem in plan.problems) or any(
        not choice.chosen for choice in plan.choices
    )
    written = 0
    if applies and not plan.is_empty and (skips_problems or not has_problems):
        digests = [upload.digest for upload in uploads]
        written = services.apply_plan(plan=plan, digests=digests, progress=progress)
    return Result(plan, written, has_problems)


def _lines_of(say: Say) -> Tell:
    """Return what says a line for every stage, and for every tenth part of the whole."""
    last = [-1, ""]

    def tell(share: int, words: str) -> None:
        begins = words.split("(")[0]
        if begins != last[1] or share // 10 != last[0]:
            last[:] = [share // 10, begins]
            say(f"{share:3d}% {words}")

    return tell


def _plan(
    uploads: Sequence[Upload], effective_on: date, today: date, progress: Progress
) -> tuple[Plan, list[str]]:
    tables, matches = [], []
    for upload in uploads:
        try:
            own = described(upload)
        except Unreadable as error:
            raise FileRefused(upload.name, error) from error
        tables += own
        matches.append(matches_of(own))
    for table, match in zip(tables, [m for own in matches for m in own], strict=True):
        if missing := missing_fields(match):
            raise ImportRefused(
                f"「{table['name']}」({match.kind.label})に、{'、'.join(missing)}の列がありません。"
            )
    progress.stage("read", "ファイルを読んでいます", sum(table["rows"] for table in tables))
    records, words = records_of_uploads(uploads, matches, progress)
    plan = make_plan(
        records, effective_on=effective_on, today=today, files=words, progress=progress
    )
    return plan, [str(table["name"]) for table in tables]


def _tell(plan: Plan, names: Sequence[str], say: Say) -> None:
    """Say the counts and the first problems."""
    for noun in NOUNS:
        counts = plan.counts[noun]
        if any(counts.values()):
            changed = counts["changed"] + counts["moved"]
            say(
                f"{NOUN_LABELS[noun]}: 加える {counts['added']:,} ・ 変える {changed:,}"
                f"(転校 {counts['moved']:,})・ 同じ {counts['same']:,}"
                f" ・ 名簿にだけいる {counts['missing']:,} ・ 問題 {counts['problems']:,}"
            )
    for warning in plan.warnings:
        say(f"注意: {warning}")
    problems = [line for line in plan.tab_lines("problems") if line["level"] != "note"]
    for line in problems[:SHOWN_PROBLEMS]:
        file = names[line["file"]]
        say(
            f"{LEVELS[line['level']]}: {file} {line['line']}行 {line['column']}"
            f"「{line['value']}」{line['reason']}(直し方: {line['mend']})"
        )
    if len(problems) > SHOWN_PROBLEMS:
        say(f"ほかに{len(problems) - SHOWN_PROBLEMS:,}件の問題があります(--report で全部)")
