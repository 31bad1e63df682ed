"""Closures 「臨時休業」: judged per grade and day, never by what the closure is called."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import (
    GUIDANCE_RECORD_NOTICE,
    PRODUCT,
    SCHOOL_EDUCATION_RULES,
    SCHOOL_HEALTH_ACT,
)

Closure = Literal["not_school_day", "excused", "none"]


@dataclass(frozen=True, slots=True)
class ClosureRules:
    """What a board may decide about closures, valid from a date.

    ``counts_special_needs_classes``: a 特別支援学級 of the grade that goes on with lessons keeps the
    day a 授業日 for the whole grade (product default, confidence L).
    """

    valid_from: date = date(2026, 4, 1)
    counts_special_needs_classes: bool = True


DEFAULT_RULES = ClosureRules()


@rule(
    Rule(
        term="学級閉鎖",
        also=("臨時休業", "学年閉鎖", "休校", "出席停止", "非常変災による休業"),
        summary="休業の呼び名ではなく、学年ごと・日ごとに判断します。学年の全学級が休みの日は授業日数に"
        "入れません。一部の学級だけが休みの日は授業日のままで、休んだ学級の出席停止・忌引等(S4)に"
        "数えます。大雪や暴風による休校(施行規則63条)も同じです。",
        sources=(
            SCHOOL_HEALTH_ACT.article("20条"),
            SCHOOL_EDUCATION_RULES.article("63条"),
            GUIDANCE_RECORD_NOTICE.article(),
            PRODUCT.article("特別支援学級も学年の学級に数える", confidence=Confidence.LOW),
        ),
        words={
            "grade_classes": "学年の学級",
            "closed_classes": "休みの学級",
            "special_needs_classes": "うち特別支援学級",
            "rules": "設定",
        },
        names={
            "not_school_day": "授業日数に入れない",
            "excused": "授業日のまま、出席停止・忌引等(S4)",
            "none": "影響なし",
        },
        examples=(
            example("not_school_day", grade_classes=("1組",), closed_classes=("1組",)),
            example("excused", grade_classes=("1組", "2組"), closed_classes=("1組",)),
            example("not_school_day", grade_classes=("1組", "2組"), closed_classes=("1組", "2組")),
            example("none", grade_classes=("1組", "2組"), closed_classes=()),
            example(
                "excused",
                grade_classes=("1組", "すみれ"),
                closed_classes=("1組",),
                special_needs_classes=("すみれ",),
            ),
        ),
    )
)
def closure_effect(
    grade_classes: Collection[str],
    closed_classes: Collection[str],
    *,
    special_needs_classes: Collection[str] = (),
    rules: ClosureRules = DEFAULT_RULES,
) -> Closure:
    """Judge a closure for the children of the closed classes of one grade on one day.

    学校保健安全法20条 (1958-04-10) 「臨時休業」; 学校教育法施行規則63条 (1947-05-23). All classes of the
    grade closed: the day is no 授業日; some: it stays one and is excused (S4) for the closed
    classes; none: no effect. A multigrade class 「複式学級」 is judged once for each of its grades.
    """
    closed = set(grade_classes) & set(closed_classes)
    if not closed:
        return "none"
    ignored = set() if rules.counts_special_needs_classes else set(special_needs_classes)
    return "excused" if set(grade_classes) - closed - ignored else "not_school_day"
