"""Who may see and change what of the roster."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

EVERYBODY_AT_SCHOOL = {
    role: Scope.SCHOOL
    for role in (
        "principal",
        "vice_principal",
        "academic_affairs_head",
        "grade_head",
        "homeroom_teacher",
        "assistant_homeroom_teacher",
        "subject_teacher",
        "school_nurse",
        "office_staff",
        "board_support",
    )
} | {"cover": Scope.HOMEROOM}
MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
OFFICE = {**MANAGERS, "office_staff": Scope.SCHOOL}

SCHOOL_HOME = Policy(
    Permission("roster.school:open", "学校の今日を開く"),
    {**EVERYBODY_AT_SCHOOL, "ict_supporter": Scope.SCHOOL},
)
BOARD_HOME = Policy(
    Permission("roster.board:open", "教育委員会の今日を開く"),
    {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)
STUDENT_VIEW = Policy(
    Permission("roster.student:view", "児童生徒の名簿を見る"),
    {**EVERYBODY_AT_SCHOOL, "guardian": Scope.CHILD},
)
STUDENT_FAMILY_VIEW = Policy(
    Permission("roster.student:view-family", "生年月日と保護者の連絡先を見る", DataClass.II),
    {
        **OFFICE,
        "school_nurse": Scope.SCHOOL,
        "homeroom_teacher": Scope.HOMEROOM,
        "assistant_homeroom_teacher": Scope.HOMEROOM,
        "cover": Scope.HOMEROOM,
    },
)
STUDENT_EXPORT = Policy(
    Permission("roster.student:export", "名簿を書き出す", DataClass.II), dict(OFFICE)
)
STAFF_VIEW = Policy(
    Permission("roster.staff:view", "教職員の名簿を見る"), dict(EVERYBODY_AT_SCHOOL)
)
STAFF_COMING_VIEW = Policy(
    Permission("roster.staff:view-coming", "これから始まる職を見る", DataClass.II),
    {**MANAGERS, "board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)
COVER_NAME = Policy(Permission("roster.cover:name", "今日の代理を決める"), dict(MANAGERS))
HOMEROOM_VIEW = Policy(Permission("roster.homeroom:view", "学級を見る"), dict(EVERYBODY_AT_SCHOOL))

ALL = (
    SCHOOL_HOME,
    BOARD_HOME,
    STUDENT_VIEW,
    STUDENT_FAMILY_VIEW,
    STUDENT_EXPORT,
    STAFF_VIEW,
    STAFF_COMING_VIEW,
    COVER_NAME,
    HOMEROOM_VIEW,
)
