"""What families call the infectious diseases they may choose from; keys of ``law.exclusion``."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
