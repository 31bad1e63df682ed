"""Addresses of the plan: the board's pages, and what a school reads."""

from manabiya.apps.dx_plan.policies import PLAN_DECIDE, PLAN_READ, PLAN_VIEW, PLAN_WRITE
from manabiya.apps.dx_plan.views import parts, plans, reading
from manabiya.kernel.access.routes import Area, Route, route

ONE = "dx-plan/<uuid:plan>/"
EDITION = f"{ONE}editions/<int:number>/"
ACTION = f"{ONE}actions/<uuid:action>/"

BOARD = (
    ("dx-plan/", plans.plans, PLAN_VIEW, "board-dx-plans"),
    ("dx-plan/begin/", plans.begin, PLAN_WRITE, "board-dx-plan-begin"),
    (ONE, plans.plan, PLAN_VIEW, "board-dx-plan"),
    (f"{ONE}words/", plans.words, PLAN_WRITE, "board-dx-plan-words"),
    (f"{ONE}decide/", plans.decide, PLAN_DECIDE, "board-dx-plan-decide"),
    (f"{ONE}revise/", plans.revise, PLAN_WRITE, "board-dx-plan-revise"),
    (f"{ONE}drop/", plans.drop, PLAN_WRITE, "board-dx-plan-drop"),
    (f"{ONE}goals/<slug:item>/", parts.goals, PLAN_WRITE, "board-dx-plan-goals"),
    (f"{ONE}actions/", parts.add_action, PLAN_WRITE, "board-dx-plan-action-add"),
    (ACTION, parts.action, PLAN_WRITE, "board-dx-plan-action"),
    (f"{ACTION}move/", parts.move, PLAN_WRITE, "board-dx-plan-action-move"),
    (f"{ACTION}remove/", parts.remove, PLAN_WRITE, "board-dx-plan-action-remove"),
    (f"{ONE}document/", reading.document, PLAN_VIEW, "board-dx-plan-document"),
    (f"{ONE}document/pdf/", reading.document_pdf, PLAN_VIEW, "board-dx-plan-pdf"),
    (f"{ONE}document/markdown/", reading.document_text, PLAN_VIEW, "board-dx-plan-markdown"),
    (EDITION, reading.edition, PLAN_VIEW, "board-dx-plan-edition"),
    (f"{EDITION}pdf/", reading.edition_pdf, PLAN_VIEW, "board-dx-plan-edition-pdf"),
    (f"{EDITION}markdown/", reading.edition_text, PLAN_VIEW, "board-dx-plan-edition-markdown"),
    (f"{ONE}report/", reading.report, PLAN_VIEW, "board-dx-plan-report"),
    (f"{ONE}report/pdf/", reading.report_file, PLAN_VIEW, "board-dx-plan-report-pdf"),
)
SCHOOL = (
    ("dx-plan/", reading.own, PLAN_READ, "dx-plan"),
    ("dx-plan/pdf/", reading.own_file, PLAN_READ, "dx-plan-pdf"),
)

ROUTES: tuple[Route, ...] = (
    *(
        route(path, view, policy=policy, name=name, area=Area.BOARD)
        for path, view, policy, name in BOARD
    ),
    *(
        route(path, view, policy=policy, name=name, area=Area.SCHOOL)
        for path, view, policy, name in SCHOOL
    ),
)
