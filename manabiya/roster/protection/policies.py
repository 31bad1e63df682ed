"""Who sets and ends protection, who sees it, who may open an address."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

PROTECTION_VIEW = Policy(
    Permission("roster.protection:view", "支援措置を見る", DataClass.I), {**MANAGERS, **BOARD}
)
PROTECTION_SET = Policy(
    Permission("roster.protection:set", "支援措置を決める・終える", DataClass.I),
    {**MANAGERS, **BOARD},
)
ADDRESS_OPEN = Policy(
    Permission("roster.address:open", "支援措置の住所・電話を開く", DataClass.I),
    {**MANAGERS, "office_staff": Scope.SCHOOL},
)

ALL = (PROTECTION_VIEW, PROTECTION_SET, ADDRESS_OPEN)
