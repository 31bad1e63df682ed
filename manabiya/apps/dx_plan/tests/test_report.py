"""The yearly report: goal of the year against what became of it, or the reason there is no number."""

from decimal import Decimal

import pytest

from manabiya.apps.checklist.models import (
    AnswerSheet,
    ChecklistAnswer,
    ChecklistRound,
    ChecklistSet,
)
from manabiya.apps.dx_plan import queries
from manabiya.apps.dx_plan.models import PlanGoal
from manabiya.apps.dx_plan.queries.report import NO_ROUND, NOT_ASKED, NOT_COUNTED

ABSENCE, FAX = "absence_contact", "no_fax"


def answer(year, item, *values):
    """Let the two schools of the city answer an item of a closed round."""
    sheets = AnswerSheet.objects.filter(round__school_year=year, school__isnull=False)
    for sheet, value in zip(sheets.order_by("school__code"), values, strict=True):
        ChecklistAnswer.objects.filter(sheet=sheet, item=item).update(value=value)


def line(page, item):
    labels = {"absence_contact": "欠席・遅刻・早退の連絡", "no_fax": "業務に FAXを使用"}
    return next(one for one in page.lines if one.label.startswith(labels[item]))


@pytest.fixture
def plan(desk, draft):
    """Return a draft of 2026 to 2028 whose baseline is 2024, half of the schools."""
    from manabiya.apps.dx_plan.models import DxPlan

    answer(2024, ABSENCE, "half_or_more", "not_at_all")
    answer(2024, FAX, "yes", "no")
    DxPlan.objects.filter(pk=draft.pk).update(first_year=2030, baseline_year=2024)
    draft.refresh_from_db()
    desk.goals(draft, ABSENCE, {2030: "80.0", 2032: "100.0"})
    desk.goals(draft, FAX, {2030: "20.0", 2032: "0.0"})
    return draft


def test_up_and_down_against_the_goal_of_the_year(desk, plan):
    answer(2025, ABSENCE, "fully", "half_or_more")
    answer(2025, FAX, "yes", "yes")
    page = queries.report_page(desk.actor(), plan.id, 2030)
    assert page.real_label == "令和7年度"
    up, down = line(page, ABSENCE), line(page, FAX)
    assert (up.baseline, up.goal, up.real, up.schools) == (
        Decimal("50.0"), Decimal("80.0"), Decimal("100.0"), "2/2",
    )  # fmt: skip
    assert (up.progress.signed, up.verdict, up.falls) == ("+50.0", "達成", False)
    assert (down.baseline, down.goal, down.real) == (
        Decimal("50.0"), Decimal("20.0"), Decimal("100.0"),
    )  # fmt: skip
    assert (down.progress.signed, down.verdict, down.falls) == ("+50.0", "あと80.0", True)
    assert not down.progress.is_better
    answer(2025, FAX, "no", "no")
    done = line(queries.report_page(desk.actor(), plan.id, 2030), FAX)
    assert (done.real, done.progress.signed, done.verdict) == (Decimal("0.0"), "−50.0", "達成")


def test_a_year_without_a_goal_has_a_figure_and_no_verdict(desk, plan):
    found = line(queries.report_page(desk.actor(), plan.id, 2031), ABSENCE)
    assert found.goal is None
    assert found.real is not None
    assert found.verdict == ""


def test_the_open_round_is_not_measured(desk, plan):
    assert ChecklistRound.objects.get(school_year=2026).is_open
    assert queries.report_page(desk.actor(), plan.id, 2032).real_label == "令和7年度"


def test_without_a_round_after_the_baseline_the_reason_stands(desk, draft):
    desk.goals(draft, goals={2032: "100.0"})
    page = queries.report_page(desk.actor(), draft.id, 2030)
    assert [(ln.real, ln.reason) for ln in page.lines] == [(None, NO_ROUND)]


def ask(year, change):
    """Let a closed round have been asked with other questions."""
    row = ChecklistRound.objects.get(school_year=year)
    document = row.question_set.document
    questions = [changed for q in document["questions"] if (changed := change(dict(q)))]
    other = ChecklistSet.objects.create(
        key="other", version=1, title="ほかの設問", document={**document, "questions": questions},
        added_by=row.opened_by, added_at=row.opened_at,
    )  # fmt: skip
    row.question_set = other
    row.save()


def test_a_changed_wording_is_not_compared(desk, plan):
    ask(2025, lambda q: {**q, "wording_since": 2025} if q["key"] == ABSENCE else q)
    page = queries.report_page(desk.actor(), plan.id, 2030)
    found = line(page, ABSENCE)
    assert (found.real, found.progress, found.reason) == (None, None, "問いの文が変わりました")
    assert line(page, FAX).reason == ""


def test_an_item_no_longer_asked_says_so(desk, plan):
    ask(2025, lambda q: None if q["key"] == FAX else q)
    assert line(queries.report_page(desk.actor(), plan.id, 2030), FAX).reason == NOT_ASKED


def test_an_item_nobody_answered_says_so(desk, plan):
    ChecklistAnswer.objects.filter(sheet__round__school_year=2025, item=FAX).delete()
    assert line(queries.report_page(desk.actor(), plan.id, 2030), FAX).reason == NOT_COUNTED


def test_the_told_plan_is_measured_by_its_decided_goals(desk):
    plan = desk.told()
    PlanGoal.objects.filter(plan_item__plan=plan).update(percent=Decimal("1.0"))
    page = queries.report_page(desk.actor(), plan.id, None)
    assert page.year.school_year == 2025
    assert page.edition.number == 1
    assert len(page.lines) == 9
    assert {one.goal for one in page.lines} != {Decimal("1.0")}
    assert dict(page.counts) == {"予定": 1, "進行中": 2, "完了": 1, "見送り": 1}
