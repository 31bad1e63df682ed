"""The staff: which posts a school fills, who holds them this school year and held them before."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.school import SchoolKind
from manabiya.roster.demo.city.classes import Room
from manabiya.roster.demo.city.names import Name, adult
from manabiya.roster.demo.city.schools import FEW, SchoolSketch
from manabiya.roster.models import Post

SMALL, FEW_CHILDREN, TINY, MANY = 70, 20, 6, 850
STAYS = 0.82
"""How many keep their school from one year to the next."""
BOARD = ((Post.BOARD_OFFICER, 24), (Post.BOARD_ADMINISTRATOR, 2))
ICT_SUPPORTERS = 12
DUTIES = (
    "生徒指導",
    "教育課程",
    "情報",
    "給食",
    "保健安全",
    "図書",
    "特別支援教育コーディネーター",
    "児童会・生徒会",
)


@dataclass(slots=True, eq=False)
class Person:
    """A member of staff."""

    key: str
    name: Name
    number: int


@dataclass(slots=True, eq=False)
class Opening:
    """A post to be filled at a school (None: at the board) in one school year."""

    post: Post
    school: SchoolSketch | None
    room: Room | None = None
    grade_level: int | None = None
    is_main: bool = True
    person: Person | None = None


@dataclass
class StaffRoom:
    """Keeps everybody who works in the city."""

    chance: random.Random
    key: Keys
    people: list[Person] = field(default_factory=list)

    def hire(self) -> Person:
        """Return somebody new."""
        name = adult(self.chance, is_woman=self.chance.random() < 0.55)
        self.people.append(Person(self.key(), name, len(self.people) + 1))
        return self.people[-1]

    def appoint(self, openings: list[Opening]) -> None:
        """Fill the openings of the newest school year with new people."""
        for opening in openings:
            opening.person = self.hire()

    def appoint_before(self, openings: list[Opening], later: list[Opening]) -> None:
        """Fill the openings of the year before: most people stay, some moved, a few have gone."""
        here: dict[object, list[Person]] = defaultdict(list)
        moved: dict[Post, list[Person]] = defaultdict(list)
        for opening in later:
            if opening.person is not None:
                stays = self.chance.random() < STAYS
                place = here[opening.post, opening.school] if stays else moved[opening.post]
                place.append(opening.person)
        for group in moved.values():
            self.chance.shuffle(group)
        for opening in openings:
            group = here[opening.post, opening.school] or moved[opening.post]
            opening.person = group.pop() if group else self.hire()


def openings_of(school: SchoolSketch, rooms: list[Room]) -> list[Opening]:
    """Return the posts a school fills as 本務, from its homerooms and children."""
    found = [Opening(post, school) for post in _offices(school, rooms)]
    found += [Opening(Post.HOMEROOM_TEACHER, school, room) for room in rooms]
    regular = [room for room in rooms if not room.is_special]
    share = 0.3 if school.kind is SchoolKind.ELEMENTARY else 0.95
    if sum(len(room.seats) for room in rooms) > FEW_CHILDREN and not school.is_evening:
        subjects = round(len(regular) * share)
        found += [Opening(Post.SUBJECT_TEACHER, school) for _ in range(subjects)]
        helped = regular[1::4] if school.kind is SchoolKind.ELEMENTARY else regular[::2]
        if len(regular) > 8:
            found += [Opening(Post.ASSISTANT_HOMEROOM_TEACHER, school, r) for r in helped]
    return found


def _offices(school: SchoolSketch, rooms: list[Room]) -> Iterator[Post]:
    """Yield the posts of the office: a school of five children has a 校長 and nobody else."""
    children = sum(len(room.seats) for room in rooms)
    if not school.main_slug:
        yield Post.PRINCIPAL
    if children <= TINY:
        return
    yield Post.VICE_PRINCIPAL
    if school.main_slug:
        return
    yield Post.ACADEMIC_AFFAIRS_HEAD
    if children >= SMALL:
        yield from (Post.SCHOOL_NURSE, Post.OFFICE_STAFF)
    if children >= MANY:
        yield Post.SCHOOL_NURSE
    if children >= 2 * SMALL * 4:
        yield Post.OFFICE_STAFF


def grade_heads(openings: list[Opening]) -> list[Opening]:
    """Return the 学年主任: the 担任 of the first of several homerooms of a grade, besides."""
    by_grade: dict[tuple[str, int], list[Opening]] = defaultdict(list)
    for opening in openings:
        room = opening.room
        if opening.post is Post.HOMEROOM_TEACHER and room is not None and not room.is_special:
            by_grade[room.school.slug, room.plan.grades[0]].append(opening)
    return [
        Opening(Post.GRADE_HEAD, first.school, None, grade, False, first.person)
        for (_, grade), (first, *others) in by_grade.items()
        if others
    ]


def shared_posts(
    staff: StaffRoom, schools: list[SchoolSketch], openings: list[Opening]
) -> Iterator[Opening]:
    """Yield 兼務: a branch's principal, nurses for schools without, ICT支援員 on their rounds."""
    holders = {(o.post, o.school): o.person for o in reversed(openings)}
    by_slug = {school.slug: school for school in schools}
    nurses = [o for o in openings if o.post is Post.SCHOOL_NURSE]
    for number, school in enumerate(schools):
        main = by_slug.get(school.main_slug)
        if main is not None:
            person = holders[Post.PRINCIPAL, main]
            yield Opening(Post.PRINCIPAL, school, is_main=False, person=person)
        is_without = (Post.SCHOOL_NURSE, school) not in holders
        if is_without and (Post.VICE_PRINCIPAL, school) in holders and nurses:
            nurse = nurses[number % len(nurses)].person
            yield Opening(Post.SCHOOL_NURSE, school, is_main=False, person=nurse)
    rounds = [staff.hire() for _ in range(min(ICT_SUPPORTERS, len(schools)))]
    for number, school in enumerate(s for s in schools if not s.main_slug and s.slug != FEW[0]):
        yield Opening(
            Post.ICT_SUPPORTER,
            school,
            is_main=number < len(rounds),
            person=rounds[number % len(rounds)],
        )


def duties_of(
    key: Keys, openings: list[Opening], starts_on: date, ends_on: date
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of 校務分掌: each has a 主任, in larger schools members too."""
    teachers: dict[str, list[Person]] = defaultdict(list)
    for opening in openings:
        if opening.school is not None and opening.person is not None and opening.is_main:
            teachers[opening.school.key].append(opening.person)
    for school_key, people in teachers.items():
        for number, name in enumerate(DUTIES):
            members = {people[(number + n * len(DUTIES)) % len(people)].key: n for n in (0, 1, 2)}
            for person, n in members.items():
                yield key(), person, school_key, name, n == 0, starts_on, ends_on
