"""The long work of imports, beside the pages: try and apply. Jobs carry ids only."""

from uuid import UUID

from django.db import IntegrityError

from manabiya.apps.imports import files, services
from manabiya.apps.imports.beside import telling
from manabiya.apps.imports.models import ImportRun
from manabiya.apps.imports.policies import MANAGE
from manabiya.apps.imports.progress import APPLYING, PLANNING, Progress
from manabiya.apps.imports.reading import Unreadable
from manabiya.apps.imports.refusals import ImportRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.clock import real_now, school_now
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.kernel.jobs import job
from manabiya.kernel.registry import registry
from manabiya.kernel.tenancy.models import Municipality

State = ImportRun.State
NO_RIGHT = "取り込みを始めた人の権限が、今日はありません。何も変えていません。"


def actor_of(run: ImportRun) -> Actor | None:
    """Return who started a run, with the rights of today; None when they are gone."""
    if run.account_id is None or run.person_id is None or registry.rights_source is None:
        return None
    municipality = Municipality.objects.get(pk=run.municipality_id)
    hat = Hat(run.hat)
    has_hat = Membership.objects.filter(
        account_id=run.account_id,
        municipality_id=municipality.id,
        hat=hat,
        person_id=run.person_id,
        revoked_at=None,
    ).exists()
    today = school_now(municipality).date()
    slug = run.school.slug if run.school else None
    rights = registry.rights_source(hat=hat, person_id=run.person_id, today=today, school_slug=slug)
    if rights is None or not has_hat:
        return None
    actor = Actor(
        account_id=run.account_id,
        municipality_id=municipality.id,
        hat=hat,
        person_id=run.person_id,
        today=today,
        grants=rights.grants,
        school_id=rights.school_id,
        is_strong=True,
    )
    return actor if MANAGE.may(actor) and actor.school_id == run.school_id else None


def _run(run_id: str, state: State) -> ImportRun | None:
    """Return the run when it still waits for this work (a job may come twice)."""
    rows = ImportRun.objects.filter(pk=UUID(run_id), state=state)
    return rows.select_related("school").first()


@job(name="imports.plan")
def plan(municipality_id: str, run_id: str) -> None:
    """Try a run and keep what is found."""
    run = _run(run_id, State.PLANNING)
    if run is None:
        return
    actor = actor_of(run)
    try:
        if actor is None:
            raise ImportRefused(NO_RIGHT)
        with telling(run) as tell:
            progress = Progress(PLANNING, tell)
            found = files.plan_of(run, progress)
            progress.stage("keep", "結果をまとめています")
        services.keep_plan(actor=actor, run=run, plan=found, now=real_now())
    except (ImportRefused, Unreadable) as error:
        services.refuse(run, State.FAILED, error, real_now())


@job(name="imports.apply")
def apply(municipality_id: str, run_id: str) -> None:
    """Apply a run; what stands in the way is shown on its page."""
    run = _run(run_id, State.APPLYING)
    if run is None:
        return
    actor = actor_of(run)
    try:
        if actor is None:
            raise ImportRefused(NO_RIGHT)
        with telling(run) as tell:
            progress = Progress(APPLYING, tell)
            services.apply_run(actor=actor, run=run, now=real_now(), progress=progress)
    except (ImportRefused, Refused, IntegrityError) as error:
        kept = ImportRun.objects.get(pk=run.pk)
        if kept.state == State.APPLYING:
            services.refuse(kept, State.READY, error, real_now())


PLAN, APPLY = plan, apply
