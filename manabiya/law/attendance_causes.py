"""Causes S1 to S7: why a child need not come on a 授業日 「出席停止・忌引等」."""

from collections.abc import Mapping
from types import MappingProxyType

from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import (
    GUIDANCE_RECORD_NOTICE,
    INFECTIOUS_DISEASES_ACT,
    PRODUCT,
    SCHOOL_EDUCATION_ACT,
    SCHOOL_HEALTH_ACT,
)

CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "S1": "出席停止(学校保健安全法19条)",
        "S2": "出席停止(学校教育法35条)",
        "S3": "感染症法による入院",
        "S4": "学級閉鎖(学校保健安全法20条、学年の一部)",
        "S5": "忌引",
        "S6": "非常変災等",
        "S7": "選抜学力検査の受検等",
    }
)


@rule(
    Rule(
        term="出席停止・忌引等の日数",
        also=("出席停止", "忌引", "非常変災", "出席停止の事由"),
        summary="授業日のうち出席しなくてよい日です。事由はS1からS7の7つで、事由ごとに数えます。"
        "出席停止(S1)は校長、学校教育法35条による出席停止(S2)は教育委員会が決めます。",
        sources=(
            GUIDANCE_RECORD_NOTICE.article(),
            SCHOOL_HEALTH_ACT.article("19条・20条"),
            SCHOOL_EDUCATION_ACT.article("35条"),
            INFECTIOUS_DISEASES_ACT.article("19条・20条・26条・46条"),
            GUIDANCE_RECORD_NOTICE.article("(S7の言い回し)", confidence=Confidence.MEDIUM),
        ),
        words={"cause": "事由"},
        examples=(
            *(example(text, cause=cause) for cause, text in CAUSES.items()),
            example(Refused("S1 から S7"), cause="S8"),
        ),
    )
)
def cause_label(cause: str) -> str:
    """Return what a cause S1 to S7 means; ValueError for any other."""
    if cause not in CAUSES:
        raise ValueError("事由は S1 から S7 です")
    return CAUSES[cause]


@rule(
    Rule(
        term="事由の重なり",
        also=("学級閉鎖", "備考"),
        summary="学級閉鎖の日に本人の出席停止や忌引が重なるときは、本人の事由を示します。日数は同じです。",
        sources=(PRODUCT.article("本人の事由を優先", confidence=Confidence.LOW),),
        words={"own": "本人の事由", "is_class_closed": "学級閉鎖"},
        examples=(
            example("S1", own="S1", is_class_closed=True),
            example("S4", own=None, is_class_closed=True),
            example(None, own=None, is_class_closed=False),
        ),
    )
)
def printed_cause(own: str | None, is_class_closed: bool) -> str | None:
    """Return the cause shown for a day: the child's own goes before a class closure (S4).

    Product default (2026-04-01, confidence L); the days of 「出席停止・忌引等」 are equal either way.
    """
    return own or ("S4" if is_class_closed else None)
