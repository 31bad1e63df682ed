"""Bereavement 「忌引」: which days a death in the family excuses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import GUIDANCE_RECORD_NOTICE, PRODUCT

ALLOWANCES: Mapping[str, int] = MappingProxyType(
    {
        "parent": 7,
        "grandparent": 3,
        "sibling": 3,
        "uncle_or_aunt": 1,
    }
)
RELATIONS: Mapping[object, str] = MappingProxyType(
    {
        "parent": "父母",
        "grandparent": "祖父母",
        "sibling": "兄弟姉妹",
        "uncle_or_aunt": "おじ・おば",
    }
)


@dataclass(frozen=True, slots=True)
class BereavementRules:
    """The board's table of days by relation, valid from a date.

    There is no national number for children; the default follows the usual table of the staff
    (confidence L). ``counts_school_days``: the allowance is school days instead of calendar days.
    ``travel_days`` are added to it.
    """

    valid_from: date = date(2026, 4, 1)
    allowances: Mapping[str, int] = field(default_factory=lambda: ALLOWANCES)
    counts_school_days: bool = False
    travel_days: int = 0


DEFAULT_RULES = BereavementRules()
_WEEK = tuple(date(2026, 6, n) for n in (1, 2, 3, 4, 5, 8, 9, 10))


@rule(
    Rule(
        term="忌引の日数",
        also=("忌引",),
        summary="亡くなった日の翌日から、続柄ごとの日数を暦日で数え、そのうち授業日だけが出席停止・忌引等に"
        "入ります。日数の国の定めはなく、教職員の忌引に準じた表が既定です。授業日で数えることも、往復の"
        "日数を加えることも設定できます。",
        sources=(
            GUIDANCE_RECORD_NOTICE.article(),
            PRODUCT.article("忌引日数表", confidence=Confidence.LOW),
        ),
        words={
            "died_on": "亡くなった日",
            "relation": "続柄",
            "school_days": "授業日",
            "rules": "設定",
        },
        names=RELATIONS,
        examples=(
            example(
                [date(2026, 6, 3), date(2026, 6, 4), date(2026, 6, 5)],
                died_on=date(2026, 6, 2),
                relation="grandparent",
                school_days=_WEEK,
            ),
            example(
                [date(2026, 6, 5)],
                died_on=date(2026, 6, 4),
                relation="sibling",
                school_days=_WEEK,
            ),
        ),
    )
)
def bereavement_days(
    died_on: date,
    relation: str,
    school_days: Collection[date],
    *,
    rules: BereavementRules = DEFAULT_RULES,
) -> list[date]:
    """Return the 授業日 a child is excused for 「忌引」, in order.

    The allowance runs as calendar days from the day after the death, or as school days where the
    board says so (30文科初第1845号, 2019-03-29; numbers by the board, confidence L). Raises
    ValueError for a relation that is not in the board's table.
    """
    if relation not in rules.allowances:
        raise ValueError(f"忌引の日数表にない続柄です: {relation}")
    allowed = rules.allowances[relation] + rules.travel_days
    after = sorted(day for day in school_days if day > died_on)
    if rules.counts_school_days:
        return after[:allowed]
    return [day for day in after if day <= died_on + timedelta(days=allowed)]
