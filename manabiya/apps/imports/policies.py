"""Who may bring a roster in: the board for the city, managers and office for their own school."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

MANAGE = Policy(
    Permission("imports.run:manage", "名簿を取り込む", DataClass.II),
    {
        "board_officer": Scope.MUNICIPALITY,
        "board_administrator": Scope.MUNICIPALITY,
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "office_staff": Scope.SCHOOL,
    },
)
