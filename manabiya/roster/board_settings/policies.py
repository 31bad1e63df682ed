"""Who opens 市の決まり; what may be decided there each section says itself."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

SETTINGS_OPEN = Policy(Permission("roster.settings:open", "市の決まりを開く"), BOARD)
CUTOFF_SET = Policy(Permission("roster.report-cutoff:set", "欠席連絡の締切を決める"), BOARD)
YEAR_PLAN_SET = Policy(Permission("roster.year-plan:set", "学期と長期休業を決める"), BOARD)

ALL = (SETTINGS_OPEN, CUTOFF_SET, YEAR_PLAN_SET)
