"""Who answers, confirms and sees the checklist.

A school sees itself and the city, never another school; the board sees all.
"""

from manabiya.kernel.access.policies import Permission, Policy, Scope

BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}
IN_CHARGE = {
    role: Scope.SCHOOL
    for role in ("principal", "vice_principal", "academic_affairs_head", "office_staff")
}
STAFF = {
    role: Scope.SCHOOL
    for role in (
        "grade_head",
        "homeroom_teacher",
        "assistant_homeroom_teacher",
        "subject_teacher",
        "school_nurse",
    )
}

CITY_VIEW = Policy(Permission("checklist.city:view", "市のチェックリストを見る"), dict(BOARD))
ROUND_MANAGE = Policy(
    Permission("checklist.round:manage", "チェックリストの回と設問を扱う"), dict(BOARD)
)
BOARD_ANSWER = Policy(
    Permission("checklist.board_sheet:answer", "教育委員会の回答を書く"), dict(BOARD)
)
BOARD_CONFIRM = Policy(
    Permission("checklist.board_sheet:confirm", "教育委員会の回答を確定する"),
    {"board_administrator": Scope.MUNICIPALITY},
)
SHEET_VIEW = Policy(
    Permission("checklist.sheet:view", "自分の学校のチェックリストを見る"), {**IN_CHARGE, **STAFF}
)
SHEET_ANSWER = Policy(Permission("checklist.sheet:answer", "学校の回答を書く"), dict(IN_CHARGE))
SHEET_CONFIRM = Policy(
    Permission("checklist.sheet:confirm", "学校の回答を確定する"), {"principal": Scope.SCHOOL}
)
EVIDENCE_ATTACH = Policy(
    Permission("checklist.evidence:attach", "自校の根拠を付ける"), dict(IN_CHARGE)
)
OUTREACH_SET = Policy(
    Permission("checklist.outreach:set", "まだの学校への働きかけの担当と期日を決める"), dict(BOARD)
)
SHEET_REOPEN = Policy(
    Permission("checklist.sheet:reopen", "確定した回答を書き直せるようにする"),
    {"principal": Scope.SCHOOL, **BOARD},
)

ALL = (
    CITY_VIEW,
    ROUND_MANAGE,
    BOARD_ANSWER,
    BOARD_CONFIRM,
    SHEET_VIEW,
    SHEET_ANSWER,
    SHEET_CONFIRM,
    SHEET_REOPEN,
    EVIDENCE_ATTACH,
    OUTREACH_SET,
)
