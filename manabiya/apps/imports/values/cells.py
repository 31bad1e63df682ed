"""Single values: each function returns the clean value, with a :class:`Note` when it changed it.

Raises :class:`Bad`. Legal names are kept exactly: only spaces at the ends and between 姓 and 名
are looked at, nothing is ever normalised.
"""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from manabiya.apps.imports.values.problems import Bad, Note
from manabiya.law.era import parse_date
from manabiya.law.input_text import phone_number, postal_code
from manabiya.law.kana import to_full_width, to_hiragana
from manabiya.law.names import cp932_gaps

CACHE = 65_536
SPACES = " \t\u3000\u00a0"
FORMULA = re.compile(r"^[==]")
EXPONENT = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)
SERIAL = re.compile(r"^\d{5}(\.0+)?$")
SERIAL_START = date(1899, 12, 30)
SERIALS = range(10_000, 73_051)
"""1927-05-18 to 2099-12-31 as a spreadsheet counts days; fewer digits may be a year."""
HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
KANA = re.compile(r"^[\u3041-\u3096ー・･゛゜\s=＝'’\-‐,.A-Za-zÀ-ɏ々ゝゞ]+$")
STAND_INS = re.compile("[〓■□?]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
Cell = tuple[str, Note | None]


def checked(text: str) -> str:
    """Return a cell without spaces at its ends; refuse formulas, control and broken letters."""
    text = text.strip(SPACES + "\r\n")
    if not text.isprintable():
        for letter in text:
            if unicodedata.category(letter) == "Cc":
                where = f"(U+{ord(letter):04X})"
                raise Bad(f"使えない制御文字{where}があります", "その文字を消す")
    if "\ufffd" in text:
        raise Bad("文字が化けています", "もとのシステムからもう一度書き出す")
    if FORMULA.match(text):
        raise Bad("式が入っています", "値に直す")
    return text


@lru_cache(CACHE)
def kana(text: str) -> Cell:
    """Return a reading in hiragana."""
    found = to_hiragana(to_full_width(text)).strip(SPACES)
    if not KANA.match(found):
        raise Bad("ふりがなに、かな以外の文字があります", "かなに直す")
    if len(found) > 60:
        raise Bad("60字を超えています", "短くする")
    if HALF_WIDTH_KANA.search(text):
        return found, Note("半角カナです", "全角に直して取り込みます")
    return found, None


@lru_cache(CACHE)
def legal_name(text: str) -> Cell:
    """Return a part of a legal name exactly as written."""
    if len(text) > 60:
        raise Bad("60字を超えています", "氏名の列か確かめる")
    if STAND_INS.search(text):
        return text, Note("書けない字の代わりの記号(〓・?など)が入っています", "正しい字を確かめる")
    if PRIVATE.search(text):
        return text, Note(
            "外字が入っています", "このまま取り込みます。画面では出ないことがあります"
        )
    if gaps := cp932_gaps(text):
        return text, Note(
            f"CP932(古い Windows の文字)では書けない字です: {'、'.join(gaps)}",
            "このまま取り込みます。CP932 で書き出すときだけ代わりの字にします",
        )
    return text, None


@lru_cache(CACHE)
def day(text: str) -> tuple[date, Note | None]:
    """Return a date in 和暦, 西暦 or as a spreadsheet counts days."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if SERIAL.match(plain):
        serial = int(float(plain))
        if serial not in SERIALS:
            raise Bad("日付として読めません", "令和8年4月1日や 2026/4/1 のように書く")
        found = SERIAL_START + timedelta(days=serial)
        return found, Note("Excel の日付の番号です", f"{found.isoformat()} として取り込みます")
    plain = re.sub(r"[ T]0{1,2}:00(:00)?(\.0+)?$", "", plain)
    try:
        return parse_date(plain), None
    except ValueError as error:
        reason = str(error).split(":")[0]
        raise Bad(reason, _mend_of(reason)) from None


def _mend_of(reason: str) -> str:
    if "ありません" in reason:
        return "正しい日に直す"
    if "にない日" in reason:
        return "元号を確かめる"
    return "令和8年4月1日や 2026/4/1 のように書く"


@lru_cache(CACHE)
def birth_day(text: str) -> tuple[date, Note | None]:
    """Return a birth date; refused before 1900."""
    found, note = day(text)
    if found < date(1900, 1, 1):
        raise Bad("1900年より前の日です", "年を確かめる")
    return found, note


def whole_number(text: str, low: int, high: int, unit: str = "") -> int:
    """Return a number from ``low`` to ``high``; full width and a unit behind it are read."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(unit or " ").strip()
    plain = re.sub(r"\.0+$", "", plain)
    if not re.fullmatch(r"\d{1,4}", plain, re.ASCII) or not low <= int(plain) <= high:
        raise Bad(f"{low}から{high}までの数ではありません", "数字に直す")
    return int(plain)


GRADE = re.compile(r"^(?:第?([1-9])(?:学?年生?)?|[PJpj小中]([1-6])(?:年生?)?)$")


@lru_cache(CACHE)
def grade(text: str) -> tuple[int, None]:
    """Return a grade within its kind of school: 4, 4年, P4, 小4, 中1."""
    found = GRADE.match(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not found:
        raise Bad("学年として読めません", "1から9までの数字で書く")
    return int(found[1] or found[2]), None


@lru_cache(CACHE)
def roll_number(text: str) -> tuple[int, None]:
    """Return a 出席番号."""
    return whole_number(text, 1, 999, "番"), None


@lru_cache(CACHE)
def call_order(text: str) -> tuple[int, None]:
    """Return a place in the order in which to call."""
    return whole_number(text, 1, 9), None


@lru_cache(CACHE)
def school_year(text: str) -> tuple[int, None]:
    """Return a 年度: 2026, 令和8年度, R8."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("度")
    plain = plain.removesuffix("年")
    if re.fullmatch(r"20\d{2}", plain, re.ASCII):
        return int(plain), None
    if found := re.fullmatch(r"(?:令和|R|r)?(\d{1,2}|元)", plain):
        return 2018 + (1 if found[1] == "元" else int(found[1])), None
    raise Bad("年度として読めません", "2026 か 令和8年度 のように書く")


@lru_cache(CACHE)
def reference(text: str) -> Cell:
    """Return a number that names a person or a post, half width."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if EXPONENT.match(plain):
        raise Bad(
            "番号が指数の形になっていて、下の桁が失われています",
            "列を文字列にして書き出し直す",
        )
    if not re.fullmatch(r"[0-9A-Za-z\-_./]{1,30}", plain, re.ASCII):
        raise Bad("番号に使えない文字があるか、30字を超えています", "番号を確かめる")
    return plain, None


@lru_cache(CACHE)
def phone(text: str) -> Cell:
    """Return a phone number; a lost leading zero is given back with a remark."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("(", "").replace(")", "-")
    note = None
    digits = re.sub(r"[^0-9]", "", plain)
    if len(digits) in (9, 10) and digits[:1] != "0":
        plain = f"0{plain}"
        note = Note("先頭の0が落ちているようです", f"{_with_hyphens(plain)} として取り込みます")
        plain = _with_hyphens(plain)
    try:
        return phone_number(plain), note
    except ValueError:
        raise Bad("電話番号として読めません", "0で始まる10桁か11桁で書く") from None


def _with_hyphens(digits: str) -> str:
    if re.fullmatch(r"0[5-9]0\d{8}", digits, re.ASCII):
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    return digits


@lru_cache(CACHE)
def postal(text: str) -> Cell:
    """Return a postal code of seven digits; a lost leading zero is given back."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    note = None
    if re.fullmatch(r"\d{6}", plain, re.ASCII):
        plain, note = f"0{plain}", Note("先頭の0が落ちているようです", "0を補って取り込みます")
    try:
        return postal_code(plain), note
    except ValueError:
        raise Bad("郵便番号は7桁です", "数字7桁で書く") from None


def free_text(text: str, longest: int) -> Cell:
    """Return a text of one line as written."""
    if len(text) > longest:
        raise Bad(f"{longest}字を超えています", "短くする")
    return re.sub(r"\s*[\r\n]+\s*", " ", text), None


WORDS: dict[str, dict[str, object]] = {
    "sex": {
        **dict.fromkeys(("男", "男性", "男子", "m", "male", "1", "おとこ"), "male"),
        **dict.fromkeys(("女", "女性", "女子", "f", "female", "2", "おんな"), "female"),
    },
    "yes": {
        **dict.fromkeys(("はい", "可", "○", "〇", "◯", "1", "true", "yes", "y", "する", "有"), True),
        **dict.fromkeys(
            ("いいえ", "不可", "×", "✕", "0", "false", "no", "n", "しない", "無", "-"), False
        ),
    },
    "school_kind": {
        **dict.fromkeys(("小学校", "小", "b1", "小学校(b1)"), "elementary_school"),
        **dict.fromkeys(("中学校", "中", "c1"), "junior_high_school"),
        **dict.fromkeys(("義務教育学校", "義務", "c2"), "compulsory_education_school"),
    },
    "homeroom_kind": {
        **dict.fromkeys(("通常", "通常学級", "普通", "普通学級", "1"), "regular"),
        **dict.fromkeys(
            ("特別支援", "特別支援学級", "特支", "支援", "2"), "special_needs_class"
        ),
        **dict.fromkeys(("複式", "複式学級", "3"), "multigrade_class"),
    },
    "position": {"保護者": "person", "施設長": "facility_head", "里親": "foster_parent"},
    "duty": {
        **dict.fromkeys(("本務", "本", "1", "主"), True),
        **dict.fromkeys(("兼務", "兼", "2", "兼任"), False),
    },
    "post": {
        "校長": "principal",
        **dict.fromkeys(("教頭", "副校長"), "vice_principal"),
        **dict.fromkeys(("教務主任", "教務"), "academic_affairs_head"),
        "学年主任": "grade_head",
        **dict.fromkeys(("学級担任", "担任"), "homeroom_teacher"),
        **dict.fromkeys(("副担任", "学級副担任"), "assistant_homeroom_teacher"),
        **dict.fromkeys(
            ("教科担任", "教諭", "専科", "講師", "主幹教諭", "期限付教諭", "非常勤講師"),
            "subject_teacher",
        ),
        **dict.fromkeys(("養護教諭", "養護助教諭"), "school_nurse"),
        **dict.fromkeys(("事務職員", "事務", "事務主任", "主査", "主事"), "office_staff"),
        **dict.fromkeys(("ict支援員", "ictしえん員"), "ict_supporter"),
        "教育委員会担当": "board_officer",
        "教育委員会管理者": "board_administrator",
    },
}  # fmt: skip
CHOOSE_FROM = {
    "sex": "男 か 女 で書く",
    "yes": "はい か いいえ で書く",
    "school_kind": "小学校、中学校、義務教育学校 のどれかで書く",
    "homeroom_kind": "通常、特別支援、複式 のどれかで書く",
    "position": "保護者、施設長、里親 のどれかで書く",
    "duty": "本務 か 兼務 で書く",
    "post": "校長、教頭、教務主任、学年主任、学級担任、副担任、教科担任、養護教諭、事務職員、ICT支援員 のどれかで書く",
}  # fmt: skip


@lru_cache(CACHE)
def word(text: str, kind: str) -> tuple[object, None]:
    """Return what a word means among those of ``kind``."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").lower()
    if plain not in WORDS[kind]:
        raise Bad("この言葉は読めません", CHOOSE_FROM[kind])
    return WORDS[kind][plain], None


@lru_cache(CACHE)
def relationship(text: str) -> Cell:
    """Return a 続柄 as written, not a number."""
    if re.fullmatch(r"[0-9-9]+", text):
        raise Bad("続柄が番号で書かれています", "父、母、祖母 のように書く")
    return free_text(text, 20)
