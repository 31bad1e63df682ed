"""Who reads, checks, closes, confirms and corrects the register."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

SCHOOL = Scope.SCHOOL
MANAGERS = {"principal": SCHOOL, "vice_principal": SCHOOL}
TEACHERS = {
    "homeroom_teacher": Scope.HOMEROOM,
    "assistant_homeroom_teacher": Scope.HOMEROOM,
}

MONTH_VIEW = Policy(
    Permission("register.month:view", "出席簿を見る", DataClass.II),
    {
        **TEACHERS,
        **MANAGERS,
        "school_nurse": SCHOOL,
        "academic_affairs_head": SCHOOL,
    },
)
MONTH_CHECK = Policy(
    Permission("register.month:check", "出席簿を点検する", DataClass.II), {**TEACHERS, **MANAGERS}
)
MONTH_CLOSE = Policy(
    Permission("register.month:close", "出席簿の月を締める", DataClass.II),
    {"vice_principal": SCHOOL},
)
MONTH_CONFIRM = Policy(
    Permission("register.month:confirm", "締めた出席簿を確認する", DataClass.II), MANAGERS
)
CORRECTION_ASK = Policy(
    Permission("register.correction:ask", "締めた月の訂正を申し出る", DataClass.II),
    {**TEACHERS, **MANAGERS},
)
CORRECTION_DECIDE = Policy(
    Permission("register.correction:decide", "締めた月の訂正を承認する", DataClass.II), MANAGERS
)
SETTINGS_CHANGE = Policy(
    Permission("register.settings:change", "出席簿の記号と決まりを決める"),
    {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)

ALL = (
    MONTH_VIEW,
    MONTH_CHECK,
    MONTH_CLOSE,
    MONTH_CONFIRM,
    CORRECTION_ASK,
    CORRECTION_DECIDE,
    SETTINGS_CHANGE,
)
