"""Words of the board: what a child has, in the language of the page."""

from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries.illness import reason_label
from manabiya.apps.nurse_office import rules
from manabiya.apps.nurse_office.rules import Ill
from manabiya.apps.observation.queries import symptom_label
from manabiya.law.exclusion import DISEASES


def kind_word(kind: str) -> str:
    """Return what a kind of being ill is called."""
    return {
        rules.SICK: _("病気の欠席"),
        rules.SUSPENDED: _("出席停止"),
        rules.HERE: _("登校して症状あり"),
    }[kind]


def disease_word(key: str) -> str:
    """Return the name of a disease by its key; the key itself when the law does not know it."""
    return DISEASES[key].label if key in DISEASES else key


def what(ill: Ill) -> str:
    """Return with what a child is ill (「発熱」「感染症(インフルエンザ)」「頭痛・咳」)."""
    if ill.kind == rules.HERE:
        return "・".join(map(symptom_label, ill.words))
    reason = "・".join(map(reason_label, ill.words)) or _("理由の連絡なし")
    return f"{reason}({disease_word(ill.disease)})" if ill.disease else reason
