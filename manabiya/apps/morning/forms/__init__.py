"""Forms of the staff room."""

from manabiya.apps.morning.forms.absences import DismissForm
from manabiya.apps.morning.forms.cases import CallForm, EndForm
from manabiya.apps.morning.forms.phone import PhoneForm

__all__ = ["CallForm", "DismissForm", "EndForm", "PhoneForm"]
