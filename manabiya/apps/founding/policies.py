"""Who may give staff their login: the board everywhere, managers at their own school.

Only the board's administrators may give a login of the board, or end one that exists: whoever
can end a login and hand out the next could act in another's name.
"""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

INVITE = Policy(
    Permission("founding.staff_invitation:issue", "教職員のログインを出す", DataClass.II),
    {
        "board_officer": Scope.MUNICIPALITY,
        "board_administrator": Scope.MUNICIPALITY,
        "principal": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
    },
)
REPLACE = Policy(
    Permission("founding.staff_invitation:replace", "教職員のログインを出し直す", DataClass.II),
    {"board_administrator": Scope.MUNICIPALITY},
)
