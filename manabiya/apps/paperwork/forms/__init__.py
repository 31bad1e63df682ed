"""What is filled in: a line, a decision, an answer, a common paper, a partner."""

from manabiya.apps.paperwork.forms.decisions import (
    DecideForm,
    DoneForm,
    ProposeForm,
    ReasonForm,
    WithdrawForm,
)
from manabiya.apps.paperwork.forms.partners import PartnerForm
from manabiya.apps.paperwork.forms.uses import CatalogForm, QuickForm, UseForm

__all__ = [
    "CatalogForm",
    "DecideForm",
    "DoneForm",
    "PartnerForm",
    "ProposeForm",
    "QuickForm",
    "ReasonForm",
    "UseForm",
    "WithdrawForm",
]
