"""Policies: a check and a filter in one object, so that list and detail can't disagree.

A model says how its rows are reached (``reach = Reach(school="school_id", …)``); a policy says
which role holds its permission and within which :class:`Scope`. The check is the filter applied
to one row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from manabiya.kernel.access.actors import Actor, Grant

M = TypeVar("M", bound=Model)
Path = str | Callable[[Iterable[UUID], date], Q]


class DataClass(IntEnum):
    """重要性分類: the smaller the number, the graver the harm. Drives MFA, masks, export, log."""

    I = 1  # noqa: E741
    II = 2
    III = 3
    IV = 4

    @property
    def label(self) -> str:
        """Return the Japanese name (「Ⅱ」)."""
        return "ⅠⅡⅢⅣ"[self - 1]


class Scope(Enum):
    """How far a role reaches with a permission."""

    MUNICIPALITY = "municipality"
    SCHOOL = "school"
    HOMEROOM = "homeroom"
    CHILD = "child"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Reach:
    """How rows of a model are reached from a school, a homeroom, a child or a person.

    Each is a lookup ending in an id (``"homeroom__school_id"``) or a function
    ``(ids, today) -> Q`` for dated relations. None: not reachable that way.
    """

    school: Path | None = None
    homeroom: Path | None = None
    child: Path | None = None
    own: Path | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """A registered permission: ``app.object:action``, its Japanese label and data class."""

    name: str
    label: str
    data_class: DataClass = DataClass.III


class Refused(Exception):
    """Not allowed to do: answered 403 and who can (``holders``: role labels)."""

    def __init__(self, permission: "Permission", holders: tuple[str, ...] = ()) -> None:
        super().__init__(permission.name)
        self.permission = permission
        self.holders = holders


@dataclass(frozen=True)
class Policy:
    """Who holds a permission and how far it reaches: ``holders`` maps role key to scope."""

    permission: Permission
    holders: Mapping[str, Scope]

    def grants(self, actor: Actor) -> list[Grant]:
        """Return the actor's grants that hold this permission in the place of the request."""
        return [
            grant
            for grant in actor.grants
            if grant.role in self.holders
            and (actor.school_id is None or grant.school_id in (None, actor.school_id))
        ]

    def may(self, actor: Actor) -> bool:
        """Return whether the actor holds the permission for anything at all here."""
        return bool(self.grants(actor))

    def require(self, actor: Actor) -> None:
        """Raise :class:`Refused` unless the actor holds the permission here."""
        if not self.may(actor):
            raise Refused(self.permission, tuple(self.holders))

    def filter(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        """Return the rows of ``queryset`` the actor may touch with this permission."""
        reach: Reach = getattr(queryset.model, "reach", Reach())
        allowed: Q | None = None
        for grant in self.grants(actor):
            condition = self._condition(reach, actor, grant)
            if condition is True:
                return queryset
            if isinstance(condition, Q):
                allowed = condition if allowed is None else allowed | condition
        return queryset.none() if allowed is None else queryset.filter(allowed)

    def allows(self, actor: Actor, row: Model) -> bool:
        """Return whether the actor may touch ``row`` with this permission."""
        rows: QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk)
        return self.filter(actor, rows).exists()

    def get(self, actor: Actor, queryset: QuerySet[M], **lookup: Any) -> M:
        """Load and authorise in one call; what you may not see does not exist (404)."""
        try:
            return self.filter(actor, queryset).get(**lookup)
        except ObjectDoesNotExist:
            raise Http404 from None

    def _condition(self, reach: Reach, actor: Actor, grant: Grant) -> Q | bool | None:
        """Return what the grant reaches: a condition, True for everything, None for nothing."""
        match self.holders[grant.role]:
            case Scope.MUNICIPALITY:
                if actor.school_id is None:
                    return True
                return _within(reach.school, [actor.school_id], actor.today)
            case Scope.SCHOOL:
                ids = [grant.school_id] if grant.school_id else []
                return _within(reach.school, ids, actor.today)
            case Scope.HOMEROOM:
                return _within(reach.homeroom, grant.homeroom_ids, actor.today)
            case Scope.CHILD:
                return _within(reach.child, grant.student_ids, actor.today)
            case Scope.OWN:
                return _within(reach.own, [actor.person_id], actor.today)


def _within(path: Path | None, ids: Iterable[UUID], today: date) -> Q | None:
    found = list(ids)
    if path is None or not found:
        return None
    if callable(path):
        return path(found, today)
    return Q(**{f"{path}__in": found})


@dataclass(frozen=True)
class Open:
    """A policy for pages outside any municipality: public ones, and those of one's own account."""

    name: str
    label: str
    needs_login: bool


PUBLIC = Open("public", "だれでも", needs_login=False)
AUTHENTICATED = Open("authenticated", "ログインした本人", needs_login=True)
