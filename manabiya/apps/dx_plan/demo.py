"""The chapter of the plan: four years of goals against an earlier round, decided last year.

Baselines are what the invented answers of that round give; goals lead from them in even steps.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from manabiya.apps.checklist.queries.figures import YearFigures, year_figures
from manabiya.apps.dx_plan import words
from manabiya.apps.dx_plan.document import as_data, digest_of
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanEdition, PlanGoal, PlanItem
from manabiya.apps.dx_plan.queries import draft_document
from manabiya.apps.dx_plan.rules import even_steps
from manabiya.kernel.identity.models import Hat
from manabiya.law.school_year import school_year_of
from manabiya.roster.story import Story

LENGTH = 4
TARGETS = {
    "absence_contact": 100, "staff_paperwork": 90, "vacation_homework": 80,
    "student_managed_passwords": 80, "hybrid_training": 60, "vacation_whereabouts": 90,
    "generative_ai": 70, "no_paper_documents": 20, "no_seal_documents": 10, "no_fax": 0,
}  # fmt: skip
"""The percentage of the last year; of the last three, of schools that still have it."""
State = PlanAction.State
ACTIONS = (
    (
        "保護者からの欠席・遅刻・早退の連絡を、全校で画面から受ける", "学校教育課 情報教育係", (0, 4, 0, 9),
        ("absence_contact",), State.DONE, "",
        "招待の紙を懇談会で手渡し、二学期からは全校で受け付けています。電話の受付も残します。",
    ),
    (
        "学校と教育委員会のやりとりからFAXをなくす", "総務課 文書係", (0, 10, 2, 3),
        ("no_fax",), State.RUNNING, "",
        "給食センターと役所の各課とは、共有の表に切り替えました。残るのは民間の取引先です。",
    ),
    (
        "職員の服務の届を画面で受け付け、押印をやめる", "学務課 教職員係", (1, 4, 2, 3),
        ("staff_paperwork", "no_seal_documents", "no_paper_documents"), State.RUNNING, "",
        "県の様式が定める押印は、県と話し合っています。",
    ),
    (
        "長期休業中の宿題を、端末の教材で出し、採点も任せられるようにする", "教育指導課", (1, 7, 3, 3),
        ("vacation_homework", "student_managed_passwords"), State.PLANNED, "",
        "先に始めた学校の進め方を、校長会と研修で伝えます。",
    ),
    (
        "大型画面を会議室に買いそろえる", "教育施設課", (0, 6, 1, 3),
        ("hybrid_training",), State.DROPPED, "いまある端末で足りることがわかったため",
        "",
    ),
)  # fmt: skip
"""Title, owner, (year, month) from and until as places in the plan, items, state, reason, notes."""


def tell(story: Story) -> None:
    """Write a decided plan (inside ``tenant()``); nothing where nobody of the board is told."""
    decided_by = story.people.get(("board_administrator", "")) or story.people.get(
        ("board_officer", "")
    )
    if decided_by is None or ("board_officer", "") not in story.people:
        return
    actor = story.actor("board_officer", "", Hat.BOARD)
    first = school_year_of(story.today) - 1
    baseline = year_figures(actor).get(first - 1)
    if baseline is None or not baseline.year.is_final:
        return
    plan = _plan(story, first)
    goals = _goals(story, plan, baseline)
    _actions(story, plan)
    document = as_data(draft_document(actor, plan))
    _move_on(plan)
    decided_on = date(first, 3, 24)
    PlanEdition.objects.create(
        id=story.key(), plan=plan, number=1, document=document, sha256=digest_of(document),
        decided_by_id=decided_by, decided_on=decided_on, decided_at=story.at(15, 30, decided_on),
    )  # fmt: skip
    story.say(f"  校務DX計画 目標 {goals} 施策 {len(ACTIONS)}")


def _plan(story: Story, first: int) -> DxPlan:
    name = story.municipality.name
    plan: DxPlan = DxPlan.objects.create(
        id=story.key(), title=f"{name}校務DX計画", first_year=first, last_year=first + LENGTH - 1,
        baseline_year=first - 1, introduction=words.INTRODUCTION, present=words.PRESENT,
        outlook=words.OUTLOOK, closing=words.CLOSING, shows_printed_table=True,
        state=DxPlan.State.DECIDED,
    )  # fmt: skip
    return plan


def _goals(story: Story, plan: DxPlan, baseline: YearFigures) -> int:
    rows = []
    for item, target in TARGETS.items():
        figure = baseline.to_be_moved(item)
        if figure is None:
            continue
        better = min if figure.falls else max
        last = better(figure.percent, Decimal(target))
        if last == figure.percent:
            continue
        row = PlanItem.objects.create(id=story.key(), plan=plan, item=item)
        goals: Mapping[int, Decimal] = even_steps(figure.percent, last, plan.years)
        rows += [
            PlanGoal(id=story.key(), plan_item=row, school_year=year, percent=goal)
            for year, goal in goals.items()
        ]
    PlanGoal.objects.bulk_create(rows)
    return len(rows)


def _actions(story: Story, plan: DxPlan) -> None:
    for title, owner, span, items, _state, _reason, notes in ACTIONS:
        PlanAction.objects.create(
            id=story.key(), plan=plan, title=title, owner=owner,
            from_on=_first(plan, span[0], span[1]), until_on=_last(plan, span[2], span[3]),
            items=list(items), notes=notes,
        )  # fmt: skip


def _move_on(plan: DxPlan) -> None:
    """Let the actions be where they are today; the decided plan holds them as 予定."""
    for title, _owner, _span, _items, state, reason, _notes in ACTIONS:
        PlanAction.objects.filter(plan=plan, title=title).update(state=state, state_reason=reason)


def _first(plan: DxPlan, place: int, month: int) -> date:
    return date(plan.first_year + place + (month < 4), month, 1)


def _last(plan: DxPlan, place: int, month: int) -> date:
    year = plan.first_year + place + (month < 4)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
