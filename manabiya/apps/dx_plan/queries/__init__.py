"""Reads of the plan; what the viewer may not see does not exist."""

from manabiya.apps.dx_plan.queries.drafting import draft_document
from manabiya.apps.dx_plan.queries.lines import GoalLine
from manabiya.apps.dx_plan.queries.plans import (
    ActionLine,
    PlanLine,
    PlanPage,
    YearChoice,
    action_of,
    baselines,
    document_of,
    edition_of,
    goal_line,
    plan_list,
    plan_page,
)
from manabiya.apps.dx_plan.queries.reading import decided_plan
from manabiya.apps.dx_plan.queries.report import ReportLine, ReportPage, report_page

__all__ = [
    "ActionLine",
    "GoalLine",
    "PlanLine",
    "PlanPage",
    "ReportLine",
    "ReportPage",
    "YearChoice",
    "action_of",
    "baselines",
    "decided_plan",
    "document_of",
    "draft_document",
    "edition_of",
    "goal_line",
    "plan_list",
    "plan_page",
    "report_page",
]
