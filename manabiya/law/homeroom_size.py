"""Homeroom sizes 「学級編制」: how many homerooms a school needs for its children.

公立義務教育諸学校の学級編制及び教職員定数の標準に関する法律3条 (1958-05-01). A prefecture or a city may set
smaller numbers: the rules are dated data and an argument (``law.homeroom_rules``).
"""

from collections.abc import Mapping, Sequence
from datetime import date

from manabiya.law.homeroom_rules import (
    COURSES,
    DEFAULT_RULES,
    HomeroomKind,
    HomeroomPlan,
    HomeroomRules,
)
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import GRADES
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import CLASS_SIZE_ACT, PRODUCT

__all__ = ["HomeroomKind", "HomeroomPlan", "HomeroomRules", "homerooms_needed"]


def _plans(grade: int, *sizes: int, limit: int = 35) -> list[HomeroomPlan]:
    return [HomeroomPlan((grade,), size, limit) for size in sizes]


@rule(
    Rule(
        term="学級編制",
        also=("35人学級", "複式学級", "特別支援学級", "学級数"),
        summary="同じ学年で編制し、上限は小学校が35人(2025年度に全学年)、中学校は2026年度の1年から順に35人、"
        "それまでは40人です。続く2つの学年の合計が16人以下(1年を含むとき、中学校では8人以下)なら"
        "複式学級とします。特別支援学級は8人で、その児童生徒は通常の学級に数えません。学級の人数は"
        "なるべく等しく分けます。",
        sources=(
            CLASS_SIZE_ACT.article("3条", in_force=date(2021, 4, 1)),
            CLASS_SIZE_ACT.article("3条(中学校2・3年の35人、複式)", confidence=Confidence.MEDIUM),
            PRODUCT.article("複式の組み合わせ方と人数の分け方", confidence=Confidence.LOW),
        ),
        words={
            "counts": "学年ごとの人数",
            "kind": "学校種",
            "school_year": "年度",
            "special_needs": "うち特別支援学級(別に数える)",
            "rules": "設定",
        },
        examples=(
            example(
                _plans(1, 18, 18), counts={1: 36}, kind=SchoolKind.ELEMENTARY, school_year=2026
            ),
            example(
                _plans(2, 36, limit=40),
                counts={2: 36},
                kind=SchoolKind.JUNIOR_HIGH,
                school_year=2026,
            ),
            example(
                _plans(2, 18, 18), counts={2: 36}, kind=SchoolKind.JUNIOR_HIGH, school_year=2027
            ),
            example(
                [HomeroomPlan((3, 4), 16, 16, HomeroomKind.MULTIGRADE)],
                counts={3: 9, 4: 7},
                kind=SchoolKind.ELEMENTARY,
                school_year=2026,
            ),
            example(
                [*_plans(1, 5), *_plans(2, 4)],
                counts={1: 5, 2: 4},
                kind=SchoolKind.ELEMENTARY,
                school_year=2026,
            ),
            example(
                [
                    *_plans(4, 30),
                    HomeroomPlan((1, 4), 5, 8, HomeroomKind.SPECIAL_NEEDS),
                    HomeroomPlan((4,), 4, 8, HomeroomKind.SPECIAL_NEEDS),
                ],
                counts={4: 30},
                kind=SchoolKind.ELEMENTARY,
                school_year=2026,
                special_needs={1: 2, 4: 7},
            ),
            example(Refused("7年"), counts={7: 1}, kind=SchoolKind.ELEMENTARY, school_year=2026),
        ),
    )
)
def homerooms_needed(
    counts: dict[int, int],
    kind: SchoolKind,
    school_year: int,
    special_needs: dict[int, int] | None = None,
    *,
    rules: HomeroomRules = DEFAULT_RULES,
) -> list[HomeroomPlan]:
    """Return the fewest homerooms for the children, one plan each, in order of grade.

    ``counts``: children by grade within the kind (中学校 1 to 3), without those of
    ``special_needs``. 義務標準法3条 (1958-05-01, 35人 from 2021-04-01) 「学級編制」; 中学校 grades 2 and 3
    and 「複式学級」 M; which grades are joined and how children are split is a product default (L):
    as few homerooms as possible, 1・2, 3・4, 5・6 before others, numbers as equal as they can be.
    Raises ValueError for a grade the kind does not have and for a number below zero.
    """
    offset = GRADES[kind].start - 1
    regular = _absolute(counts, kind)
    special = _absolute(special_needs or {}, kind)
    found: list[HomeroomPlan] = []
    for course in COURSES:
        found += _fewest([(g, regular.get(g, 0)) for g in course], school_year, rules)
    for course in COURSES:
        children = [g for g in course for _ in range(special.get(g, 0))]
        found += _special_needs(children, rules.special_needs_size)
    return [_within_kind(plan, offset) for plan in found]


def _absolute(counts: Mapping[int, int], kind: SchoolKind) -> dict[int, int]:
    for grade, count in counts.items():
        if not 1 <= grade <= len(GRADES[kind]):
            raise ValueError(f"{kind.label}に{grade}年はありません")
        if count < 0:
            raise ValueError(f"{grade}年の人数が0より小さくなっています")
    return {GRADES[kind].start + grade - 1: count for grade, count in counts.items()}


def _within_kind(plan: HomeroomPlan, offset: int) -> HomeroomPlan:
    grades = tuple(grade - offset for grade in plan.grades)
    return HomeroomPlan(grades, plan.student_count, plan.limit, plan.kind)


def _fewest(
    grades: Sequence[tuple[int, int]], school_year: int, rules: HomeroomRules
) -> list[HomeroomPlan]:
    if not grades:
        return []
    (grade, count), *later = grades
    limit = rules.size(grade, school_year)
    alone = [HomeroomPlan((grade,), size, limit) for size in _even(count, limit)]
    choices = [alone + _fewest(later, school_year, rules)]
    if count and later and later[0][1]:
        both, most = count + later[0][1], rules.multigrade_size(grade)
        if both <= most:
            joined = HomeroomPlan((grade, grade + 1), both, most, HomeroomKind.MULTIGRADE)
            choices.insert(0, [joined, *_fewest(later[1:], school_year, rules)])
    return min(choices, key=_cost)


def _cost(plans: list[HomeroomPlan]) -> tuple[int, int]:
    unusual = sum(len(plan.grades) == 2 and plan.grades[0] % 2 == 0 for plan in plans)
    return len(plans), unusual


def _even(count: int, limit: int) -> list[int]:
    rooms = -(-count // limit)
    return [count // rooms + (n < count % rooms) for n in range(rooms)]


def _special_needs(children: list[int], limit: int) -> list[HomeroomPlan]:
    found, start = [], 0
    for size in _even(len(children), limit):
        grades = tuple(dict.fromkeys(children[start : start + size]))
        found.append(HomeroomPlan(grades, size, limit, HomeroomKind.SPECIAL_NEEDS))
        start += size
    return found
