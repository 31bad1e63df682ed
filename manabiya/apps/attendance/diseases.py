"""What families call the infectious diseases they may choose from; keys of ``law.exclusion``."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from manabiya.law.diseases import DISEASES

DISEASE_WORDS: Mapping[str, str | Promise] = {
    "influenza": _("インフルエンザ"),
    "covid19": _("新型コロナウイルス感染症"),
    "pharyngoconjunctival_fever": _("プール熱(咽頭結膜熱)"),
    "chickenpox": _("水ぼうそう"),
    "mumps": _("おたふくかぜ"),
    "pertussis": _("百日せき"),
    "measles": _("はしか"),
    "rubella": _("風しん"),
    "epidemic_keratoconjunctivitis": _("はやり目"),
    "other": _("ほかの感染症"),
}

RETURN_WORDS: Mapping[str, str | Promise] = {
    "influenza": _(
        "学校に来られるのは、症状が出た日の次の日から5日たち、熱が下がった日の次の日から2日たったあとです。"
    ),
    "covid19": _(
        "学校に来られるのは、症状が出た日の次の日から5日たち、症状が軽くなった日の次の日から1日たったあとです。"
    ),
    "pharyngoconjunctival_fever": _(
        "学校に来られるのは、おもな症状がなくなった日の次の日から2日たったあとです。"
    ),
    "chickenpox": _("学校に来られるのは、すべての発しんがかさぶたになってからです。"),
    "mumps": _(
        "学校に来られるのは、はれが出た日の次の日から5日たち、体の調子がよくなってからです。"
    ),
    "pertussis": _(
        "学校に来られるのは、特有のせきが出なくなるか、5日間の薬の治療が終わってからです。"
    ),
    "measles": _("学校に来られるのは、熱が下がった日の次の日から3日たったあとです。"),
    "rubella": _("学校に来られるのは、発しんが消えてからです。"),
}
"""When a child may come back, in the words of families (学校保健安全法施行規則19条)."""
BY_DOCTOR = _("学校に来られるのは、医師がほかの人にうつらないと認めてからです。")


def disease_label(key: str) -> str:
    """Return what families call a disease, else the name in the law; nothing for no disease."""
    if not key:
        return ""
    return str(DISEASE_WORDS.get(key) or DISEASES[key].label)


def return_words(key: str) -> str:
    """Return what is needed before a child with the disease comes back."""
    return str(RETURN_WORDS.get(key, BY_DOCTOR))
