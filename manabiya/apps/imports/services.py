"""Writes of imports: take files in, match columns, try, decide, apply, discard."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from manabiya.apps.imports import applying, files, leaving, summary
from manabiya.apps.imports.columns import Match, missing_fields, signature
from manabiya.apps.imports.lock import try_lock
from manabiya.apps.imports.models import (
    ColumnMatch,
    ImportFile,
    ImportProgress,
    ImportRun,
    PlanPage,
)
from manabiya.apps.imports.planning import Plan
from manabiya.apps.imports.policies import MANAGE
from manabiya.apps.imports.progress import APPLYING, Progress
from manabiya.apps.imports.reading import LIMITS, Unreadable
from manabiya.apps.imports.reading.files import too_big
from manabiya.apps.imports.refusals import FileRefused, ImportRefused, RosterChanged
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.jobs import defer

State = ImportRun.State
KEPT_FOR = timedelta(days=7)
LONG = timedelta(minutes=10)
UNSEEN = "ほかの人が同じ行を変えました(保護のため表示しない値のこともあります)。"
OPEN_STATES = (State.MATCHING, State.READY, State.FAILED)


@service
def take_files(
    *, actor: Actor, uploads: Sequence[files.Upload], effective_on: date, now: datetime
) -> ImportRun:
    """Take files in and read their headings; nothing of the roster changes yet.

    Raises :class:`FileRefused` for the first file that can't be read, :class:`ImportRefused`
    for none or too many. ``now``: real time. Old runs lose their files on the way.
    """
    MANAGE.require(actor)
    if not uploads:
        raise ImportRefused("ファイルが選ばれていません。CSV か xlsx を選んでください。")
    if len(uploads) > LIMITS.files:
        raise ImportRefused(f"一度に選べるのは{LIMITS.files}個までです。")
    if (total := sum(len(upload.content) for upload in uploads)) > LIMITS.upload_bytes:
        raise FileRefused(uploads[0].name, too_big(total))
    _forget_old(now)
    run = ImportRun.objects.create(
        school_id=actor.school_id,
        effective_on=effective_on,
        account_id=actor.account_id,
        person_id=actor.person_id,
        hat=actor.hat.value,
        created_at=now,
        changed_at=now,
    )
    for position, upload in enumerate(uploads):
        try:
            tables = files.described(upload)
        except Unreadable as error:
            raise FileRefused(upload.name, error) from error
        ImportFile.objects.create(
            run=run,
            position=position,
            name=upload.name[:200],
            digest=upload.digest,
            size=len(upload.content),
            content=upload.content,
            tables=tables,
        )
    _note(actor, run, "take", len(uploads), {"digests": [upload.digest for upload in uploads]})
    return run


@service
def match_columns(
    *, actor: Actor, run_id: UUID, matches: Sequence[Match], effective_on: date, now: datetime
) -> ImportRun:
    """Say what each column is (one match a table, in order), remember it, and let it be tried.

    Raises :class:`ImportRefused` when a file lacks what its kind can't do without.
    """
    run = _open_run(actor, run_id)
    tables = files.tables_of(run)
    for table, match in zip(tables, matches, strict=True):
        if missing := missing_fields(match):
            raise ImportRefused(
                f"「{table['name']}」({match.kind.label})に、{'、'.join(missing)}の列がありません。"
                "列を選び直すか、列を足したファイルを入れてください。"
            )
    of_file: dict[int, list[dict[str, object]]] = {}
    for table, match in zip(tables, matches, strict=True):
        of_file.setdefault(table["file"], []).append(
            {**_kept(table), "kind": match.kind.value, "fields": list(match.fields)}
        )
        ColumnMatch.objects.update_or_create(
            signature=signature(table["headings"]),
            defaults={"kind": match.kind.value, "fields": list(match.fields)},
        )
    for file in run.files.defer("content"):
        file.tables = of_file[file.position]
        file.save(update_fields=["tables"])
    run.effective_on, run.decisions, run.chosen = effective_on, {}, {}
    _start(run, State.PLANNING, now)
    _note(actor, run, "match", len(tables), {})
    return run


def _kept(table: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if key not in ("file", "place")}


@service
def decide(*, actor: Actor, run_id: UUID, decisions: dict[str, str], now: datetime) -> ImportRun:
    """Keep what a person chose, for single rows and for whom the files don't name; try again.

    Raises :class:`ImportRefused` for a choice the result doesn't offer.
    """
    run = _open_run(actor, run_id)
    leaving.check(run, decisions)
    everything = {**run.decisions, **run.chosen, **decisions}
    run.decisions = {key: value for key, value in everything.items() if value}
    run.chosen = {}
    _start(run, State.PLANNING, now)
    _note(actor, run, "decide", len(decisions), {})
    return run


@service
def keep_choices(
    *, actor: Actor, run_id: UUID, decisions: dict[str, str], now: datetime
) -> ImportRun:
    """Keep what a person chose on a page while turning to another; nothing is tried yet.

    Raises :class:`ImportRefused` for a choice the result doesn't offer.
    """
    run = _open_run(actor, run_id)
    leaving.check(run, decisions)
    run.chosen = {**run.chosen, **decisions}
    _set(run, State(run.state), now)
    _note(actor, run, "keep", len(decisions), {})
    return run


@service
def start_applying(*, actor: Actor, run_id: UUID, digest: str, now: datetime) -> ImportRun:
    """Let a tried import be applied; ``digest``: of the plan the person has seen."""
    run = _open_run(actor, run_id)
    if run.state != State.READY or run.digest != digest or run.differences:
        raise ImportRefused("結果が変わっています。いまの結果を確かめてください。")
    if run.chosen:
        raise ImportRefused("選んだものを、まだ試していません。先に試し直してください。")
    _start(run, State.APPLYING, now)
    _note(actor, run, "start", 1, {"digest": digest})
    return run


@service
def discard(*, actor: Actor, run_id: UUID, now: datetime) -> ImportRun:
    """End an import without applying it; files and results are emptied.

    One that is being applied can't be stopped, except when nobody has worked at it for long.
    """
    run = _open_run(actor, run_id, busy_before=now)
    _empty(run)
    _set(run, State.DISCARDED, now)
    _note(actor, run, "discard", 1, {})
    return run


@service
def keep_plan(*, actor: Actor | None, run: ImportRun, plan: Plan, now: datetime) -> ImportRun:
    """Keep what a dry run found, to be looked at."""
    files.keep_pages(run, plan)
    run.counts = files.counts_of(plan)
    run.digest, run.planned_at = plan.digest(), now
    run.message, run.differences = "", []
    _set(run, State.READY, now)
    _note(actor, run, "plan", 1, {"digest": run.digest})
    return run


@service
def apply_run(
    *, actor: Actor, run: ImportRun, now: datetime, progress: Progress | None = None
) -> ImportRun:
    """Apply a run exactly as it was shown, in one transaction with one entry.

    Raises :class:`RosterChanged` when planning it anew gives something else, and
    :class:`ImportRefused` when another import of the municipality is being applied.
    """
    MANAGE.require(actor)
    if not try_lock(actor.municipality_id):
        raise ImportRefused(
            "ほかの取り込みを反映しています。反映していません。終わってから、もう一度反映してください。"
        )
    progress = progress or Progress(APPLYING)
    plan = files.plan_of(run, progress)
    if plan.digest() != run.digest:
        raise RosterChanged(summary.differences(run, plan))
    waiting = ImportRun.objects.filter(pk=run.pk, state=State.APPLYING)
    if not waiting.select_for_update().exists():
        raise ImportRefused("この取り込みはやめられました。反映していません。")
    try:
        count = _write(plan, progress)
    except RosterChanged as error:
        raise RosterChanged(summary.differences(run, files.plan_of(run))) from error
    _empty(run)
    run.applied_at = now
    _set(run, State.APPLIED, now)
    _note(
        actor,
        run,
        "apply",
        count,
        summary.first_and_last(plan) | summary.ended(plan) | {"digest": run.digest},
    )
    return run


@service
def apply_plan(*, plan: Plan, digests: Sequence[str], progress: Progress) -> int:
    """Apply a plan of the command line (no person acts); the caller holds the lock."""
    count = _write(plan, progress)
    record(
        actor=None,
        action="imports.run:apply",
        subject_type="import_run",
        subject_count=count,
        data_class=DataClass.II,
        details=summary.first_and_last(plan) | {"digest": plan.digest(), "digests": list(digests)},
    )
    return count


def _write(plan: Plan, progress: Progress) -> int:
    """Write a plan, or nothing of it when somebody else was faster."""
    try:
        with transaction.atomic():
            return applying.write(plan.writes, progress)
    except (IntegrityError, applying.Overtaken) as error:
        raise RosterChanged([]) from error


def _open_run(actor: Actor, run_id: UUID, *, busy_before: datetime | None = None) -> ImportRun:
    """Return a run of the actor's place that still waits for a person.

    ``busy_before``: also one a job works at, if it may be taken away from the job by then.
    """
    MANAGE.require(actor)
    rows = ImportRun.objects.filter(school_id=actor.school_id)
    run = MANAGE.get(actor, rows.select_for_update(of=("self",)), pk=run_id)
    if run.state in OPEN_STATES or (busy_before and _may_be_taken(run, busy_before)):
        return run
    raise ImportRefused(f"この取り込みは、いま「{run.get_state_display()}」です。")


def _may_be_taken(run: ImportRun, now: datetime) -> bool:
    is_stuck = run.state == State.APPLYING and run.changed_at < now - LONG
    return run.state == State.PLANNING or is_stuck


def _start(run: ImportRun, state: State, now: datetime) -> None:
    from manabiya.apps.imports import jobs

    run.message, run.differences = "", []
    _set(run, state, now)
    ImportProgress.objects.update_or_create(run=run, defaults={"share": 0, "words": ""})
    work = jobs.PLAN if state is State.PLANNING else jobs.APPLY
    defer(work, municipality_id=run.municipality_id, run_id=run.id)


def _set(run: ImportRun, state: State, now: datetime) -> None:
    run.state, run.changed_at = state, now
    run.save()


def _empty(run: ImportRun) -> None:
    """Forget files and results; counts and digest stay."""
    run.files.update(content=b"", tables=[])
    PlanPage.objects.filter(run=run).delete()
    run.decisions, run.chosen, run.differences = {}, {}, []


def _forget_old(now: datetime) -> None:
    """Empty runs nobody touched for a week."""
    rows = ImportRun.objects.filter(changed_at__lt=now - KEPT_FOR)
    for run in rows.exclude(state__in=(State.APPLIED, State.DISCARDED)):
        _empty(run)
        _set(run, State.DISCARDED, now)


def refuse(run: ImportRun, state: State, error: Exception, now: datetime) -> None:
    """Keep why a job of the run could not do its work, for the page."""
    run.message = str(error)[:300]
    run.differences = error.differences if isinstance(error, RosterChanged) else []
    if isinstance(error, RosterChanged) and not run.differences:
        run.differences = [UNSEEN]
    _set(run, state, now)


def _note(
    actor: Actor | None, run: ImportRun, what: str, count: int, details: Mapping[str, object]
) -> None:
    record(
        actor=actor,
        action=f"imports.run:{what}",
        subject_type="import_run",
        subject_id=run.id,
        subject_count=count,
        data_class=DataClass.II,
        school_id=run.school_id,
        details=dict(details),
    )
