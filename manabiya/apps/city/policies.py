"""Who sees the city's numbers, and who sees the small ones too."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

CITY_VIEW = Policy(
    Permission("city.day:view", "市の出欠を数で見る"),
    {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY},
)
EXACT_VIEW = Policy(
    Permission("city.exact:view", "学校ごとの少ない人数も見る"),
    {"board_officer": Scope.MUNICIPALITY},
)
"""The officer in charge (教育委員会 担当); everybody else, paper and spreadsheet get ＊."""

ALL = (CITY_VIEW, EXACT_VIEW)
