"""Goals, words and actions of a draft: what is kept, what is refused, two people at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from manabiya.apps.dx_plan import services
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanGoal
from manabiya.apps.dx_plan.services import ChangedMeanwhile, PlanRefused, PlanWords
from manabiya.apps.dx_plan.tests.conftest import BASELINE, FIRST, LAST, WORD
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

WORDS = PlanWords("名前", "はじめに書く", "現状を書く", "これからを書く", "")
ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "homeroom_teacher", "office_staff",
    "school_nurse",
)  # fmt: skip


def actions_of():
    return list(
        AuditEntry.objects.filter(action__startswith="dx_plan").values_list("action", flat=True)
    )


def test_a_new_plan_has_our_words_and_is_a_draft(desk, draft):
    assert draft.is_draft
    assert draft.years == [2030, 2031, 2032]
    assert "紙・電話・FAX・押印に頼らずに" in draft.introduction
    assert actions_of() == ["dx_plan.plan:open"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": " "}, "計画の名前を書いてください。"),
        ({"last_year": 2029}, "おわりの年度が、はじめの年度より前になっています。"),
        ({"last_year": 2040}, "一つの計画は10年度までです。"),
        ({"first_year": 2028}, "年度が重なっています。"),
        ({"baseline_year": 2019}, "基準にする年度の、市の割合がありません。"),
        ({"baseline_year": 2026}, "令和8年度の回はまだ受け付けています。"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_word(desk, changed, why):
    given = {"title": "計画", "first_year": 2030, "last_year": 2032, "baseline_year": BASELINE}
    with pytest.raises(PlanRefused, match=why):
        services.open_plan(actor=desk.actor(), **{**given, **changed})
    assert DxPlan.objects.count() == 1


def test_a_baseline_after_the_plan_begins_is_refused(desk):
    with pytest.raises(PlanRefused, match="計画のはじめの年度より前にしてください"):
        services.open_plan(
            actor=desk.actor(), title="計画", first_year=2023, last_year=2024, baseline_year=2024
        )


def test_goals_are_kept_by_year_and_taken_away(desk, draft):
    row = desk.goals(draft, goals={2030: "60.0", 2032: "100.0"}, item="vacation_homework")
    assert dict(row.goals.values_list("school_year", "percent")) == {
        2030: Decimal("60.0"),
        2032: Decimal("100.0"),
    }
    desk.item(draft, "vacation_homework")
    services.set_goals(
        actor=desk.actor(), plan_id=draft.id, item="vacation_homework", goals={}, version=1
    )
    assert not PlanGoal.objects.filter(plan_item=row).exists()


@pytest.mark.parametrize(
    ("goals", "why"),
    [
        ({2029: "100.0"}, "令和11年度は、計画の年度の外です。"),
        ({2030: "100.1"}, "令和12年度の目標は、0から100まで、小数第1位までにしてください。"),
        ({2030: "33.33"}, "令和12年度の目標は、0から100まで、小数第1位までにしてください。"),
        ({2030: "90.0", 2031: "80.0"}, "令和13年度の目標80.0%は、前の年度の目標の90.0%より低く"),
    ],
)
def test_goals_that_cannot_be_are_refused_with_the_year(desk, draft, goals, why):
    with pytest.raises(PlanRefused, match=why):
        desk.goals(draft, goals=goals, item="hybrid_training")
    assert not PlanGoal.objects.filter(plan_item__plan=draft).exists()


def test_an_item_nobody_counts_gets_no_goal(desk, draft):
    with pytest.raises(PlanRefused, match="基準の割合がわからない項目"):
        desk.goals(draft, item="unknown")


def test_the_database_refuses_what_is_no_percentage(desk, draft):
    row = desk.goals(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanGoal.objects.filter(plan_item=row).update(percent=Decimal("100.1"))
    assert connection.vendor == "postgresql"


def test_two_people_at_the_same_goals_are_told(desk, draft):
    desk.goals(draft, goals={LAST: "100.0"})
    with pytest.raises(ChangedMeanwhile, match="ほかの人が先に保存しました") as told:
        desk.goals(draft, goals={FIRST: "100.0"}, version=0)
    assert told.value.version == 1
    assert [goal.school_year for goal in desk.item(draft).goals.all()] == [LAST]


def test_two_people_at_the_same_words_are_told(desk, draft):
    for version in (1, 2):
        services.write_words(actor=desk.actor(), plan_id=draft.id, words=WORDS, version=version)
    with pytest.raises(ChangedMeanwhile):
        services.write_words(actor=desk.actor(), plan_id=draft.id, words=WORDS, version=2)
    with pytest.raises(PlanRefused, match="空けられません"):
        services.write_words(
            actor=desk.actor(), plan_id=draft.id, words=replace(WORDS, introduction=" "), version=3
        )


def test_goals_and_words_of_two_people_do_not_clash(desk, draft):
    desk.goals(draft)
    services.write_words(actor=desk.actor(), plan_id=draft.id, words=WORDS, version=1)
    assert DxPlan.objects.get(pk=draft.id).version == 4


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"owner": ""}, "施策の名前と担当は、空けられません。"),
        ({"until_on": date(2030, 3, 31)}, "「いつまで」が「いつから」より前"),
        ({"from_on": date(2030, 3, 31)}, "計画の年度の外に出ています"),
        ({"until_on": date(2033, 4, 1)}, "計画の年度の外に出ています"),
        ({"items": ("unknown",)}, "関わる項目を選びなおしてください。"),
    ],
)
def test_an_action_that_cannot_be_is_refused(desk, draft, changed, why):
    with pytest.raises(PlanRefused, match=why):
        desk.action(draft, replace(WORD, **changed))
    assert not PlanAction.objects.filter(plan=draft).exists()


def test_an_action_moves_and_is_dropped_with_a_reason_only(desk, draft):
    row = desk.action(draft)
    given = {"actor": desk.actor(), "plan_id": draft.id, "action_id": row.id}
    services.move_action(**given, state="running", version=1)
    with pytest.raises(PlanRefused, match="見送るときは、理由を書いてください"):
        services.move_action(**given, state="dropped", version=2)
    with pytest.raises(PlanRefused, match="のどれかを選んでください"):
        services.move_action(**given, state="gone", version=2)
    with pytest.raises(ChangedMeanwhile):
        services.move_action(**given, state="done", version=1)
    moved = services.move_action(**given, state="dropped", reason="予算がない", version=2)
    assert (moved.state, moved.state_reason) == ("dropped", "予算がない")
    assert services.move_action(**given, state="done", reason="x", version=3).state_reason == ""


def test_an_action_is_rewritten_and_removed(desk, draft):
    row = desk.action(draft)
    given = {"actor": desk.actor(), "plan_id": draft.id, "action_id": row.id}
    services.write_action(**given, word=replace(WORD, owner="教育指導課"), version=1)
    with pytest.raises(ChangedMeanwhile):
        services.write_action(**given, word=WORD, version=1)
    services.remove_action(**given, version=2)
    assert not PlanAction.objects.filter(plan=draft).exists()
    with pytest.raises(Http404):
        services.remove_action(**given, version=2)


def every_write(desk, plan, actor):
    """Return each write of the plan as a call by ``actor``."""
    action = PlanAction.objects.filter(plan=plan).first()
    one = {"actor": actor, "plan_id": plan.id}
    of_action = {**one, "action_id": action.id, "version": action.version}
    return {
        "open": lambda: services.open_plan(
            actor=actor, title="x", first_year=2040, last_year=2041, baseline_year=BASELINE
        ),
        "words": lambda: services.write_words(**one, words=WORDS, version=plan.words_version),
        "goals": lambda: services.set_goals(
            **one, item="no_fax", goals={LAST: Decimal("0.0")}, version=0
        ),
        "action": lambda: services.write_action(**one, word=WORD),
        "move": lambda: services.move_action(**of_action, state="done"),
        "remove": lambda: services.remove_action(**of_action),
        "decide": lambda: services.decide_plan(**one, version=plan.version, now=desk.now),
        "revise": lambda: services.revise_plan(**one, reason="x", version=plan.version),
        "drop": lambda: services.drop_plan(**one, version=plan.version),
    }


@pytest.mark.parametrize("role", ROLES)
def test_nobody_of_a_school_writes_a_plan(desk, draft, role):
    desk.action(draft)
    draft.refresh_from_db()
    before = actions_of()
    for write in every_write(desk, draft, desk.actor(role)).values():
        with pytest.raises(Refused):
            write()
    assert actions_of() == before


def test_the_officer_does_not_decide(desk, draft):
    desk.goals(draft)
    desk.action(draft)
    draft.refresh_from_db()
    with pytest.raises(Refused):
        every_write(desk, draft, desk.actor("board_officer"))["decide"]()


def test_another_municipality_finds_nothing(city, desk, draft):
    desk.action(draft)
    draft.refresh_from_db()
    with city.tenant("sawanose"):
        actor = city.actor("board_administrator", "", "sawanose")
        with city.tenant():
            writes = every_write(desk, draft, actor)
        writes.pop("open")
        for write in writes.values():
            with pytest.raises(Http404):
                write()
