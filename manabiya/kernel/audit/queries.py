"""Reading the audit: filtered, a page at a time, ids turned into names at the last moment."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Policy
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.registry import registry

PAGE = 100
HATS = {"staff": "教職員", "board": "教育委員会", "guardian": "保護者", "": "システム"}
DEEDS = {"read": "見た", "refused": "断られた", "support": "支援で開いた"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: dates (school local), what kind of deed, data class, person."""

    first: date | None = None
    last: date | None = None
    kind: str = ""
    data_class: int | None = None
    person_id: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry in words."""

    id: UUID
    at: datetime
    who: str
    hat: str
    person_id: UUID | None
    deed: str
    subject: str
    count: int
    data_class: str


def audit_lines(viewer: Actor, policy: Policy, filters: Filters) -> list[AuditLine]:
    """Return up to a page and one more of the latest entries (five queries)."""
    rows = list(_filtered(policy.filter(viewer, AuditEntry.objects.all()), filters)[: PAGE + 1])
    ids = {row.person_id for row in rows} | {row.subject_id for row in rows}
    names = registry.names_of([i for i in ids if i]) if registry.names_of else {}
    return [
        AuditLine(
            id=row.id,
            at=row.at,
            who=names.get(row.person_id, "") if row.person_id else "",
            hat=HATS.get(row.hat, row.hat),
            person_id=row.person_id,
            deed=deed_label(row.action),
            subject=names.get(row.subject_id, "") if row.subject_id else "",
            count=row.subject_count,
            data_class=DataClass(row.data_class).label,
        )
        for row in rows
    ]


def _filtered(rows: QuerySet[AuditEntry], filters: Filters) -> QuerySet[AuditEntry]:
    if filters.first:
        rows = rows.filter(at__gte=datetime.combine(filters.first, time(), SCHOOL_ZONE))
    if filters.last:
        end = datetime.combine(filters.last, time(), SCHOOL_ZONE) + timedelta(days=1)
        rows = rows.filter(at__lt=end)
    if filters.kind in DEEDS:
        rows = rows.filter(action__prefix=f"{filters.kind}:")
    elif filters.kind == "write":
        rows = rows.exclude(
            Q(action__prefix="read:") | Q(action__prefix="refused:") | Q(action__prefix="support:")
        )
    if filters.data_class:
        rows = rows.filter(data_class__lte=filters.data_class)
    if filters.person_id:
        rows = rows.filter(person_id=filters.person_id)
    if filters.before:
        rows = rows.filter(id__lt=filters.before)
    return rows.order_by("-id")


def deed_label(action: str) -> str:
    """Return an action in Japanese words: the label of its permission where there is one."""
    kind, _, rest = action.partition(":")
    if kind in DEEDS:
        name = rest.split(":")[-1] if kind == "support" else rest
        route = registry.routes.get(name)
        permission = registry.permissions.get(rest)
        label = permission.label if permission else ""
        if route is not None and hasattr(route.policy, "permission"):
            label = route.policy.permission.label
        return f"{DEEDS[kind]}: {label or rest}"
    permission = registry.permissions.get(action)
    return permission.label if permission else action
