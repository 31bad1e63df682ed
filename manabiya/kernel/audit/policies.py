"""Who may read the audit."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

AUDIT_SCHOOL = Policy(
    Permission("audit.entry:view-school", "学校の記録の足あとを見る", DataClass.II),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
AUDIT_BOARD = Policy(
    Permission("audit.entry:view-all", "市の記録の足あとを見る", DataClass.II),
    {"board_administrator": Scope.MUNICIPALITY},
)
