"""Routes: a path, a view and the policy that guards it.

``route(path, view, policy=…)`` is the only way into the URL table; the start check
:func:`unguarded` walks the finished table and refuses a callback that was not made by it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from manabiya.kernel.access.devices import DevicePolicy
from manabiya.kernel.access.policies import DataClass, Open, Policy
from manabiya.kernel.identity.models import Hat

View = Callable[..., HttpResponse]


class Area(Enum):
    """The first part of the address: it says in which hat and place a page is opened."""

    PUBLIC = ""
    SCHOOL = "m/<slug:municipality>/school/<slug:school>/"
    BOARD = "m/<slug:municipality>/board/"
    FAMILY = "m/<slug:municipality>/family/"
    DEVICE = "m/<slug:municipality>/wall/"

    @property
    def hat(self) -> Hat | None:
        """Return the hat worn in this area, None where nobody wears one."""
        return {
            Area.SCHOOL: Hat.STAFF,
            Area.BOARD: Hat.BOARD,
            Area.FAMILY: Hat.GUARDIAN,
        }.get(self)


@dataclass(frozen=True)
class Route:
    """A guarded address. ``name`` is unique in the house (``attendance-class``)."""

    path: str
    view: View
    policy: Policy | Open | DevicePolicy
    name: str
    area: Area

    @property
    def data_class(self) -> DataClass:
        """Return the gravest class of data the page shows."""
        return DataClass.IV if isinstance(self.policy, Open) else self.policy.permission.data_class

    def pattern(self) -> URLPattern:
        """Return Django's URL pattern with the guarded view."""
        return path(self.area.value + self.path, guarded(self), name=self.name)


def route(
    path: str,
    view: View,
    *,
    policy: Policy | Open | DevicePolicy,
    name: str,
    area: Area = Area.PUBLIC,
) -> Route:
    """Bind ``view`` to ``path`` under ``policy``; without a policy the house does not start."""
    if not isinstance(policy, (Policy, Open, DevicePolicy)):
        raise ImproperlyConfigured(f"route {name!r} has no policy")
    if isinstance(policy, Policy) and area.hat is None:
        raise ImproperlyConfigured(f"route {name!r}: a policy needs an area with a hat")
    if isinstance(policy, DevicePolicy) is not (area is Area.DEVICE):
        raise ImproperlyConfigured(f"route {name!r}: devices have their own area, and it is theirs")
    if isinstance(policy, DevicePolicy) and policy.permission.data_class <= DataClass.II:
        raise ImproperlyConfigured(f"route {name!r}: a device shows class Ⅲ at most")
    return Route(path=path, view=view, policy=policy, name=name, area=area)


def guarded(entry: Route) -> View:
    """Return the view behind its guard (:mod:`.guard`), marked with its route."""
    from manabiya.kernel.access import guard

    @wraps(entry.view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return guard.enter(entry, request, *args, **kwargs)

    inner.route = entry  # type: ignore[attr-defined]
    return inner


def mark(view: View, *, policy: Open) -> View:
    """Mark a view of a library (login, static) as knowingly open; used by the site only."""
    view.route = Route(path="", view=view, policy=policy, name="", area=Area.PUBLIC)  # type: ignore[attr-defined]
    return view


def unguarded(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Yield the addresses whose callback carries no route."""
    for entry in patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from unguarded(entry.url_patterns, where)
        elif not isinstance(getattr(entry.callback, "route", None), Route):
            yield where
