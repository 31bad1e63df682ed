"""Forms of attendance: the guardian's report, the class, the call about a pick-up, the settings."""

from manabiya.apps.attendance.forms.callback import CallbackForm
from manabiya.apps.attendance.forms.class_day import ClassForm, FormBroken, read_class_form
from manabiya.apps.attendance.forms.going_home import GoingHomeForm
from manabiya.apps.attendance.forms.report import ReportForm, Sent
from manabiya.apps.attendance.forms.settings import DayForm, SettingsForm

__all__ = [
    "CallbackForm",
    "ClassForm",
    "DayForm",
    "FormBroken",
    "GoingHomeForm",
    "ReportForm",
    "Sent",
    "SettingsForm",
    "read_class_form",
]
