"""Who works in the staff room in the morning."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
CALLERS = {
    **MANAGERS,
    "school_nurse": Scope.SCHOOL,
    "office_staff": Scope.SCHOOL,
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
    "cover": Scope.HOMEROOM,
}

CASE_HANDLE = Policy(
    Permission("morning.case:handle", "未着の児童生徒に対応する", DataClass.II), CALLERS
)
PHONE_OPEN = Policy(
    Permission("morning.phone:open", "電話の連絡を入れる画面を開く", DataClass.II),
    {
        **MANAGERS,
        "office_staff": Scope.SCHOOL,
        "homeroom_teacher": Scope.SCHOOL,
        "school_nurse": Scope.SCHOOL,
    },
)
BOARD_OPEN = Policy(
    Permission("morning.board:open", "今日の出欠のまとめを見る"),
    {
        role: Scope.SCHOOL
        for role in (
            *CALLERS,
            "academic_affairs_head",
            "grade_head",
            "subject_teacher",
            "board_support",
        )
    },
)
LUNCH_VIEW = Policy(Permission("morning.lunch:view", "給食の数を見る"), dict(BOARD_OPEN.holders))
BACKUP_MAKE = Policy(
    Permission("morning.backup:make", "朝の控えを作って開く", DataClass.II),
    {**MANAGERS, "office_staff": Scope.SCHOOL},
)
ABSENCE_WATCH = Policy(
    Permission("morning.absence:watch", "長い欠席の知らせを確かめる", DataClass.II),
    {
        **MANAGERS,
        "school_nurse": Scope.SCHOOL,
        "homeroom_teacher": Scope.HOMEROOM,
        "assistant_homeroom_teacher": Scope.HOMEROOM,
    },
)
ABSENCE_SETTINGS_CHANGE = Policy(
    Permission("morning.absence-settings:change", "長い欠席の知らせの日数を決める"),
    {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)

ALL = (
    CASE_HANDLE,
    PHONE_OPEN,
    BOARD_OPEN,
    LUNCH_VIEW,
    BACKUP_MAKE,
    ABSENCE_WATCH,
    ABSENCE_SETTINGS_CHANGE,
)
