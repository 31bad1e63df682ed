"""Rates, long absence, alerts and bereavement: the product's dated defaults."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.absence_alerts import AlertRules, Alerts, alerts
from manabiya.law.attendance import Day, DayStatus, summarize
from manabiya.law.attendance_figures import AbsenceRules, attendance_rate, long_absence
from manabiya.law.bereavement import BereavementRules, bereavement_days

FIRST = date(2026, 6, 1)
PRESENT, SICK, OTHER = DayStatus.PRESENT, DayStatus.ABSENT_SICK, DayStatus.ABSENT_OTHER
SUSPENDED, DEEMED = DayStatus.ATTENDANCE_SUSPENSION, DayStatus.DEEMED_PRESENT


def run(*statuses):
    return [
        Day(FIRST + timedelta(n), status, "S1" if status is SUSPENDED else None)
        for n, status in enumerate(statuses)
    ]


@pytest.mark.parametrize(
    ("attended", "required", "rate"),
    [(195, 200, "97.5"), (2, 3, "66.7"), (1, 3, "33.3"), (1, 2000, "0.1"), (5, 5, "100.0")],
)
def test_the_rate_has_one_decimal_half_up(attended, required, rate):
    assert attendance_rate(attended, required) == Decimal(rate)


def test_no_required_day_has_no_rate():
    assert attendance_rate(0, 0) is None
    for attended, required in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="以下です"):
            attendance_rate(attended, required)


@pytest.mark.parametrize(
    ("absent", "suspended", "is_long"),
    [(30, 0, True), (24, 6, True), (29, 0, False), (0, 30, True)],
)
def test_long_absence_gives_both_parts(absent, suspended, is_long):
    found = long_absence(summarize(run(*[SICK] * absent, *[SUSPENDED] * suspended, PRESENT)))
    assert (found.absent_days, found.excused_days, found.is_long) == (absent, suspended, is_long)
    assert str(found).startswith("該当" if is_long else "非該当")


def test_a_board_may_count_long_absence_from_another_number():
    assert long_absence(summarize(run(SICK)), rules=AbsenceRules(long_absence_days=1)).is_long


@pytest.mark.parametrize(
    ("statuses", "absent", "unseen"),
    [
        ([PRESENT, SICK, OTHER, SICK], 3, 3),
        ([SICK, SICK, SUSPENDED, SICK], 3, 4),
        ([SICK, PRESENT], 0, 0),
        ([SICK, DEEMED], 0, 0),
        ([PRESENT, SICK, DayStatus.UNCONFIRMED, SICK, DayStatus.NOT_ENROLLED], 2, 2),
        ([DayStatus.BEREAVEMENT] * 7, 0, 7),
        ([], 0, 0),
    ],
)
def test_days_in_a_row(statuses, absent, unseen):
    found = alerts(reversed(run(*statuses)))
    assert found == Alerts(absent, unseen, absent >= 3, unseen >= 7)


def test_a_board_may_not_count_a_facility_as_seen():
    strict = AlertRules(unseen_days=2, sees_deemed_days=False)
    found = alerts(run(PRESENT, DEEMED, DEEMED), rules=strict)
    assert found == Alerts(0, 2, False, True)
    assert str(found) == "連続欠席 0日、不在 2日(知らせる)"


WEEKS = [FIRST + timedelta(n) for n in range(14) if n % 7 < 5]


@pytest.mark.parametrize(
    ("relation", "died_on", "rules", "days"),
    [
        ("parent", date(2026, 6, 1), BereavementRules(), [2, 3, 4, 5, 8]),
        ("grandparent", date(2026, 6, 4), BereavementRules(), [5]),
        ("sibling", date(2026, 6, 4), BereavementRules(counts_school_days=True), [5, 8, 9]),
        ("uncle_or_aunt", date(2026, 6, 2), BereavementRules(), [3]),
        ("uncle_or_aunt", date(2026, 6, 2), BereavementRules(travel_days=1), [3, 4]),
        ("uncle_or_aunt", date(2026, 6, 5), BereavementRules(), []),
        ("pet", date(2026, 6, 2), BereavementRules(allowances={"pet": 1}), [3]),
    ],
)
def test_bereavement_runs_from_the_day_after_the_death(relation, died_on, rules, days):
    found = bereavement_days(died_on, relation, reversed(WEEKS), rules=rules)
    assert found == [date(2026, 6, day) for day in days]


def test_a_relation_outside_the_table_is_refused():
    with pytest.raises(ValueError, match="続柄"):
        bereavement_days(FIRST, "pet", WEEKS)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_rate_lies_between_0_and_100(attended, more):
    rate = attendance_rate(attended, attended + more)
    assert rate is None or 0 <= rate <= 100
    assert (rate is None) == (attended + more == 0)
