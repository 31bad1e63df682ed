"""長い欠席の決まり: from a day on, and what the alerts of that day say."""

from datetime import timedelta

import pytest

from manabiya.apps.morning import services
from manabiya.apps.morning.absences import Thresholds, alerts_of
from manabiya.apps.morning.models import AbsenceSettings
from manabiya.apps.morning.queries.absence_settings import thresholds_on
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.apps.morning.tests.test_long_absence import away, days_of, open_alerts, year
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.registry import SettingsRefused
from manabiya.law.absence_alerts import AlertRules
from manabiya.law.attendance_figures import AbsenceRules

__all__ = ["year"]
NOT_THE_BOARD = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "school_nurse", "office_staff", "guardian",
)  # fmt: skip


def decide(city, day, absent=3, unseen=7, year=30, role="board_officer"):
    return services.set_absence_settings(
        actor=city.actor(role, "" if role.startswith("board") or role == "guardian" else SCHOOL),
        valid_from=day, absent_days=absent, unseen_days=unseen, long_absence_days=year,
        now=city.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", NOT_THE_BOARD)
def test_nobody_but_the_board_decides_or_takes_back(scope, role):
    ahead = AbsenceSettings.objects.create(valid_from=scope.today + timedelta(days=9))
    with pytest.raises(Refused):
        decide(scope, scope.today, role=role)
    with pytest.raises(Refused):
        services.drop_absence_settings(
            actor=scope.actor(role, "" if role == "guardian" else SCHOOL),
            row_id=ahead.pk,
            now=scope.now(),
        )
    assert list(AbsenceSettings.objects.values_list("pk", flat=True)) == [ahead.pk]


def test_the_old_numbers_hold_the_day_before_and_the_new_ones_on_the_day(scope):
    later = scope.today + timedelta(days=7)
    decide(scope, later, absent=2, unseen=5, year=20)
    before, then = thresholds_on(later - timedelta(days=1)), thresholds_on(later)
    assert (before.in_a_row.absent_days, before.in_all.long_absence_days) == (3, 30)
    assert (then.in_a_row.absent_days, then.in_a_row.unseen_days) == (2, 5)
    assert then.in_all.long_absence_days == 20


@pytest.mark.parametrize(
    ("letters", "absent", "unseen", "year", "expected"),
    [
        ("pss", 2, 7, 30, [("absent", 2)]),
        ("psss", 4, 7, 30, []),
        ("pxxxxx", 3, 5, 30, [("unseen", 5)]),
        ("s" * 10 + "p", 3, 7, 10, [("long", 10)]),
        ("s" * 9 + "p", 3, 7, 10, []),
    ],
)
def test_alerts_follow_the_numbers_given(letters, absent, unseen, year, expected):
    thresholds = Thresholds(
        AlertRules(absent_days=absent, unseen_days=unseen), AbsenceRules(long_absence_days=year)
    )
    found = alerts_of(days_of(letters), thresholds)
    assert [(alert.kind, alert.count) for alert in found] == expected


def test_alerts_of_today_follow_what_holds_today_and_no_later_version(scope, year):
    away(scope, year, 4, (38, 39))
    child = year[1][4]
    decide(scope, scope.today + timedelta(days=1), absent=2)
    assert open_alerts(scope) == []
    decide(scope, scope.today, absent=2)
    assert open_alerts(scope) == [(child, "absent", 2)]
    decide(scope, scope.today, absent=3, year=2)
    assert open_alerts(scope) == [(child, "long", 2)]


def test_page_says_the_numbers_it_counts_by(scope, year, city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    decide(scope, scope.today, absent=4, unseen=9, year=25)
    html = city.client("vice_principal", SCHOOL).get(
        f"/m/shirakabano/school/{SCHOOL}/attendance/long-absence/"
    )
    said = "続けて4日の欠席、9日学校に来ていない、今年度あわせて25日。"
    assert said in html.content.decode()


def test_a_day_gone_by_and_numbers_out_of_range_are_refused(scope):
    with pytest.raises(SettingsRefused, match="過ぎた日"):
        decide(scope, scope.today - timedelta(days=1))
    for numbers in ({"absent": 0}, {"unseen": 61}, {"year": 201}):
        with pytest.raises(SettingsRefused):
            decide(scope, scope.today, **numbers)
    assert not AbsenceSettings.objects.exists()
