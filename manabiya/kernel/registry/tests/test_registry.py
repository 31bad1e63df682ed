"""The registry closes at start and refuses what does not fit."""

from dataclasses import replace

import pytest

from manabiya.kernel.access.policies import Permission, Policy, Scope
from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.registry import (
    Contributions,
    MenuEntry,
    Registry,
    RegistryError,
    Role,
    Subscription,
    Tile,
)
from manabiya.kernel.registry.store import SINGLE

VIEW = Permission("paper.sheet:view", "紙を見る")
POLICY = Policy(VIEW, {"principal": Scope.SCHOOL})
ROUTE = route("papers/", lambda request: None, policy=POLICY, name="papers", area=Area.SCHOOL)
MENU = MenuEntry("papers", "紙", "papers", Area.SCHOOL, POLICY)
WHOLE = Contributions(
    permissions=(VIEW,), roles=(Role("principal", "校長"),), routes=(ROUTE,), menu=(MENU,)
)


def closed(*contributions):
    found = Registry()
    for given in contributions:
        found.add(given)
    found.close()
    return found


def test_a_whole_contribution_is_taken():
    assert closed(WHOLE).role_label("principal") == "校長"


@pytest.mark.parametrize(
    "twice",
    [
        Contributions(permissions=(VIEW,)),
        Contributions(roles=(Role("principal", "別の校長"),)),
        Contributions(routes=(ROUTE,)),
        Contributions(menu=(MENU,)),
    ],
)
def test_the_same_name_twice_is_refused(twice):
    with pytest.raises(RegistryError, match="registered twice"):
        closed(WHOLE, twice)


@pytest.mark.parametrize("single", SINGLE)
def test_a_single_slot_is_given_once(single):
    given = Contributions(**{single: lambda: None})
    with pytest.raises(RegistryError, match="a second"):
        closed(WHOLE, given, given)


def test_subscription_with_a_name_taken_is_refused():
    one = Contributions(subscriptions=(Subscription("paper.heard", "paper.sent", print),))
    with pytest.raises(RegistryError, match="registered twice"):
        closed(WHOLE, one, one)


def test_unknown_permission_is_refused():
    with pytest.raises(RegistryError, match=r"unknown permission paper\.sheet:view"):
        closed(replace(WHOLE, permissions=()))


def test_permission_of_the_same_name_with_another_class_is_refused():
    other = replace(VIEW, label="ちがう紙")
    with pytest.raises(RegistryError, match="unknown permission"):
        closed(replace(WHOLE, permissions=(other,)))


def test_unknown_role_is_refused():
    with pytest.raises(RegistryError, match="unknown role principal"):
        closed(replace(WHOLE, roles=()))


def test_menu_to_an_unknown_route_or_section_is_refused():
    with pytest.raises(RegistryError, match="unknown route"):
        closed(replace(WHOLE, routes=()))
    with pytest.raises(RegistryError, match="unknown section"):
        closed(replace(WHOLE, menu=(replace(MENU, section="nowhere"),)))


def test_tile_with_an_unknown_permission_is_refused():
    stranger = Policy(Permission("other:view", "ほか"), {"principal": Scope.SCHOOL})
    tile = Tile("t", Area.SCHOOL, "t.html", stranger, lambda actor, now: None)
    with pytest.raises(RegistryError, match="unknown permission"):
        closed(replace(WHOLE, tiles=(tile,)))


def test_nothing_is_added_after_start():
    found = closed(WHOLE)
    with pytest.raises(RegistryError, match="closed"):
        found.add(Contributions())


def test_the_house_itself_is_closed():
    from manabiya.kernel.registry import registry

    assert registry.is_closed
