"""Rules of decided days: what counts until somebody decides, until when, the first day back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.law.attendance import Day, DayStatus, summarize
from manabiya.law.exclusion import DISEASES, earliest_return

ONSET = date(2026, 11, 18)
kinds = st.sampled_from(sorted(excused.CODES))
days = st.integers(0, 40).map(lambda n: ONSET + timedelta(days=n))


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("suspension", "", "absent_sick"),
        ("suspension", "absent_other", "absent_sick"),
        ("bereavement", "", "absent_other"),
        ("bereavement", "absent_sick", "absent_other"),
        ("disaster", "", "absent_other"),
        ("deemed_present", "", "absent_sick"),
        ("deemed_present", "absent_other", "absent_other"),
    ],
)
def test_until_decided_the_day_is_an_absence(kind, said, code):
    assert excused.pending_code(kind, said) == code


@given(kinds, st.sampled_from(sorted(rules.CODES)))
def test_nothing_but_an_absence_stands_for_a_day_nobody_decided(kind, said):
    value = rules.CODES[excused.pending_code(kind, said)]
    sums = summarize([Day(ONSET, DayStatus(value.status))])
    assert (sums.absent_days, sums.excused_days, sums.required_days) == (1, 0, 1)


@given(kinds)
def test_a_decided_day_is_excused_or_deemed_present_and_never_an_absence(kind):
    value = rules.CODES[excused.CODES[kind]]
    sums = summarize([Day(ONSET, DayStatus(value.status), value.cause or None)])
    assert sums.absent_days == 0
    expected = (0, 1, 1) if kind == "deemed_present" else (1, 0, 0)
    assert (sums.excused_days, sums.deemed_days, sums.required_days) == expected


@pytest.mark.parametrize(
    ("kind", "cause"), [("suspension", "S1"), ("bereavement", "S5"), ("disaster", "S6")]
)
def test_cause_of_a_decided_day(kind, cause):
    assert rules.CODES[excused.CODES[kind]].cause == cause


@pytest.mark.parametrize(
    ("word", "last"),
    [
        (PeriodWord("suspension", Days(ONSET), disease="influenza"), None),
        (
            PeriodWord(
                "suspension", Days(ONSET), disease="influenza", relief_on=date(2026, 11, 20)
            ),
            date(2026, 11, 23),
        ),
        (
            PeriodWord(
                "suspension", Days(ONSET), disease="influenza", relief_on=date(2026, 11, 22)
            ),
            date(2026, 11, 24),
        ),
        (PeriodWord("suspension", Days(ONSET), disease="tuberculosis"), None),
        (PeriodWord("suspension", Days(ONSET, ONSET), disease="influenza"), ONSET),
        (PeriodWord("bereavement", Days(ONSET), relation="grandparent"), date(2026, 11, 20)),
        (PeriodWord("bereavement", Days(ONSET), relation="parent"), date(2026, 11, 24)),
        (PeriodWord("disaster", Days(ONSET)), ONSET),
        (PeriodWord("deemed_present", Days(ONSET), facility="教育支援センター"), None),
    ],
)
def test_last_day_by_law_and_table(word, last):
    every_day = [ONSET + timedelta(days=n) for n in range(30)]
    off = {date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)}
    assert excused.last_day(word, [day for day in every_day if day not in off]) == last


@given(st.sampled_from(sorted(DISEASES)), days, st.integers(0, 20))
def test_suspension_ends_the_day_before_the_first_day_back(disease, onset, ill_days):
    relief = onset + timedelta(days=ill_days)
    word = PeriodWord("suspension", Days(onset), disease=disease, relief_on=relief)
    back, last = earliest_return(disease, onset, relief), excused.last_day(word, ())
    assert excused.return_day(word) == back
    if back is None:
        assert last is None
    else:
        assert last == max(onset, back - timedelta(days=1))


@given(days, st.none() | days, days, st.none() | days)
def test_two_periods_meet_when_they_share_a_day(a, b, c, d):
    one = Days(a, max(a, b) if b else None)
    other = Days(c, max(c, d) if d else None)
    stretch = [ONSET + timedelta(days=n) for n in range(60)]
    shared = any(one.holds(day) and other.holds(day) for day in stretch)
    assert one.meets(other) == other.meets(one) == shared


def test_what_does_not_belong_to_the_kind_is_left_out():
    word = PeriodWord(
        "bereavement", Days(ONSET), disease="influenza", relation="parent", facility="x",
        relief_on=ONSET,
    ).plain()  # fmt: skip
    assert (word.disease, word.facility, word.relief_on) == ("", "", None)
    assert word.relation == "parent"


@pytest.mark.parametrize("chosen", ["absent", "absent_sick", "absent_other"])
def test_every_absence_in_a_decided_period_is_what_was_decided(chosen):
    standing = rules.Standing("present", is_decided=True, excused="bereavement")
    assert rules.resolve(chosen, standing) == "bereavement"
    assert rules.resolve("late", standing) == "late"
