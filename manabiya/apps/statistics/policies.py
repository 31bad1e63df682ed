"""Who reads the statistics: managers the school, 担任 the own class, the nurse what concerns illness."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
CLASS_TEACHERS = {
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
}
BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

ATTENDANCE_VIEW = Policy(
    Permission("statistics.attendance:view", "出欠の統計を見る", DataClass.II),
    {**MANAGERS, **CLASS_TEACHERS},
)
ILLNESS_VIEW = Policy(
    Permission("statistics.illness:view", "感染症と病欠の統計を見る", DataClass.II),
    {**MANAGERS, **CLASS_TEACHERS, "school_nurse": Scope.SCHOOL},
)
LONG_ABSENCE_VIEW = Policy(
    Permission("statistics.long-absence:view", "長期欠席の統計を見る", DataClass.II),
    {**MANAGERS, "homeroom_teacher": Scope.HOMEROOM, "school_nurse": Scope.SCHOOL},
)
CAUSE_DECIDE = Policy(
    Permission("statistics.long-absence:decide-cause", "長期欠席の理由を決める", DataClass.II),
    {**MANAGERS, "homeroom_teacher": Scope.HOMEROOM},
)
CITY_VIEW = Policy(Permission("statistics.city:view", "市の統計を見る"), BOARD)

ALL = (ATTENDANCE_VIEW, ILLNESS_VIEW, LONG_ABSENCE_VIEW, CAUSE_DECIDE, CITY_VIEW)
