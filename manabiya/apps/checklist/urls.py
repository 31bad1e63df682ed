"""Addresses of the checklist: a school's own pages, and the board's."""

from manabiya.apps.checklist import policies
from manabiya.apps.checklist.views import answers, board, evidence, school, schools, sets
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route


def _school(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.SCHOOL)


def _board(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(path, view, policy=policy, name=name, area=Area.BOARD)


ROUTES = (
    _school("checklist/", school.own, policies.SHEET_VIEW, "checklist"),
    _school("checklist/save/", school.save, policies.SHEET_ANSWER, "checklist-save"),
    _school("checklist/confirm/", school.confirm, policies.SHEET_CONFIRM, "checklist-confirm"),
    _school("checklist/reopen/", school.reopen, policies.SHEET_REOPEN, "checklist-reopen"),
    _school("checklist/paper/", school.paper, policies.SHEET_VIEW, "checklist-paper"),
    _school("checklist/standing/", evidence.standing, policies.SHEET_VIEW, "checklist-standing"),
    _school("checklist/items/<slug:item>/", evidence.item, policies.SHEET_VIEW, "checklist-item"),
    _school(
        "checklist/items/<slug:item>/figure/",
        evidence.attach_figure,
        policies.EVIDENCE_ATTACH,
        "checklist-figure-attach",
    ),
    _school(
        "checklist/items/<slug:item>/words/",
        evidence.attach_words,
        policies.EVIDENCE_ATTACH,
        "checklist-words-attach",
    ),
    _school(
        "checklist/items/<slug:item>/service/",
        evidence.declare_service,
        policies.EVIDENCE_ATTACH,
        "checklist-service-attach",
    ),
    _school(
        "checklist/evidence/<uuid:evidence>/remove/",
        evidence.remove,
        policies.EVIDENCE_ATTACH,
        "checklist-evidence-remove",
    ),
    _board("checklist/", board.city, policies.CITY_VIEW, "board-checklist"),
    _board("checklist/rounds/", board.rounds, policies.CITY_VIEW, "board-checklist-rounds"),
    _board("checklist/plan/", board.plan, policies.CITY_VIEW, "board-checklist-plan"),
    _board("checklist/plan/csv/", board.plan_csv, policies.CITY_VIEW, "board-checklist-plan-csv"),
    _board("checklist/items/<slug:item>/", board.item, policies.CITY_VIEW, "board-checklist-item"),
    _board("checklist/behind/", schools.behind, policies.CITY_VIEW, "board-checklist-behind"),
    _board(
        "checklist/behind/<slug:item>/",
        schools.outreach,
        policies.OUTREACH_SET,
        "board-checklist-outreach",
    ),
    _board(
        "checklist/standing/<uuid:school_id>/",
        schools.standing,
        policies.CITY_VIEW,
        "board-checklist-school",
    ),
    _board("checklist/progress/", board.progress, policies.CITY_VIEW, "board-checklist-progress"),
    _board(
        "checklist/progress/remind/",
        board.remind,
        policies.ROUND_MANAGE,
        "board-checklist-remind",
    ),
    _board(
        "checklist/progress/close/", board.close, policies.ROUND_MANAGE, "board-checklist-close"
    ),
    _board(
        "checklist/schools/<uuid:answer_sheet>/",
        board.sheet,
        policies.CITY_VIEW,
        "board-checklist-sheet",
    ),
    _board(
        "checklist/schools/<uuid:answer_sheet>/reopen/",
        board.reopen_school,
        policies.SHEET_REOPEN,
        "board-checklist-sheet-reopen",
    ),
    _board("checklist/own/", school.board_own, policies.BOARD_ANSWER, "board-checklist-own"),
    _board(
        "checklist/own/save/", school.board_save, policies.BOARD_ANSWER, "board-checklist-own-save"
    ),
    _board(
        "checklist/own/confirm/",
        school.board_confirm,
        policies.BOARD_CONFIRM,
        "board-checklist-own-confirm",
    ),
    _board(
        "checklist/own/reopen/",
        school.board_reopen,
        policies.BOARD_CONFIRM,
        "board-checklist-own-reopen",
    ),
    _board("checklist/sets/", sets.overview, policies.ROUND_MANAGE, "board-checklist-sets"),
    _board(
        "checklist/sets/install/<slug:key>/",
        sets.install,
        policies.ROUND_MANAGE,
        "board-checklist-set-install",
    ),
    _board(
        "checklist/sets/import/", sets.take, policies.ROUND_MANAGE, "board-checklist-set-import"
    ),
    _board("checklist/sets/open/", sets.open_year, policies.ROUND_MANAGE, "board-checklist-open"),
    _board(
        "checklist/sets/<uuid:question_set>/",
        sets.edit,
        policies.ROUND_MANAGE,
        "board-checklist-set",
    ),
    _board(
        "checklist/sets/<uuid:question_set>/figures/",
        sets.figures,
        policies.ROUND_MANAGE,
        "board-checklist-set-figures",
    ),
    _board(
        "checklist/sets/<uuid:question_set>/answers/",
        answers.answers,
        policies.ROUND_MANAGE,
        "board-checklist-set-answers",
    ),
    _board(
        "checklist/sets/<uuid:question_set>/answers/pattern/",
        answers.pattern,
        policies.ROUND_MANAGE,
        "board-checklist-set-answers-pattern",
    ),
)
