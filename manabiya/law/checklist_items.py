"""Items of the checklist round 令和5年度: our own data, with the national figures as published.

No national counts were published, so no figure here is ever computed anew. A plan prints one
column 「半分以上」 for all items; where the national figure does not match the ministry's own share of
半分以上, ``is_definition_doubtful`` says so and the figure is not compared with others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from manabiya.law.checklist import Definition, Figure, Polarity
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import CHECKLIST_2023

SCHOOL_YEAR = 2023


class AnswerType(Enum):
    """How a question is answered; STAFF_SHARE: by the share of the staff who do it.

    EFFECT (効果の実感) and OBSTACLES (課題, several) are asked since 2024; their options are not known.
    """

    BINARY = "binary"
    GRADED = "graded"
    STAFF_SHARE = "staff_share"
    INVERTED_BINARY = "inverted_binary"
    EFFECT = "effect"
    OBSTACLES = "obstacles"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the round, in a label of our own, and the national percentage as printed."""

    no: int
    key: str
    label: str
    answer_type: AnswerType
    national_percent: Decimal
    is_definition_doubtful: bool = False

    @property
    def polarity(self) -> Polarity:
        """Return which answer is the good one."""
        is_inverted = self.answer_type is AnswerType.INVERTED_BINARY
        return Polarity.INVERTED if is_inverted else Polarity.POSITIVE

    @property
    def definition(self) -> Definition:
        """Return the definition printed over the figure: 半分以上, or ない・していない."""
        is_inverted = self.polarity is Polarity.INVERTED
        return Definition.NO if is_inverted else Definition.HALF_OR_MORE

    @property
    def figure(self) -> Figure:
        """Return what the national percentage stands for."""
        return Figure(SCHOOL_YEAR, self.key, self.definition, self.is_definition_doubtful)

    def __str__(self) -> str:
        doubt = "、定義に疑いあり" if self.is_definition_doubtful else ""
        return f"{self.label} 全国 {self.national_percent}%({self.definition.label}{doubt})"


def _item(no: int, key: str, label: str, kind: str, national: str, doubtful: bool = False) -> Item:
    return Item(no, key, label, AnswerType(kind), Decimal(national), doubtful)


_ALL = (
    _item(1, "staff_information_sharing", "教職員間の情報共有のクラウド化", "binary", "72.0"),
    _item(2, "on_demand_training", "校内研修のオンデマンド視聴", "binary", "46.1"),
    _item(3, "paperless_meetings", "会議資料のペーパーレス化", "graded", "90.4"),
    _item(4, "guardian_surveys", "保護者への調査のクラウド化", "graded", "84.4"),
    _item(5, "staff_surveys", "教職員への調査のクラウド化", "graded", "91.5"),
    _item(6, "school_fees_by_bank", "学校徴収金の口座振替等", "graded", "82.7", True),
    _item(7, "student_surveys", "児童生徒への調査のクラウド化", "graded", "79.6"),
    _item(8, "vacation_whereabouts", "長期休業中の動静調査のクラウド化", "graded", "29.1"),
    _item(9, "absence_contact", "欠席・遅刻・早退の連絡のクラウド化", "graded", "65.2"),
    _item(10, "hybrid_training", "研修のハイブリッド実施", "graded", "41.8"),
    _item(11, "cbt_in_periodic_exams", "定期テストのCBT", "unknown", "8.6"),
    _item(12, "vacation_homework", "長期休業中の宿題のデジタル化", "graded", "67.5"),
    _item(13, "staff_paperwork", "教職員の事務手続のクラウド受付", "graded", "41.2"),
    _item(14, "hybrid_meetings", "会議のハイブリッド実施", "graded", "14.6", True),
    _item(15, "student_managed_passwords", "パスワードの児童生徒による管理", "binary", "39.0"),
    _item(16, "generative_ai", "生成AIの校務活用", "staff_share", "23.2", True),
    _item(17, "no_paper_documents", "紙で提出する書類がない", "inverted_binary", "4.5"),
    _item(18, "no_seal_documents", "押印・署名の要る書類がない", "inverted_binary", "12.8"),
    _item(19, "no_fax", "FAXを使っていない", "inverted_binary", "4.1"),
)
ITEMS: Mapping[str, Item] = MappingProxyType({item.key: item for item in _ALL})


@rule(
    Rule(
        term="校務DXチェックリスト",
        also=("チェックリスト", "全国の割合"),
        summary="令和5年度の19項目と、公表された全国の割合です。学校数は公表されていないため、全国の割合を"
        "計算し直すことはありません。学校徴収金、会議のハイブリッド実施、生成AIの3項目は定義に疑いが"
        "あります。",
        sources=(
            CHECKLIST_2023.article(),
            CHECKLIST_2023.article("(定義の疑い)", confidence=Confidence.MEDIUM),
        ),
        words={"key": "項目"},
        examples=(
            *(example(item, key=item.key) for item in _ALL),
            example(Refused("項目"), key="unknown"),
        ),
    )
)
def item_of(key: str) -> Item:
    """Return an item of the round by its key; ValueError for an unknown one."""
    if key not in ITEMS:
        raise ValueError(f"チェックリストにない項目です: {key}")
    return ITEMS[key]
