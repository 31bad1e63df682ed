"""Forms of attendance: the guardian's report, the teacher's class, the call about a pick-up."""

from manabiya.apps.attendance.forms.callback import CallbackForm
from manabiya.apps.attendance.forms.class_day import ClassForm, FormBroken, read_class_form
from manabiya.apps.attendance.forms.report import ReportForm, Sent

__all__ = ["CallbackForm", "ClassForm", "FormBroken", "ReportForm", "Sent", "read_class_form"]
