"""Who opens 市の決まり; what may be decided there each section says itself."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

SETTINGS_OPEN = Policy(Permission("roster.settings:open", "市の決まりを開く"), BOARD)

ALL = (SETTINGS_OPEN,)
