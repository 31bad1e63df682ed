"""Exclusion 「出席停止」 for infectious diseases: the first day back at school.

The principal decides it (学校保健安全法19条, 1958-04-10), tells the guardian reason and period
(施行令6条) and reports to the 設置者 (施行令7条); a doctor may shorten it, except for 第一種. Day 0 is
the day of onset, of the fever's end, and so on: 「発症後5日を経過」 makes day 6 the first day back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from manabiya.law.diseases import DISEASES, Disease, ReturnRule
from manabiya.law.sources import Confidence, Example, Refused, Rule, example, rule
from manabiya.law.statutes import PRODUCT, SCHOOL_HEALTH_ACT, SCHOOL_HEALTH_RULES

__all__ = [
    "DEFAULT_RULES",
    "DISEASES",
    "Disease",
    "ExclusionRules",
    "ReturnRule",
    "disease_of",
    "earliest_return",
    "not_before",
]


@dataclass(frozen=True, slots=True)
class ExclusionRules:
    """The diseases and their periods, valid from a date.

    Confidence H, but L for pertussis, rubella and chickenpox, whose first day back is taken as
    the very day of relief: the regulation counts no days there and a board may add some.
    """

    valid_from: date = date(2023, 5, 8)
    diseases: Mapping[str, Disease] = field(default_factory=lambda: DISEASES)

    def of(self, disease_key: str) -> ReturnRule:
        """Return the rule of a disease; ValueError for a key nobody knows."""
        if disease_key not in self.diseases:
            raise ValueError(f"感染症の一覧にありません: {disease_key}")
        return self.diseases[disease_key].rule


DEFAULT_RULES = ExclusionRules()
WORDS = {
    "disease_key": "感染症",
    "onset": "発症日",
    "relief": "解熱・軽快等の日",
    "is_infant": "幼児",
    "rules": "設定",
}
NAMES: Mapping[object, str] = {
    None: "日を出さない",
    **{key: disease.label for key, disease in DISEASES.items()},
}
SOURCES = (
    SCHOOL_HEALTH_ACT.article("19条"),
    SCHOOL_HEALTH_RULES.article("18条・19条", in_force=date(2023, 5, 8)),
    PRODUCT.article("百日咳・風しん・水痘は消失等の当日から", confidence=Confidence.LOW),
)


def _case(
    back: int | None, key: str, onset: int, relief: int | None = None, **more: object
) -> Example:
    result = back and date(2026, 1, back)
    if relief is not None:
        more = {"relief": date(2026, 1, relief), **more}
    return example(result, disease_key=key, onset=date(2026, 1, onset), **more)


@rule(
    Rule(
        term="学校感染症",
        also=("学校において予防すべき感染症", "第一種", "第二種", "第三種", "感染症"),
        summary="学校において予防すべき感染症と、出席停止が終わるときです。第三種の「その他」は、校長が学校医の"
        "意見を聞いて決めたときだけです。",
        sources=(SCHOOL_HEALTH_RULES.article("18条・19条", in_force=date(2023, 5, 8)),),
        words={"disease_key": "感染症"},
        names=NAMES,
        examples=tuple(example(found, disease_key=key) for key, found in DISEASES.items()),
    )
)
def disease_of(disease_key: str) -> Disease:
    """Return a disease by its key; ValueError for an unknown one."""
    if disease_key not in DISEASES:
        raise ValueError(f"感染症の一覧にありません: {disease_key}")
    return DISEASES[disease_key]


@rule(
    Rule(
        term="出席停止の期間",
        also=("出席停止", *(disease.label for disease in DISEASES.values())),
        summary="発症した日や解熱した日を0日目と数え、期間の終わった翌日が登校できる最初の日です。解熱・軽快"
        "等の日が要るのに分からないとき、医師の判断だけによるとき(第一種、第三種、結核、髄膜炎菌性髄膜"
        "炎)は日を出しません。症状のない新型コロナウイルス感染症は、検体を採取した日を発症日と軽快日の"
        "両方とします。医師が認めれば第一種を除き早まります。",
        sources=SOURCES,
        words=WORDS,
        names=NAMES,
        examples=(
            _case(16, "influenza", 10, 12),
            _case(17, "influenza", 10, 14),
            _case(18, "influenza", 10, 14, is_infant=True),
            _case(None, "influenza", 10),
            _case(16, "covid19", 10, 10),
            _case(17, "covid19", 10, 15),
            _case(16, "measles", 8, 12),
            _case(20, "mumps", 10, 20),
            _case(14, "chickenpox", 8, 14),
            _case(15, "pharyngoconjunctival_fever", 8, 12),
            _case(None, "tuberculosis", 8, 30),
            example(
                Refused("発症日より前"),
                disease_key="influenza",
                onset=date(2026, 1, 10),
                relief=date(2026, 1, 9),
            ),
        ),
    )
)
def earliest_return(
    disease_key: str,
    onset: date,
    relief: date | None = None,
    *,
    is_infant: bool = False,
    rules: ExclusionRules = DEFAULT_RULES,
) -> date | None:
    """Return the first day back, None when relief is needed and missing or a doctor decides.

    ``relief``: the day of 解熱, 症状軽快 and so on, as the disease's rule names it; without symptoms
    (covid19) the day of the sample stands for both. 学校保健安全法施行規則19条 (1958-06-13, as of
    2023-05-08) 「出席停止の期間」; pertussis, rubella, chickenpox: confidence L. Raises ValueError for
    an unknown disease and for a relief before the onset.
    """
    if relief is not None and relief < onset:
        raise ValueError("解熱・軽快等の日が発症日より前です")
    after = _days_after_relief(rules.of(disease_key), is_infant=is_infant)
    if after is None or relief is None:
        return None
    by_onset = onset + timedelta(days=rules.of(disease_key).from_onset)
    return max(by_onset, relief + timedelta(days=after))


@rule(
    Rule(
        term="出席停止の下限",
        also=("出席停止",),
        summary="解熱・軽快等の日がまだ分からないうちに言える、登校できる最初の日の下限です。医師の判断だけに"
        "よるときはありません。",
        sources=SOURCES,
        words=WORDS,
        names=NAMES,
        examples=(
            example(date(2026, 1, 16), disease_key="influenza", onset=date(2026, 1, 10)),
            example(date(2026, 1, 14), disease_key="measles", onset=date(2026, 1, 10)),
            example(None, disease_key="tuberculosis", onset=date(2026, 1, 10)),
        ),
    )
)
def not_before(
    disease_key: str,
    onset: date,
    *,
    is_infant: bool = False,
    rules: ExclusionRules = DEFAULT_RULES,
) -> date | None:
    """Return the lower bound of the first day back while relief is unknown.

    It is the day for a relief on the very day of onset; None where only a doctor decides.
    Raises ValueError for an unknown disease.
    """
    return earliest_return(disease_key, onset, onset, is_infant=is_infant, rules=rules)


def _days_after_relief(found: ReturnRule, *, is_infant: bool) -> int | None:
    if is_infant and found.infant_from_relief is not None:
        return found.infant_from_relief
    return found.from_relief
