"""The morning of a school: its own settings before the city's, from a day on."""

from datetime import time, timedelta

from manabiya.apps.attendance import queries
from manabiya.apps.attendance.models import MorningSettings


def settings_on(family, day):
    return queries.morning_settings(family.child.school_id, day)


def test_where_nobody_decided_the_defaults_hold(family, city):
    found = settings_on(family, city.today)
    assert (found.confirm_by, found.closure_threshold_percent) == (time(8, 40), 20)
    assert not found.grade_head_sees_reasons


def test_the_city_speaks_for_schools_that_decided_nothing(family, city):
    MorningSettings.objects.create(valid_from=city.today, confirm_by=time(8, 50))
    assert settings_on(family, city.today).confirm_by == time(8, 50)
    MorningSettings.objects.create(
        school_id=family.child.school_id, valid_from=city.today, confirm_by=time(8, 30)
    )
    assert settings_on(family, city.today).confirm_by == time(8, 30)


def test_settings_hold_from_their_day_and_the_latest_counts(family, city):
    later = city.today + timedelta(days=7)
    for day, percent in ((city.today, 15), (later, 25)):
        MorningSettings.objects.create(
            school_id=family.child.school_id, valid_from=day, closure_threshold_percent=percent
        )
    assert settings_on(family, later - timedelta(days=1)).closure_threshold_percent == 15
    assert settings_on(family, later).closure_threshold_percent == 25
    assert settings_on(family, city.today - timedelta(days=1)).closure_threshold_percent == 20
