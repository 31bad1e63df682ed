"""The large city of the demo at its full size, as it is thought out: no database needed."""

import random
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime

import pytest

from manabiya.kernel.clock import SCHOOL_ZONE
from manabiya.kernel.tenancy.ids import Keys
from manabiya.law.homeroom_size import homerooms_needed
from manabiya.law.school import SchoolKind
from manabiya.law.school_code import parse
from manabiya.roster.demo.city import calendars
from manabiya.roster.demo.city.classes import SchoolYearSeats
from manabiya.roster.demo.city.districts import District
from manabiya.roster.demo.city.names import family_pairs, given_pairs
from manabiya.roster.demo.city.people import Family, Move
from manabiya.roster.demo.city.schools import SHIRAKABANO

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def city():
    schools = SHIRAKABANO.sketches()
    keys = Keys("test", datetime(2026, 11, 20, tzinfo=SCHOOL_ZONE))
    district = District(random.Random(7), keys, TODAY, [s for s in schools if s.size])
    families = [family for s in schools if s.size for family in district.fill(s)]
    rooms = {}
    for back, year in ((0, 2026), (1, 2025)):
        maker = SchoolYearSeats(random.Random(8), keys, {s.slug: s for s in schools}, year, back)
        seats = defaultdict(list)
        for family in families:
            for seat in maker.seats_of(family):
                seats[seat.school.slug].append(seat)
        rooms[year] = [room for s in schools for room in maker.rooms(s, seats[s.slug])]
    return schools, families, rooms


def test_seventy_seven_schools_with_right_codes(city):
    schools, _, _ = city
    kinds = Counter(school.kind for school in schools)
    assert kinds == {
        SchoolKind.ELEMENTARY: 52,
        SchoolKind.JUNIOR_HIGH: 24,
        SchoolKind.COMPULSORY_EDUCATION: 1,
    }
    assert {parse(s.code).school_number[:4] for s in schools} == {"9998"}
    assert len({s.code for s in schools}) == len({s.slug for s in schools}) == 77
    slugs = {s.slug for s in schools}
    assert all(s.feeds in slugs for s in schools if s.feeds)


def test_as_many_people_as_the_city_has(city):
    _, families, _ = city
    children = [child for family in families for child in family.children if child.grade <= 9]
    guardians = [a for f in families if any(c.grade <= 9 for c in f.children) for a in f.adults]
    assert 21_500 <= len(children) <= 22_500
    assert 31_000 <= len(guardians) <= 34_000


def test_classes_are_as_large_as_the_law_of_the_year_allows(city):
    _, _, rooms = city
    largest = defaultdict(int)
    for year, found in rooms.items():
        for room in found:
            if not room.is_special and len(room.plan.grades) == 1:
                key = (year, room.school.kind, room.plan.grades[0])
                largest[key] = max(largest[key], room.plan.student_count)
    junior = SchoolKind.JUNIOR_HIGH
    assert max(largest[2026, SchoolKind.ELEMENTARY, grade] for grade in range(1, 7)) <= 35
    assert largest[2026, junior, 1] <= 35
    assert 35 < largest[2026, junior, 2] <= 40
    assert 35 < largest[2025, junior, 1] <= 40
    sizes = Counter(s.slug for s, n in _sizes(rooms[2026]).items() for _ in range(n))
    assert sizes["kohoku"] == 5
    assert min(sizes["midorigaoka"], sizes["shirakaba-sho"]) >= 750


@pytest.mark.parametrize("year", [2025, 2026])
def test_homerooms_of_every_school_are_those_the_law_of_the_year_needs(city, year):
    """School by school and grade by grade, from the children who were there on 4/1."""
    schools, _, rooms = city
    first, seated = date(year, 4, 1), defaultdict(list)
    for room in rooms[year]:
        seated[room.school.slug].append(room)
    for school in schools:
        seats = [(room.is_special, s) for room in seated[school.slug] for s in room.seats
                 if s.starts_on == first]  # fmt: skip
        regular = Counter(s.grade_level for is_special, s in seats if not is_special)
        special = Counter(s.grade_level for is_special, s in seats if is_special)
        needed = homerooms_needed(dict(regular), school.kind, year, dict(special))
        found = Counter(
            (r.plan.kind, tuple(r.plan.grades), sum(s.starts_on == first for s in r.seats))
            for r in seated[school.slug]
        )
        assert found == Counter((p.kind, tuple(p.grades), p.student_count) for p in needed)
    assert len(rooms[year]) > 900


def _sizes(rooms):
    return Counter(seat.school for room in rooms for seat in room.seats if seat.ends_on is None)


def test_no_full_name_twice_in_a_class_of_either_year(city):
    for room in (room for found in city[2].values() for room in found):
        for names in ([s.child.name for s in room.seats], [s.child.listed for s in room.seats]):
            assert max(Counter(n.letters for n in names).values(), default=1) == 1


@pytest.mark.parametrize(("grade", "seats"), [(3, 2), (8, 1)])
def test_a_move_inside_the_district_of_a_junior_high_changes_no_junior_high(city, grade, seats):
    schools = {s.slug: s for s in city[0]}
    child = replace(city[1][0].children[0], grade=grade)
    move = Move(schools["kawabata"], date(2026, 6, 1))
    family = Family(schools["midorigaoka"], "", [], [child], move)
    maker = SchoolYearSeats(random.Random(1), lambda: "", schools, 2026, 0)
    assert len(list(maker.seats_of(family))) == seats


def test_rare_letters_and_long_names_live_in_the_city(city):
    names = ["".join(c.name.letters) for f in city[1] for c in f.children]
    for letter in ("髙", "﨑", "𠮷", "濵", "栁", "葛\U000e0100", "辻\U000e0100"):
        assert any(letter in name for name in names), letter
    assert max(map(len, names)) >= 15
    assert any("・" in name for name in names)


def test_kana_are_hiragana_and_letters_are_kept_as_they_are():
    for letters, kana in family_pairs() | given_pairs():
        assert letters
        assert all("ぁ" <= k <= "ゖ" or k in "ー・ ゔ" for k in kana), kana
        if all("ぁ" <= k <= "ゖ" for k in letters):
            assert letters == kana
        assert unicodedata.normalize("NFC", kana) == kana


def test_siblings_are_born_apart_unless_they_are_twins(city):
    for family in city[1]:
        by_grade = defaultdict(set)
        for child in family.children:
            by_grade[child.grade].add(child.born)
        assert all(len(born) == 1 for born in by_grade.values())


@pytest.mark.parametrize(
    ("built_for", "today"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2027, 1, 5), date(2026, 12, 23)),
        (date(2026, 4, 3), date(2026, 3, 19)),
        (date(2026, 8, 15), date(2026, 7, 24)),
    ],
)
def test_the_last_school_day_before_a_date(city, built_for, today):
    assert calendars.last_school_day(city[0], built_for) == today


def test_winters_are_long_and_kinds_of_school_differ(city):
    by_slug = {s.slug: s for s in city[0]}
    open_days = {
        slug: [r.date for r in calendars.calendar_of(by_slug[slug], 2025) if r.is_open]
        for slug in ("midorigaoka", "higashikawabata", "suzuran", "chuo-yakan")
    }
    assert all(190 <= len(days) <= 210 for days in open_days.values())
    assert len({tuple(days) for days in open_days.values()}) == 4
    for days in open_days.values():
        off = [d for d in days if date(2025, 12, 27) <= d <= date(2026, 1, 16)]
        assert off == []
