"""What the audit room gives the house."""

from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.audit import views
from manabiya.kernel.audit.policies import AUDIT_BOARD, AUDIT_SCHOOL
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=(AUDIT_SCHOOL.permission, AUDIT_BOARD.permission),
    routes=(
        route("audit/", views.school, policy=AUDIT_SCHOOL, name="audit-school", area=Area.SCHOOL),
        route("audit/", views.board, policy=AUDIT_BOARD, name="audit-board", area=Area.BOARD),
    ),
    menu=(
        MenuEntry(
            "office-audit", "記録の足あと", "audit-school", Area.SCHOOL, AUDIT_SCHOOL, 60, "office"
        ),
        MenuEntry("audit", "監査", "audit-board", Area.BOARD, AUDIT_BOARD, 70),
        MenuEntry("audit-entries", "足あと", "audit-board", Area.BOARD, AUDIT_BOARD, 10, "audit"),
    ),
)
