"""Who was 校長 of a child's school on a day: the person who sees documents and sets protection."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from manabiya.law.school_year import school_year_of
from manabiya.roster.demo.city.classes import Room
from manabiya.roster.demo.city.people import Seat
from manabiya.roster.demo.city.schools import SchoolSketch
from manabiya.roster.demo.city.staff import Opening
from manabiya.roster.models import Post


@dataclass(slots=True)
class Heads:
    """The children's seats in order and the 校長 of each school, over all told school years."""

    seats: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    principals: dict[tuple[int, SchoolSketch], str] = field(default_factory=dict)

    @classmethod
    def of(cls, rooms: Mapping[int, list[Room]], posts: Mapping[int, list[Opening]]) -> "Heads":
        """Return the heads of the years' homerooms and openings."""
        heads = cls()
        for year in sorted(rooms):
            for room in rooms[year]:
                for seat in room.seats:
                    heads.seats[seat.child.key].append(seat)
            for o in posts[year]:
                if o.post is Post.PRINCIPAL and o.school is not None and o.person is not None:
                    heads.principals[year, o.school] = o.person.key
        for seats in heads.seats.values():
            seats.sort(key=lambda seat: seat.starts_on)
        return heads

    def on(self, child_key: str, day: date) -> tuple[str, SchoolSketch] | None:
        """Return the 校長 and the school of a child on a day, None when it belonged to none."""
        for seat in self.seats.get(child_key, ()):
            if seat.starts_on <= day and (seat.ends_on is None or day <= seat.ends_on):
                return self.principals[school_year_of(day), seat.school], seat.school
        return None

    def came_on(self, child_key: str) -> date | None:
        """Return since when a child has been at the school it belongs to now, None: at none."""
        seats = self.seats.get(child_key, [])
        if not seats or seats[-1].exit:
            return None
        came = seats[-1].starts_on
        for seat in reversed(seats):
            if seat.school is not seats[-1].school:
                break
            came = seat.starts_on
        return came
