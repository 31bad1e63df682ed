"""Which city the launcher and the command build, and when they build none."""

import pytest
from django.core.management import CommandError, call_command

from manabiya.kernel.tenancy.models import Municipality
from manabiya.roster.demo.plan import CITIES
from manabiya.site.launcher import house


@pytest.mark.parametrize(("given", "city"), [(None, "full"), ("full", "full"), ("small", "small")])
def test_make_run_builds_the_whole_city_unless_told_otherwise(monkeypatch, given, city):
    monkeypatch.delenv("CITY", raising=False)
    if given:
        monkeypatch.setenv("CITY", given)
    assert house.House.from_environment().city == city


def test_an_unknown_city_is_refused_with_the_ones_there_are(monkeypatch):
    monkeypatch.setenv("CITY", "huge")
    with pytest.raises(house.Trouble, match="full か small"):
        house.House.from_environment()


def test_launcher_and_command_know_the_same_cities():
    assert set(house.CITIES) == set(CITIES)


def test_the_command_never_builds_beside_data(city, capsys):
    before = Municipality.objects.count()
    call_command("demo", "--if-empty", "--city", "full")
    with pytest.raises(CommandError, match="空のデータベースにだけ"):
        call_command("demo", "--city", "full")
    assert Municipality.objects.count() == before
