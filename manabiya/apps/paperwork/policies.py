"""Who keeps the list of a school or of the board, who decides, and who sees the city."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}
MANAGERS = {"principal": Scope.SCHOOL, "vice_principal": Scope.SCHOOL}
OFFICE = {**MANAGERS, "office_staff": Scope.SCHOOL}

USE_VIEW = Policy(
    Permission("paperwork.use:view", "自校の業務・帳票の一覧を見る"),
    {**OFFICE, "academic_affairs_head": Scope.SCHOOL, "board_support": Scope.SCHOOL, **BOARD},
)
USE_KEEP = Policy(Permission("paperwork.use:keep", "業務・帳票の一覧を書く"), {**OFFICE, **BOARD})
USE_DECIDE = Policy(
    Permission("paperwork.use:decide", "業務・帳票の廃止や電子化を決める"), {**MANAGERS, **BOARD}
)
USE_CONTINUE = Policy(
    Permission("paperwork.use:continue", "業務・帳票の継続を決める"),
    {"principal": Scope.SCHOOL, "board_administrator": Scope.MUNICIPALITY},
)
SUMS_VIEW = Policy(
    Permission("paperwork.sums:view", "業務・帳票の市全体の合計を見る"), dict(USE_VIEW.holders)
)
CITY_VIEW = Policy(Permission("paperwork.city:view", "学校ごとの業務・帳票を見る"), BOARD)
CATALOG_KEEP = Policy(Permission("paperwork.catalog:keep", "共通の帳票を決める"), BOARD)
PAPER_PROPOSE = Policy(Permission("paperwork.paper:propose", "帳票の見直しを学校へ提案する"), BOARD)
PARTNER_KEEP = Policy(
    Permission("paperwork.partner:keep", "相手先と受け渡し方法を書く"), {**OFFICE, **BOARD}
)

ALL = (
    USE_VIEW,
    USE_KEEP,
    USE_DECIDE,
    USE_CONTINUE,
    SUMS_VIEW,
    CITY_VIEW,
    CATALOG_KEEP,
    PAPER_PROPOSE,
    PARTNER_KEEP,
)
