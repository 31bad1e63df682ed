"""What helps with items: practices of other schools, and pages where the product is set up."""

from collections import defaultdict
from collections.abc import Collection

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way, registry


def ways_for(viewer: Actor, items: Collection[str]) -> dict[str, list[Way]]:
    """Return what apps offer for items, by item; practices first."""
    found: defaultdict[str, list[Way]] = defaultdict(list)
    offered = [
        way for one in registry.ways.values() for way in one.offer(viewer=viewer, items=items)
    ]
    for way in sorted(offered, key=lambda way: not way.is_practice):
        found[way.item].append(way)
    return found
