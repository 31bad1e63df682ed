"""Statutes: the laws, orders, notices and standards the rules of this package stand on.

Numbers and days of promulgation are the commonly cited ones; not every text was read again for
this list. How sure a rule itself is, each of its sources says (``Confidence``).
"""

from datetime import date

from manabiya.law.sources import Statute

AGE_ACT = Statute("年齢計算ニ関スル法律", "明治35年法律第50号", date(1902, 12, 2))
SCHOOL_EDUCATION_ACT = Statute("学校教育法", "昭和22年法律第26号", date(1947, 3, 31))
SCHOOL_EDUCATION_RULES = Statute("学校教育法施行規則", "昭和22年文部省令第11号", date(1947, 5, 23))
SCHOOL_EDUCATION_ORDER = Statute("学校教育法施行令", "昭和28年政令第340号", date(1953, 10, 31))
HOLIDAYS_ACT = Statute("国民の祝日に関する法律", "昭和23年法律第178号", date(1948, 7, 20))
SCHOOL_HEALTH_ACT = Statute("学校保健安全法", "昭和33年法律第56号", date(1958, 4, 10))
SCHOOL_HEALTH_RULES = Statute("学校保健安全法施行規則", "昭和33年文部省令第18号", date(1958, 6, 13))
INFECTIOUS_DISEASES_ACT = Statute(
    "感染症の予防及び感染症の患者に対する医療に関する法律",
    "平成10年法律第114号",
    date(1998, 10, 2),
)
CLASS_SIZE_ACT = Statute(
    "公立義務教育諸学校の学級編制及び教職員定数の標準に関する法律",
    "昭和33年法律第116号",
    date(1958, 5, 1),
)
ERA_ACT = Statute("元号法", "昭和54年法律第43号", date(1979, 6, 12))
ERA_ORDER_REIWA = Statute("元号を改める政令", "平成31年政令第143号", date(2019, 4, 1))
SOLAR_CALENDAR_DECREE = Statute("改暦ノ布告", "明治5年太政官布告第337号", date(1873, 1, 1), "施行")
GUIDANCE_RECORD_NOTICE = Statute(
    "児童生徒の学習評価及び指導要録の改善等について", "30文科初第1845号", date(2019, 3, 29), "通知"
)
NONATTENDANCE_NOTICE = Statute(
    "不登校児童生徒への支援の在り方について", "", date(2019, 10, 25), "通知"
)
SCHOOL_CODES = Statute("文部科学省学校コード", "", date(2020, 1, 1), "制定の年")
AREA_CODES = Statute("全国地方公共団体コード", "", date(1968, 1, 1), "制定の年")
ONEROSTER_JAPAN = Statute(
    "OneRoster 1.2 CSV Binding: Japan K-12/Schools Profile", "v1.0", date(2026, 3, 1), "公表"
)
COLLATION_STANDARD = Statute(
    "日本語文字列照合順番", "JIS X 4061:1996", date(1996, 1, 1), "制定の年"
)
DISPLAY_CHARACTERS = Statute(
    "7ビット及び8ビットの2バイト情報交換用符号化拡張漢字集合",
    "JIS X 0213:2004",
    date(2004, 1, 1),
    "改正の年",
)
UNICODE_NORMALIZATION = Statute("Unicode正規化形式", "UAX #15", date(1999, 1, 1), "公表の年")
IDEOGRAPHIC_VARIATION = Statute("異体字データベース", "UTS #37", date(2006, 1, 1), "公表の年")
FURIGANA_REFORM = Statute("戸籍法の改正(氏名の振り仮名)", "", date(2025, 5, 26), "施行")
CHECKLIST_2023 = Statute(
    "GIGAスクール構想の下での校務DX化チェックリスト(令和5年度)", "", date(2023, 12, 27), "速報公表"
)
PRODUCT = Statute("学び舎の既定: ", "設置者が変更できる", date(2026, 4, 1), "適用")
"""What the product does where the rules are silent; a board may decide otherwise."""
