"""Decisions of the roster on plain values: empty posts and their fallback."""

from collections.abc import Collection, Mapping

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "principal": ("vice_principal", "academic_affairs_head"),
    "vice_principal": ("principal", "academic_affairs_head"),
    "academic_affairs_head": ("vice_principal", "principal"),
    "school_nurse": ("vice_principal", "principal"),
    "office_staff": ("vice_principal", "principal"),
}
"""Who takes over the duties of a post nobody holds at a school, first one present first."""


def duties_of(post: str, present: Collection[str]) -> frozenset[str]:
    """Return ``post`` and the empty posts whose duties fall to it.

    ``present``: the posts held at the school today. A post held by somebody never falls to
    another; an empty one falls to the first holder of its fallbacks.
    """
    mine = {post}
    for empty, heirs in FALLBACKS.items():
        if empty in present:
            continue
        heir = next((candidate for candidate in heirs if candidate in present), None)
        if heir == post:
            mine.add(empty)
    return frozenset(mine)


def posts_that_inherit() -> frozenset[str]:
    """Return the posts to which duties of an empty post can fall."""
    return frozenset(heir for heirs in FALLBACKS.values() for heir in heirs)
