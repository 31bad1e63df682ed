"""Who sees the nurse's board and the book of 健康観察 (class Ⅱ)."""

from manabiya.kernel.access.policies import DataClass, Permission, Policy, Scope

BOARD_VIEW = Policy(
    Permission("nurse_office.board:view", "保健の画面を見る", DataClass.II),
    {
        "school_nurse": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "principal": Scope.SCHOOL,
    },
)
BOOK_VIEW = Policy(
    Permission("nurse_office.book:view", "健康観察簿を見る", DataClass.II),
    {**BOARD_VIEW.holders, "homeroom_teacher": Scope.HOMEROOM},
)

ALL = (BOARD_VIEW, BOOK_VIEW)
