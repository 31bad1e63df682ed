"""Who may look into a school, and who sees who looked."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

SUPPORT_OPEN = Policy(
    Permission("access.support:open", "学校の画面を支援のために開く", DataClass.II),
    {"board_administrator": Scope.MUNICIPALITY},
)
SUPPORT_LIST = Policy(
    Permission("access.support:list", "だれが支援に入ったかを見る"),
    {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL},
)
