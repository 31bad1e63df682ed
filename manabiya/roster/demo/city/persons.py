"""Names the people of the story: who can be played from the login page."""

from collections.abc import Callable
from uuid import UUID

from manabiya.roster.demo.city.classes import Room
from manabiya.roster.demo.city.people import Family
from manabiya.roster.demo.city.staff import Opening
from manabiya.roster.story import Story


def introduce(
    story: Story, families: list[Family], rooms: list[Room], posts: list[Opening]
) -> None:
    """Fill ``story.people``: one of each post at each school, some guardians."""
    for opening in posts:
        if opening.person is not None:
            slug = opening.school.slug if opening.school else ""
            story.people.setdefault((opening.post.value, slug), UUID(opening.person.key))
    school_of = {seat.child.key: room.school.slug for room in rooms for seat in room.seats}
    for role, label, fits in GUARDIANS:
        family = next((f for f in families if fits(story, f, _slugs(f, school_of))), None)
        if family is not None:
            adult = family.excluded or family.adults[0]
            story.people[role, label] = UUID(adult.key)


def _slugs(family: Family, school_of: dict[str, str]) -> list[str]:
    return [school_of.get(child.key, "") for child in family.children]


Fits = Callable[[Story, Family, list[str]], bool]


def _is_plain(family: Family) -> bool:
    return family.is_together and family.adults[0].relationship == "母"


GUARDIANS: tuple[tuple[str, str, Fits], ...] = (
    ("guardian", "きょうだい",
     lambda story, f, at: _is_plain(f) and sorted(at) == sorted(story.doors[:2])),
    ("guardian", "ひとり", lambda story, f, at: _is_plain(f) and at == [story.doors[0]]),
    ("guardian", "施設長", lambda story, f, at: f.adults[0].relationship == "施設長"),
    ("guardian", "除外されている人", lambda story, f, at: f.excluded is not None),
    ("guardian", "夜間学級の本人",
     lambda story, f, at: f.adults[0].relationship == "本人" and "" not in at),
    ("guardian-of-staff", "", lambda story, f, at: _is_plain(f) and at == [story.doors[2]]),
)  # fmt: skip
