"""What migrations do to rows that lived before them, in a database of its own."""

import pytest

from manabiya.site.tests.places import Place

BEFORE = "0008_day_change"
CITIES = """
INSERT INTO tenancy_municipality (id, code, slug, name, is_demo, clock_offset_seconds) VALUES
  ('11111111-0000-4000-8000-000000000001', '012122', 'ichi', '一の市', false, 0),
  ('11111111-0000-4000-8000-000000000002', '012131', 'futa', '二の町', false, 0)
"""
SCHOOLS = """
INSERT INTO roster_school (id, municipality_id, code, slug, name, kind, phone, address, is_evening,
                           starts_at, ends_at, report_cutoff)
SELECT gen_random_uuid(), m.id, s.code, s.slug, s.slug, 'elementary_school', '0190-00-0001',
       '一丁目', s.is_evening, s.starts_at::time, s.ends_at::time, s.cutoff::time
FROM (VALUES
  ('ichi', 'B101220210001', 'hiru', false, '08:25', '15:30', '08:15'),
  ('ichi', 'C101220210002', 'yoru', true, '17:30', '21:00', '17:00'),
  ('futa', 'B101220210003', 'hayai', false, '08:10', '15:00', '07:50')
) AS s (city, code, slug, is_evening, starts_at, ends_at, cutoff)
JOIN tenancy_municipality m ON m.slug = s.city
"""
KEPT = """
SELECT s.slug, m.slug, s.code, s.is_evening, s.starts_at::text, s.ends_at::text,
       s.report_cutoff::text, s.phone, s.address
FROM roster_school s JOIN tenancy_municipality m ON m.id = s.municipality_id ORDER BY s.slug
"""
OWN = "SELECT slug, keeps_own_cutoff FROM roster_school ORDER BY slug"


@pytest.fixture
def place(tmp_path):
    """Return a database with the tables of before, two municipalities and three schools."""
    place = Place(tmp_path / "before")
    place.do("migrate", "roster", BEFORE, "--verbosity", "0")
    place.change(CITIES)
    place.change(SCHOOLS)
    yield place
    place.end()


def test_schools_keep_the_hour_that_was_not_the_default(place):
    """Cut-offs of the board, 0009: of whatever municipality, nothing else of a school changes."""
    before = place.ask(KEPT)
    assert [row[0] for row in before] == ["hayai", "hiru", "yoru"]
    for _once_and_again in range(2):
        place.do("migrate", "--verbosity", "0")
        assert place.ask(KEPT) == before
        assert place.ask(OWN) == [("hayai", True), ("hiru", False), ("yoru", True)]
        assert place.ask("SELECT count(*) FROM roster_reportcutoff") == [(0,)]
        assert place.ask("SELECT count(*) FROM roster_yearplan") == [(0,)]
