"""A draft becomes an immutable edition; the next one begins with a reason; schools read the decided."""

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from manabiya.apps.dx_plan import queries, services
from manabiya.apps.dx_plan.document import as_data, digest_of, read
from manabiya.apps.dx_plan.models import PlanAction, PlanEdition
from manabiya.apps.dx_plan.services import ChangedMeanwhile, PlanRefused
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry


@pytest.fixture
def ready(desk, draft):
    desk.goals(draft)
    desk.action(draft)
    draft.refresh_from_db()
    return draft


def test_a_plan_without_goal_or_action_is_not_decided(desk, draft):
    with pytest.raises(PlanRefused, match="目標と施策が、それぞれ一つはいります"):
        desk.decide(draft)
    desk.goals(draft)
    with pytest.raises(PlanRefused, match="目標と施策が、それぞれ一つはいります"):
        desk.decide(draft)
    assert not PlanEdition.objects.filter(plan=draft).exists()


def test_a_decided_plan_is_a_copy_nobody_changes(desk, ready):
    edition = desk.decide(ready)
    assert (edition.number, edition.decided_on) == (1, desk.city.today)
    kept = read(edition.document)
    assert as_data(kept) == edition.document
    assert edition.sha256 == digest_of(edition.document)
    assert [goal.item for goal in kept.goals] == ["absence_contact"]
    assert [action.title for action in kept.actions] == ["欠席の連絡を画面で受ける"]
    entry = AuditEntry.objects.get(action="dx_plan.plan:decide")
    assert entry.details["sha256"] == edition.sha256
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanEdition.objects.filter(pk=edition.pk).update(reason="x")
    with pytest.raises(PlanRefused, match="決定した計画は書き直せません"):
        desk.goals(ready, version=1)
    with pytest.raises(PlanRefused, match="決定した計画は書き直せません"):
        desk.action(ready)
    with pytest.raises(PlanRefused, match="もう決定しています"):
        desk.decide(ready)


def test_what_changed_since_it_was_read_is_not_decided(desk, ready):
    desk.action(ready)
    with pytest.raises(ChangedMeanwhile):
        services.decide_plan(
            actor=desk.actor("board_administrator"),
            plan_id=ready.id,
            version=ready.version,
            now=desk.now,
        )
    assert not PlanEdition.objects.filter(plan=ready).exists()


def test_the_next_edition_begins_with_a_reason_and_the_old_one_stands(desk):
    actor, plan = desk.actor(), desk.told()
    with pytest.raises(PlanRefused, match="改める理由を書いてください"):
        services.revise_plan(actor=actor, plan_id=plan.id, reason=" ", version=plan.version)
    plan = services.revise_plan(
        actor=actor, plan_id=plan.id, reason="国の目標が変わった", version=plan.version
    )
    assert (plan.edition, plan.is_draft) == (2, True)
    with pytest.raises(PlanRefused, match="まだ案です"):
        services.revise_plan(actor=actor, plan_id=plan.id, reason="x", version=plan.version)
    desk.goals(plan, "no_fax", {2028: "0.0"}, version=1)
    reader = desk.actor("homeroom_teacher")
    assert queries.decided_plan(reader)[0].number == 1
    second = desk.decide(plan)
    assert (second.number, second.reason) == (2, "国の目標が変わった")
    edition, document = queries.decided_plan(reader)
    assert edition.id == second.id
    assert fax(document) == ("", "", "", "0.0")
    first = queries.edition_of(actor, plan.id, 1)[1]
    assert all(fax(first))


def fax(document):
    return next(goal.goals for goal in document.goals if goal.item == "no_fax")


def test_a_plan_of_years_to_come_does_not_replace_the_one_in_force(desk, ready):
    desk.decide(ready)
    assert queries.decided_plan(desk.actor("principal"))[1].years[0] == 2025


def test_a_decided_action_moves_on_but_is_not_removed(desk, ready):
    desk.decide(ready)
    row = PlanAction.objects.get(plan=ready)
    given = {"actor": desk.actor(), "plan_id": ready.id, "action_id": row.id}
    services.move_action(**given, state="running", version=1)
    ready.refresh_from_db()
    services.revise_plan(
        actor=desk.actor(), plan_id=ready.id, reason="見直し", version=ready.version
    )
    with pytest.raises(PlanRefused, match="「見送り」にして"):
        services.remove_action(**given, version=2)
    with pytest.raises(PlanRefused, match="一度決定した計画は消せません"):
        ready.refresh_from_db()
        services.drop_plan(actor=desk.actor(), plan_id=ready.id, version=ready.version)
    kept = PlanEdition.objects.get(plan=ready)
    assert kept.document["actions"][0]["state"] == "予定"


def test_a_draft_never_decided_can_be_thrown_away(desk, ready):
    services.drop_plan(actor=desk.actor(), plan_id=ready.id, version=ready.version)
    assert not PlanAction.objects.filter(plan_id=ready.id).exists()
    entry = AuditEntry.objects.get(action="dx_plan.plan:drop")
    assert entry.subject_id == ready.id


def test_a_school_reads_the_decided_plan_only(desk, draft):
    found = queries.decided_plan(desk.actor("school_nurse"))
    assert found is not None
    assert found[1].title == "白樺野市校務DX計画"
    for read_draft in (queries.plan_page, queries.document_of):
        with pytest.raises(Http404):
            read_draft(desk.actor("principal"), draft.id)


@pytest.mark.parametrize("role", ["guardian", "board_officer"])
def test_whoever_is_not_of_a_school_has_no_school_page(desk, role):
    with pytest.raises(Refused):
        queries.decided_plan(desk.city.actor(role))
