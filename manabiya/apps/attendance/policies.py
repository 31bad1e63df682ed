"""Who may report, see, confirm and count attendance."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

CLASS_TEACHERS = {
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
    "cover": Scope.HOMEROOM,
}
CONFIRMERS = {
    **CLASS_TEACHERS,
    "vice_principal": Scope.SCHOOL,
    "principal": Scope.SCHOOL,
    "school_nurse": Scope.SCHOOL,
}
REASON_READERS = {**CONFIRMERS, "academic_affairs_head": Scope.SCHOOL}
STAFF_OF_SCHOOL = {
    **{role: Scope.SCHOOL for role in REASON_READERS},
    "cover": Scope.HOMEROOM,
    "grade_head": Scope.SCHOOL,
    "subject_teacher": Scope.SCHOOL,
    "office_staff": Scope.SCHOOL,
    "board_support": Scope.SCHOOL,
}
GUARDIAN = {"guardian": Scope.CHILD}
BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

FAMILY_HOME = Policy(Permission("attendance.family:open", "家庭のホームを開く"), GUARDIAN)
REPORT_SUBMIT = Policy(
    Permission("attendance.report:submit", "欠席・遅刻を連絡する", DataClass.II), GUARDIAN
)
REPORT_VIEW = Policy(
    Permission("attendance.report:view", "送った連絡を見る", DataClass.II), GUARDIAN
)
MARK_VIEW = Policy(Permission("attendance.mark:view", "欠・遅・早を見る"), STAFF_OF_SCHOOL)
CLASS_VIEW = Policy(
    Permission("attendance.class:view", "学級の出欠を理由まで見る", DataClass.II), REASON_READERS
)
DAY_CONFIRM = Policy(
    Permission("attendance.day:confirm", "学級の出欠を確定する", DataClass.II), CONFIRMERS
)
PERIOD_MARK = Policy(
    Permission("attendance.period:mark", "時間ごとの出欠を入れる", DataClass.II),
    {**CONFIRMERS, "subject_teacher": Scope.SCHOOL},
)
CONSULTATION_VIEW = Policy(
    Permission("attendance.consultation:view", "相談・登校しぶりの連絡を見る", DataClass.II),
    {
        "homeroom_teacher": Scope.HOMEROOM,
        "school_nurse": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "principal": Scope.SCHOOL,
    },
)
PICKUP_HANDLE = Policy(
    Permission("attendance.pickup:handle", "早退の迎えを確かめて引き渡す", DataClass.II),
    {**CONFIRMERS, "office_staff": Scope.SCHOOL},
)
PHONE_TAKE = Policy(
    Permission("attendance.report:take-by-phone", "電話の連絡を入れる", DataClass.II),
    {
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "office_staff": Scope.SCHOOL,
        "homeroom_teacher": Scope.SCHOOL,
        "school_nurse": Scope.SCHOOL,
    },
)
ARRIVAL_SETTLE = Policy(
    Permission("attendance.arrival:settle", "未着に結果をつける", DataClass.II),
    {
        **CLASS_TEACHERS,
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "school_nurse": Scope.SCHOOL,
        "office_staff": Scope.SCHOOL,
    },
)
MARK_CORRECT = Policy(
    Permission("attendance.mark:correct", "締めた月の出欠を訂正する", DataClass.II),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
# the days gone by of a class and its children: not today's cover, who sees what today needs
REGISTER_VIEW = Policy(
    Permission("attendance.register:view", "出席簿を見る", DataClass.II),
    {role: scope for role, scope in REASON_READERS.items() if role != "cover"},
)
WAITING_VIEW = Policy(
    Permission("attendance.waiting:view", "在籍が決まっていない児童の連絡を見る", DataClass.II),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
PROPOSERS = {
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
    "school_nurse": Scope.SCHOOL,
    "vice_principal": Scope.SCHOOL,
    "principal": Scope.SCHOOL,
}
PERIOD_VIEW = Policy(
    Permission(
        "attendance.excused-period:view", "出席停止・忌引などの申し出と決定を見る", DataClass.II
    ),
    PROPOSERS,
)
PERIOD_PROPOSE = Policy(
    Permission("attendance.excused-period:propose", "出席停止・忌引などを申し出る", DataClass.II),
    PROPOSERS,
)
PERIOD_DECIDE = Policy(
    Permission("attendance.excused-period:decide", "出席停止・忌引などを決める", DataClass.II),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
"""The vice principal only where it is delegated: ``services.deciding.require_decider``."""
DELEGATION_SET = Policy(
    Permission("attendance.delegation:set", "出席停止などの決定を教頭に任せる"),
    {"principal": Scope.SCHOOL},
)
SUSPENSION_REPORT = Policy(
    Permission("attendance.suspension-report:make", "出席停止の報告を作る", DataClass.II),
    {
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "school_nurse": Scope.SCHOOL,
    },
)
CITY_VIEW = Policy(Permission("attendance.city:view", "市の出欠の数を見る"), BOARD)
SETTINGS_CHANGE = Policy(
    Permission("attendance.settings:change", "学校の朝の設定を決める"),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
CITY_SETTINGS_CHANGE = Policy(
    Permission("attendance.settings:change-city", "市の朝の設定を決める"), BOARD
)
DELEGATION_ALLOW = Policy(
    Permission("attendance.delegation:allow", "出席停止などの決定を教頭に任せてよいかを決める"),
    BOARD,
)

ALL = (
    FAMILY_HOME,
    REPORT_SUBMIT,
    REPORT_VIEW,
    MARK_VIEW,
    CLASS_VIEW,
    DAY_CONFIRM,
    PERIOD_MARK,
    CONSULTATION_VIEW,
    PICKUP_HANDLE,
    PHONE_TAKE,
    ARRIVAL_SETTLE,
    MARK_CORRECT,
    REGISTER_VIEW,
    WAITING_VIEW,
    PERIOD_VIEW,
    PERIOD_PROPOSE,
    PERIOD_DECIDE,
    DELEGATION_SET,
    SUSPENSION_REPORT,
    CITY_VIEW,
    SETTINGS_CHANGE,
    CITY_SETTINGS_CHANGE,
    DELEGATION_ALLOW,
)
