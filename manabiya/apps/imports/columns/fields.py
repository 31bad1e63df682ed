"""The five kinds of files and their fields, each with the headings it is known under.

A wide list (one row = child, class and guardians) is a file of children with more columns:
guardians stand in the slots 1, 2, 3, 父 and 母 (``g1.name``, ``g母.phone``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from manabiya.apps.imports.reading.tables import plain_heading


class Kind(Enum):
    """What a row of the file is."""

    SCHOOL = "schools"
    STAFF = "staff"
    STUDENT = "students"
    GUARDIAN = "guardians"
    ENROLLMENT = "enrollments"

    @property
    def label(self) -> str:
        """Return the Japanese name."""
        return LABELS[self]


LABELS = {
    Kind.SCHOOL: "学校",
    Kind.STAFF: "教職員",
    Kind.STUDENT: "児童生徒",
    Kind.GUARDIAN: "保護者",
    Kind.ENROLLMENT: "在籍",
}
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: key, label, the other headings it is known under, an example for the template."""

    key: str
    label: str
    headings: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    is_secret: bool = False

    def words(self) -> Iterator[str]:
        """Yield every heading that means this field, plain."""
        for text in (self.label, *self.headings):
            yield plain_heading(text)


SLOTS = ("1", "2", "3", "父", "母")
SLOT_PARTS = ("name", "family_name", "given_name", "kana", "family_kana", "given_kana",
              "reference", "relationship", "phone", "phone_home", "phone_work")  # fmt: skip


def _field(
    key: str,
    label: str,
    headings: str = "",
    example: str = "",
    note: str = "",
    *,
    secret: bool = False,
) -> Field:
    return Field(key, label, tuple(headings.split()), example, note, secret)


PERSON = (
    _field("name", "氏名", "名前 漢字氏名 氏名漢字 姓名 戸籍氏名 住民票氏名 なまえ", "白樺 花子",
           "姓と名の間に空白を入れます。2列に分けてもかまいません"),
    _field("family_name", "姓", "氏 苗字 名字 氏名姓 姓漢字 漢字姓"),
    _field("given_name", "名", "氏名名 名漢字 漢字名"),
    _field("kana", "ふりがな", "かな 氏名かな かな氏名 氏名ふりがな よみがな よみ かなしめい 振り仮名 振仮名",
           "しらかば はなこ", "ひらがな、カタカナ、半角のどれでもかまいません"),
    _field("family_kana", "姓のふりがな", "姓かな かな姓 姓ふりがな せい 氏かな 姓よみ 氏名かな姓 ふりがな姓"),
    _field("given_kana", "名のふりがな", "名かな かな名 名ふりがな めい 名よみ 氏名かな名 ふりがな名"),
)  # fmt: skip
PLACE = (
    _field("school", "学校", "学校コード 学校名 学校名称 就学校コード 就学校 在籍校 所属校 所属校コード 所属 勤務校",
           "B101299980015", "学校コードか学校名"),
    _field("school_year", "年度", "学年度 対象年度", "2026"),
    _field("grade_level", "学年", "年 学年コード", "4"),
    _field("homeroom", "組", "学級 クラス 学級名 組名 年組 在籍学級 クラス名 学級コード", "1",
           "「1」「4年1組」「ひまわり学級」のどの書き方でもかまいません"),
    _field("homeroom_kind", "学級の種類", "学級区分 学級種別", "通常", "通常、特別支援、複式"),
    _field("roll_number", "出席番号", "番号 番 整理番号 出席番", "7"),
    _field("entered_on", "入学・転入の日", "入学日 転入日 在籍開始日 異動日 入学年月日 転入学年月日 異動年月日", "令和8年4月1日"),
)  # fmt: skip
ADDRESS = (
    _field("postal_code", "郵便番号", "〒", "099-0001", secret=True),
    _field("address", "住所", "現住所 住所1 居所 自宅住所", "白樺野市緑町1番地", secret=True),
)
PHONES = (
    _field("phone", "電話", "電話番号 携帯 携帯電話 電話1 tel 連絡先 連絡先1 緊急連絡先 緊急連絡先1 緊急時連絡先 携帯番号",
           "090-0000-0000", secret=True),
    _field("phone_home", "自宅の電話", "自宅電話 自宅 自宅tel 電話2 固定電話 連絡先2 緊急連絡先2", secret=True),
    _field("phone_work", "勤め先の電話", "勤務先電話 勤務先 勤め先 勤務先tel 電話3 職場電話 連絡先3 緊急連絡先3", secret=True),
)  # fmt: skip
BIRTH = _field(
    "birth_date", "生年月日", "誕生日 生年月", "平成28年5月1日", "和暦でも西暦でもかまいません"
)
STUDENT_NUMBER = _field(
    "reference", "識別番号", "宛名番号 児童生徒id 児童id 生徒id 学籍番号 id 児童番号 生徒番号 整理id 個人番号コード",
    "019998000001", "就学事務の宛名番号など、変わらない番号",
)  # fmt: skip
RELATIONSHIP = _field("relationship", "続柄", "保護者続柄 関係 児童との続柄 本人との関係", "母")
RIGHTS = (
    _field("call_order", "電話の順", "連絡順 連絡順位 優先順位 順位", "1"),
    _field("can_report", "欠席を連絡できる", "欠席連絡", "はい"),
    _field("can_view", "記録を見られる", "閲覧", "はい"),
    _field("gets_notices", "お知らせを受け取る", "お知らせ 配信", "はい"),
    _field("can_pick_up", "迎えに来られる", "引き渡し 迎え お迎え 引渡し", "はい"),
    _field("may_be_called", "電話してよい", "電話可", "はい"),
)

FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.SCHOOL: (
        _field("code", "学校コード", "学校番号 コード", "B101299980015", "文部科学省の13文字"),
        _field("name", "学校名", "学校名称 名称 学校", "緑が丘小学校"),
        _field("kind", "種別", "学校種 学校種別 校種", "小学校", "空けると学校コードから決めます"),
        _field("phone", "電話", "電話番号 tel", "0190-00-0123"),
        _field("address", "所在地", "住所 学校所在地", "白樺野市緑が丘1番地"),
        _field("main_school", "本校", "本校コード 本校の学校コード 本校名", "", "分校だけ"),
        _field("is_evening", "夜間", "夜間学級", "", "夜間中学だけ「はい」"),
    ),
    Kind.STAFF: (
        _field("number", "職員番号", "教職員番号 職員コード 職員id 教職員id 教員番号", "000123"),
        *PERSON,
        PLACE[0],
        _field("post", "職", "職名 職種 役職 補職 担当", "学級担任"),
        _field("duty", "本務・兼務", "本務兼務 本兼区分 本務兼務区分 本兼 区分 勤務区分", "本務"),
        _field("grade_level", "学年", "担当学年 担任学年", "4"),
        _field("homeroom", "担任学級", "組 学級 担任 担任クラス 担当学級 クラス", "4年1組"),
        _field("starts_on", "着任日", "発令日 発令年月日 開始日 着任年月日 異動日", "令和8年4月1日"),
        _field("ends_on", "離任日", "終了日 離任年月日 任期満了日 任期", ""),
    ),
    Kind.STUDENT: (
        STUDENT_NUMBER,
        *PERSON,
        _field("sex", "性別", "男女 性", "女"),
        BIRTH,
        *ADDRESS,
        _field("preferred_name", "通称", "通称名 通称氏名 呼び名"),
        _field("preferred_kana", "通称のふりがな", "通称かな 通称名かな 通称ふりがな 通称名ふりがな"),
        *PLACE,
    ),
    Kind.GUARDIAN: (
        _field("student_reference", "児童生徒の識別番号",
               "児童生徒識別番号 児童識別番号 生徒識別番号 児童生徒宛名番号 児童宛名番号 子の識別番号 児童生徒id 児童id 生徒id 児童の識別番号 生徒の識別番号",
               "019998000001"),
        _field("reference", "識別番号", "保護者識別番号 保護者宛名番号 宛名番号 保護者id 保護者番号", "019998900001"),
        *PERSON,
        RELATIONSHIP,
        *PHONES,
        *ADDRESS,
        *RIGHTS,
        _field("position", "立場", "保護者区分", "保護者", "保護者、施設長、里親"),
        _field("facility_name", "施設の名前", "施設名"),
        *PLACE[:4],
        PLACE[5],
        _field("student_birth_date", "児童生徒の生年月日", "児童生年月日 生徒生年月日 児童生徒生年月日 生年月日"),
    ),
    Kind.ENROLLMENT: (STUDENT_NUMBER, PERSON[0], BIRTH, *PLACE),
}  # fmt: skip

REQUIRED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.SCHOOL: (("code",), ("name",)),
    Kind.STAFF: (("number",), ("name", "family_name")),
    Kind.STUDENT: (("name", "family_name"), ("birth_date",)),
    Kind.GUARDIAN: (("student_reference", "student_birth_date"), ("name", "family_name"),
                    ("relationship",)),
    Kind.ENROLLMENT: (("reference", "birth_date"), ("grade_level", "homeroom"), ("homeroom",)),
}  # fmt: skip
"""What a file of each kind can't do without; of each group one is enough."""


def slot_fields() -> Iterator[Field]:
    """Yield the fields of guardians in a wide list."""
    parts = {f.key: f for f in (*PERSON, RELATIONSHIP, *PHONES)}
    parts["reference"] = _field("reference", "識別番号")
    for slot in SLOTS:
        word = f"保護者{slot}" if slot.isdigit() else slot
        for part in SLOT_PARTS:
            field = parts[part]
            yield Field(f"g{slot}.{part}", f"{word} {field.label}", is_secret=field.is_secret)


def fields_of(kind: Kind) -> dict[str, Field]:
    """Return every field a file of ``kind`` may have, by key."""
    found = {field.key: field for field in FIELDS[kind]}
    if kind is Kind.STUDENT:
        found |= {field.key: field for field in slot_fields()}
    return found


def field_label(kind: Kind, key: str) -> str:
    """Return what a field is called on screen."""
    field = fields_of(kind).get(key)
    return field.label if field else key
