"""The register's arithmetic: hand-written vectors, then properties."""

from datetime import date, timedelta
from functools import reduce
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.attendance import (
    CAUSES,
    AttendanceSummary,
    ClosureRules,
    Day,
    DayStatus,
    add,
    cause_label,
    closure_effect,
    counts_as_attended,
    day_from_periods,
    printed_cause,
    summarize,
    total,
)

FIRST = date(2026, 4, 7)


def month(*statuses):
    return [
        Day(FIRST + timedelta(days=i), *(s if isinstance(s, tuple) else (s,)))
        for i, s in enumerate(statuses)
    ]


def test_a_month_with_every_kind_of_day():
    days = [
        *month(
            DayStatus.PRESENT,
            DayStatus.ABSENT_SICK,
            DayStatus.ABSENT_SICK,
            DayStatus.ABSENT_OTHER,
            (DayStatus.ATTENDANCE_SUSPENSION, "S1"),
            (DayStatus.ATTENDANCE_SUSPENSION, "S4"),
            (DayStatus.ATTENDANCE_SUSPENSION, "S6"),
            DayStatus.BEREAVEMENT,
            DayStatus.DEEMED_PRESENT,
            DayStatus.NOT_ENROLLED,
            DayStatus.UNCONFIRMED,
        ),
        Day(date(2026, 5, 1), DayStatus.PRESENT, late=True, left_early=True),
    ]
    found = summarize(days)
    assert (found.school_day_count, found.excused_days, found.required_days) == (11, 4, 7)
    assert (found.absent_days, found.attended_days, found.unconfirmed_days) == (3, 3, 1)
    assert (found.late_count, found.left_early_count, found.deemed_days) == (1, 1, 1)
    assert (found.suspension_days, found.bereavement_days) == (2, 2)
    assert found.by_cause == {
        "S1": 1,
        "S2": 0,
        "S3": 0,
        "S4": 1,
        "S5": 1,
        "S6": 1,
        "S7": 0,
        "absent_sick": 2,
        "absent_other": 1,
    }


def test_the_statuses_of_a_day_are_those_of_the_register():
    assert [(status.value, status.label) for status in DayStatus] == [
        ("present", "出席"),
        ("absent_sick", "病気欠席"),
        ("absent_other", "事故欠席"),
        ("attendance_suspension", "出席停止等"),
        ("bereavement", "忌引"),
        ("deemed_present", "出席扱い"),
        ("not_enrolled", "在籍外"),
        ("unconfirmed", "未確認"),
    ]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        ((DayStatus.PRESENT,), (1, 0, 0, 1, 0)),
        ((DayStatus.ABSENT_SICK,), (1, 0, 1, 0, 0)),
        ((DayStatus.ABSENT_OTHER,), (1, 0, 1, 0, 0)),
        ((DayStatus.ATTENDANCE_SUSPENSION, "S1"), (1, 1, 0, 0, 0)),
        ((DayStatus.BEREAVEMENT,), (1, 1, 0, 0, 0)),
        ((DayStatus.DEEMED_PRESENT,), (1, 0, 0, 1, 1)),
        ((DayStatus.NOT_ENROLLED,), (0, 0, 0, 0, 0)),
        ((DayStatus.UNCONFIRMED,), (1, 0, 0, 0, 0)),
    ],
)
def test_each_status_counts_in_its_columns(day, counted):
    s = summarize(month(day))
    found = (s.school_day_count, s.excused_days, s.absent_days, s.attended_days, s.deemed_days)
    assert found == counted
    assert counts_as_attended(day[0]) == bool(counted[3])


@pytest.mark.parametrize("cause", ["S1", "S2", "S3", "S4", "S6", "S7"])
def test_each_cause_of_suspension_is_counted_by_itself(cause):
    s = summarize(month((DayStatus.ATTENDANCE_SUSPENSION, cause)))
    assert {key for key, days in s.by_cause.items() if days} == {cause}
    columns = (1, 0) if cause in ("S1", "S2", "S3", "S4") else (0, 1)
    assert (s.suspension_days, s.bereavement_days) == columns


def test_bereavement_is_cause_s5_without_saying_so():
    assert Day(FIRST, DayStatus.BEREAVEMENT) == Day(FIRST, DayStatus.BEREAVEMENT, "S5")


def test_causes_have_words_and_no_others_exist():
    assert list(CAUSES) == ["S1", "S2", "S3", "S4", "S5", "S6", "S7"]
    assert cause_label("S5") == "忌引"
    with pytest.raises(ValueError, match="S1 から S7"):
        cause_label("S8")


@pytest.mark.parametrize(
    ("own", "is_class_closed", "cause"),
    [("S1", True, "S1"), ("S5", True, "S5"), (None, True, "S4"), (None, False, None)],
)
def test_the_childs_own_cause_goes_before_a_class_closure(own, is_class_closed, cause):
    assert printed_cause(own, is_class_closed) == cause


def test_days_may_come_as_any_iterable_in_any_order():
    days = month(DayStatus.PRESENT, DayStatus.ABSENT_SICK, DayStatus.PRESENT)
    assert summarize(iter(reversed(days))) == summarize(days) == summarize(tuple(days))


def test_days_and_sums_are_written_for_people():
    late = Day(FIRST, DayStatus.PRESENT, late=True, left_early=True)
    assert str(late) == "4月7日 出席・遅刻・早退"
    assert str(Day(FIRST, DayStatus.BEREAVEMENT)) == "4月7日 忌引(S5)"
    assert str(summarize([late])) == (
        "授業日数 1、出席停止・忌引等 0、出席しなければならない日数 1、欠席 0、出席 1、"
        "遅刻 1、早退 1、うち出席扱い 0、未確認 0"
    )


def test_terms_add_up_to_the_year():
    first = summarize(month(DayStatus.PRESENT, DayStatus.ABSENT_SICK, DayStatus.BEREAVEMENT))
    second = summarize(month(DayStatus.DEEMED_PRESENT, DayStatus.UNCONFIRMED))
    year = add(first, second)
    assert (year.school_day_count, year.excused_days, year.required_days) == (5, 1, 4)
    assert (year.absent_days, year.attended_days, year.unconfirmed_days) == (1, 2, 1)
    assert year.by_cause["absent_sick"] == year.by_cause["S5"] == 1


def test_nothing_sums_to_zero():
    assert summarize([]) == AttendanceSummary()


@pytest.mark.parametrize(
    "arguments",
    [
        {"status": DayStatus.ABSENT_SICK, "late": True},
        {"status": DayStatus.DEEMED_PRESENT, "left_early": True},
        {"status": DayStatus.ATTENDANCE_SUSPENSION},
        {"status": DayStatus.ATTENDANCE_SUSPENSION, "cause": "S5"},
        {"status": DayStatus.BEREAVEMENT, "cause": "S1"},
        {"status": DayStatus.PRESENT, "cause": "S1"},
        {"status": DayStatus.ABSENT_OTHER, "cause": "S9"},
    ],
)
def test_impossible_days_are_refused(arguments):
    with pytest.raises(ValueError, match=r"\w"):
        Day(FIRST, **arguments)


def test_a_date_twice_is_refused():
    with pytest.raises(ValueError, match="2026-04-07"):
        summarize([Day(FIRST, DayStatus.PRESENT), Day(FIRST, DayStatus.ABSENT_SICK)])


@pytest.mark.parametrize(
    "changes",
    [
        {"school_day_count": 1},
        {"school_day_count": 1, "required_days": 1, "attended_days": 2},
        {"late_count": 1},
        {"deemed_days": 1},
        {"school_day_count": -1, "required_days": -1, "attended_days": -1},
        {"school_day_count": 1, "required_days": 1, "absent_days": 1},
        {"school_day_count": 1, "excused_days": 1},
        {"by_cause": {"S1": 1}},
        {"by_cause": {"S1": 1, "S2": -1}},
        {"by_cause": {"absent_sick": 1}},
        {"by_cause": {"S9": 0}},
        {
            "school_day_count": 1,
            "required_days": 1,
            "attended_days": 1,
            "late_count": 1,
            "deemed_days": 1,
        },
        {"school_day_count": 1, "required_days": 1, "attended_days": 1, "left_early_count": 2},
    ],
)
def test_numbers_that_do_not_fit_are_refused(changes):
    with pytest.raises(ValueError, match="合いません"):
        AttendanceSummary(**changes)


@pytest.mark.parametrize(
    ("grade", "closed", "effect"),
    [
        (["1"], ["1"], "not_school_day"),
        (["1", "2"], ["1"], "excused"),
        (["1", "2"], ["1", "2"], "not_school_day"),
        (["3-1", "3-special"], ["3-1"], "excused"),
        (["1", "2"], [], "none"),
        (["1", "2"], ["9"], "none"),
        ([], ["1"], "none"),
        (["1", "2"], ["1", "2", "9"], "not_school_day"),
    ],
)
def test_closures_are_judged_by_grade_and_day(grade, closed, effect):
    assert closure_effect(grade, closed) == effect


def test_a_closed_multigrade_class_is_no_school_day_for_both_grades():
    classes_of = {3: ["3・4年"], 4: ["3・4年"], 5: ["5年"]}
    effects = {grade: closure_effect(of, ["3・4年"]) for grade, of in classes_of.items()}
    assert effects == {3: "not_school_day", 4: "not_school_day", 5: "none"}


def test_one_class_closed_two_days_and_the_whole_grade_on_the_third():
    closed_on = [{"1組"}, {"1組"}, {"1組", "2組"}]
    effects = [closure_effect({"1組", "2組"}, closed) for closed in closed_on]
    assert effects == ["excused", "excused", "not_school_day"]
    closed = (DayStatus.ATTENDANCE_SUSPENSION, "S4")
    s = summarize(month(*[closed for effect in effects if effect == "excused"]))
    assert (s.school_day_count, s.excused_days, s.by_cause["S4"]) == (2, 2, 2)


def test_a_board_decides_whether_a_special_needs_class_keeps_the_day():
    grade, special = ["3年1組", "すみれ"], ["すみれ"]
    apart = ClosureRules(counts_special_needs_classes=False)
    assert closure_effect(grade, ["3年1組"], special_needs_classes=special) == "excused"
    assert (
        closure_effect(grade, ["3年1組"], special_needs_classes=special, rules=apart)
        == "not_school_day"
    )


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([True] * 6, (DayStatus.PRESENT, False, False, False)),
        ([False, True, True], (DayStatus.PRESENT, True, False, False)),
        ([True, True, False], (DayStatus.PRESENT, False, True, False)),
        ([True, False, True], (DayStatus.PRESENT, False, False, True)),
        ([False, True, False], (DayStatus.PRESENT, True, True, False)),
        ([False, False], (DayStatus.ABSENT_OTHER, False, False, False)),
    ],
)
def test_a_day_is_derived_from_its_periods(marks, expected):
    found = day_from_periods(marks)
    assert (found.status, found.late, found.left_early, found.missed_middle) == expected


def test_a_derived_day_is_written_for_people():
    assert (
        str(day_from_periods([False, True, False, True, False])) == "出席・遅刻・早退・途中の欠課"
    )


def test_a_day_without_periods_is_refused():
    with pytest.raises(ValueError, match="校時"):
        day_from_periods([])


@st.composite
def days(draw):
    count = draw(st.integers(0, 60))
    found = []
    for i in range(count):
        status = draw(st.sampled_from(DayStatus))
        cause = None
        late = early = False
        if status is DayStatus.ATTENDANCE_SUSPENSION:
            cause = draw(st.sampled_from(["S1", "S2", "S3", "S4", "S6", "S7"]))
        if status is DayStatus.PRESENT:
            late, early = draw(st.booleans()), draw(st.booleans())
        found.append(Day(FIRST + timedelta(days=i), status, cause, late, early))
    return found


@given(days(), st.lists(st.integers(0, 60), max_size=4))
def test_summaries_add_up_over_any_split(found, cuts):
    edges = [0, *sorted(cuts), len(found)]
    parts = [summarize(found[a:b]) for a, b in pairwise(edges)]
    assert reduce(add, parts, AttendanceSummary()) == total(parts) == summarize(found)


@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_days_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))
    assert summarize(shuffled) == summarize(found)


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_one_period_attended_makes_a_day_present(marks):
    found = day_from_periods(marks)
    assert (found.status is DayStatus.PRESENT) == any(marks)
    assert found.late == (any(marks) and not marks[0])
    assert found.left_early == (any(marks) and not marks[-1])


@given(days())
def test_invariants_hold(found):
    s = summarize(found)
    assert 0 <= s.excused_days <= s.school_day_count
    assert 0 <= s.absent_days <= s.required_days
    assert (
        s.attended_days + s.absent_days + s.excused_days + s.unconfirmed_days == s.school_day_count
    )
