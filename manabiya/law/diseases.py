"""Diseases that close the school door 「学校において予防すべき感染症」 and when they open it again.

学校保健安全法施行規則18条 (the three classes) and 19条 (the periods), 1958-06-13, as in force since
2023-05-08. ``from_onset`` and ``from_relief`` count from day 0: 発症後5日を経過 is day 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ClassNumber = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class ReturnRule:
    """Until when a child stays away: ``until`` in words, the first day back in numbers.

    ``from_onset``: that many days after the onset at the earliest; ``from_relief``: that many
    days after the day of ``relief`` (解熱 …); ``infant_from_relief``: the same for 幼児. Without
    ``from_relief`` a doctor decides.
    """

    until: str
    relief: str = ""
    from_onset: int = 0
    from_relief: int | None = None
    infant_from_relief: int | None = None


@dataclass(frozen=True, slots=True)
class Disease:
    """A disease: Japanese label, class 「第一種〜第三種」 and its rule of return."""

    label: str
    class_no: ClassNumber
    rule: ReturnRule

    def __str__(self) -> str:
        return f"第{'一二三'[self.class_no - 1]}種、{self.rule.until}"


CURED = ReturnRule("治癒するまで")
DOCTOR = ReturnRule("医師が感染のおそれがないと認めるまで")

FIRST = {
    "ebola": "エボラ出血熱",
    "crimean_congo": "クリミア・コンゴ出血熱",
    "smallpox": "痘そう",
    "south_american_hemorrhagic_fever": "南米出血熱",
    "plague": "ペスト",
    "marburg": "マールブルグ病",
    "lassa": "ラッサ熱",
    "polio": "急性灰白髄炎",
    "diphtheria": "ジフテリア",
    "sars": "重症急性呼吸器症候群",
    "mers": "中東呼吸器症候群",
    "specific_avian_influenza": "特定鳥インフルエンザ",
    "novel_influenza": "新型インフルエンザ等感染症",
    "designated_infectious_disease": "指定感染症",
    "new_infectious_disease": "新感染症",
}
SECOND = {
    "influenza": Disease(
        "インフルエンザ",
        2,
        ReturnRule("発症後5日を経過し、かつ解熱後2日(幼児は3日)を経過するまで", "解熱", 6, 3, 4),
    ),
    "covid19": Disease(
        "新型コロナウイルス感染症",
        2,
        ReturnRule("発症後5日を経過し、かつ症状軽快後1日を経過するまで", "症状軽快", 6, 2),
    ),
    "pertussis": Disease(
        "百日咳",
        2,
        ReturnRule(
            "特有の咳が消えるまで、または5日間の抗菌薬の治療が終わるまで",
            "咳の消失または治療の終了",
            0,
            0,
        ),
    ),
    "measles": Disease("麻しん", 2, ReturnRule("解熱後3日を経過するまで", "解熱", 0, 4)),
    "mumps": Disease(
        "流行性耳下腺炎",
        2,
        ReturnRule(
            "腫れが現れた後5日を経過し、かつ全身状態が良好になるまで", "全身状態の回復", 6, 0
        ),
    ),
    "rubella": Disease("風しん", 2, ReturnRule("発しんが消えるまで", "発しんの消失", 0, 0)),
    "chickenpox": Disease(
        "水痘", 2, ReturnRule("すべての発しんがかさぶたになるまで", "全発しんの痂皮化", 0, 0)
    ),
    "pharyngoconjunctival_fever": Disease(
        "咽頭結膜熱", 2, ReturnRule("主要症状が消えた後2日を経過するまで", "主要症状の消退", 0, 3)
    ),
    "tuberculosis": Disease("結核", 2, DOCTOR),
    "meningococcal_meningitis": Disease("髄膜炎菌性髄膜炎", 2, DOCTOR),
}
THIRD = {
    "cholera": "コレラ",
    "shigellosis": "細菌性赤痢",
    "ehec": "腸管出血性大腸菌感染症",
    "typhoid": "腸チフス",
    "paratyphoid": "パラチフス",
    "epidemic_keratoconjunctivitis": "流行性角結膜炎",
    "acute_hemorrhagic_conjunctivitis": "急性出血性結膜炎",
    "other": "その他の感染症(校長が学校医と決めたとき)",
}

DISEASES: Mapping[str, Disease] = MappingProxyType(
    {
        **{key: Disease(label, 1, CURED) for key, label in FIRST.items()},
        **SECOND,
        **{key: Disease(label, 3, DOCTOR) for key, label in THIRD.items()},
    }
)
