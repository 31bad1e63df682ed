"""Who decides which further languages families may choose: the board of education."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

LANGUAGE_SWITCH = Policy(
    Permission("languages.language:switch", "家庭のことばを決める"),
    {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)
