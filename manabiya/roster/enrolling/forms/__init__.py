"""Forms of enrolling. A form never saves."""

from manabiya.roster.enrolling.forms.inside import AcceptForm, BoardLeaveForm, ClassForm, LeaveForm
from manabiya.roster.enrolling.forms.outside import AdmitForm, BoardDepartForm, DepartForm

__all__ = [
    "AcceptForm",
    "AdmitForm",
    "BoardDepartForm",
    "BoardLeaveForm",
    "ClassForm",
    "DepartForm",
    "LeaveForm",
]
