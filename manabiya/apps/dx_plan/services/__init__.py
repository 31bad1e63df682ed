"""Writes of the plan."""

from manabiya.apps.dx_plan.refusals import ChangedMeanwhile, PlanRefused
from manabiya.apps.dx_plan.services.actions import (
    ActionWord,
    move_action,
    remove_action,
    write_action,
)
from manabiya.apps.dx_plan.services.deciding import decide_plan, revise_plan
from manabiya.apps.dx_plan.services.goals import set_goals
from manabiya.apps.dx_plan.services.plans import PlanWords, drop_plan, open_plan, write_words

__all__ = [
    "ActionWord",
    "ChangedMeanwhile",
    "PlanRefused",
    "PlanWords",
    "decide_plan",
    "drop_plan",
    "move_action",
    "open_plan",
    "remove_action",
    "revise_plan",
    "set_goals",
    "write_action",
    "write_words",
]
