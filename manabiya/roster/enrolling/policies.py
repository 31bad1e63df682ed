"""Who moves children between schools and classes, and who closes a school year."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
OFFICE = {**MANAGERS, "office_staff": Scope.SCHOOL}
BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

TRANSFER = Policy(
    Permission("roster.transfer:manage", "転出入を記録して、受け入れる", DataClass.II),
    {**OFFICE, **BOARD},
)
CLASS_CHANGE = Policy(
    Permission("roster.enrollment:change-class", "学級を変える", DataClass.II), dict(OFFICE)
)
YEAR_CLOSE = Policy(
    Permission("roster.school-year:close", "年度を確定する", DataClass.II), dict(MANAGERS)
)
NEW_YEAR_VIEW = Policy(
    Permission("roster.new-year:view", "新年度の在籍のようすを見る"), dict(OFFICE)
)

ALL = (TRANSFER, CLASS_CHANGE, YEAR_CLOSE, NEW_YEAR_VIEW)
