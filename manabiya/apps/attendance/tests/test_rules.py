from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.rules import Claim, Entry, Standing

SEVEN = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
NAMES = [UUID(int=n) for n in range(6)]
codes = st.sampled_from(sorted(rules.CODES))


def claim(kind, reason="fever", minute=0):
    return Claim(UUID(int=minute), kind, reason, SEVEN + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ([claim("absent", "fever")], "absent_sick"),
        ([claim("absent", "infection")], "absent_sick"),
        ([claim("absent", "family")], "absent_other"),
        ([claim("absent", "bereavement")], "absent_other"),
        ([claim("absent", "consultation")], "absent_other"),
        ([claim("late", "clinic")], "late"),
        ([claim("left_early", "clinic")], "left_early"),
        ([claim("late"), claim("left_early", minute=1)], "late_left_early"),
        ([claim("late"), claim("absent", minute=1)], "absent_sick"),
        ([claim("absent"), claim("late", minute=1)], "late"),
        ([claim("late", minute=1), claim("absent")], "late"),
    ],
)
def test_proposal_of_reports(claims, code):
    assert rules.propose(claims).code == code


def test_no_report_proposes_nothing():
    assert rules.propose([]) is None


@pytest.mark.parametrize(
    ("base", "mine", "stands", "result", "clashes"),
    [
        ("present", "present", "present", "present", False),
        ("present", "late", "present", "late", False),
        ("present", "present", "late", "late", False),
        ("present", "late", "late", "late", False),
        ("present", "late", "absent_sick", "late", True),
        ("absent_sick", "present", "absent_sick", "present", False),
        ("absent_sick", "present", "late", "present", True),
        ("absent_sick", "absent_sick", "late", "late", False),
    ],
)
def test_merge_of_one_child(base, mine, stands, result, clashes):
    merged = rules.merge([Entry(NAMES[0], base, mine)], {NAMES[0]: Standing(stands)})
    assert bool(merged.clashes) is clashes
    assert clashes or merged.codes == {NAMES[0]: result}


@pytest.mark.parametrize(
    ("stands", "reason", "code"),
    [
        ("present", "", "absent_other"),
        ("present", "fever", "absent_sick"),
        ("absent_sick", "", "absent_sick"),
        ("absent_other", "fever", "absent_other"),
    ],
)
def test_button_absent_finds_its_kind(stands, reason, code):
    assert rules.resolve(rules.ABSENT, Standing(stands, reason)) == code


@given(st.lists(st.tuples(codes, codes), min_size=6, max_size=6), st.sets(st.integers(0, 5)))
def test_teachers_who_change_different_children_never_clash(pairs, firsts):
    """The first changes the children in ``firsts``, the second the others: both are kept."""
    base = {NAMES[i]: pair[0] for i, pair in enumerate(pairs)}
    wish = {NAMES[i]: pair[1] for i, pair in enumerate(pairs)}
    mine = {NAMES[i] for i in firsts}
    first = [Entry(n, base[n], wish[n] if n in mine else base[n]) for n in NAMES]
    second = [Entry(n, base[n], base[n] if n in mine else wish[n]) for n in NAMES]
    after = rules.merge(first, {n: Standing(base[n]) for n in NAMES})
    both = rules.merge(second, {n: Standing(after.codes[n]) for n in NAMES})
    assert not after.clashes
    assert not both.clashes
    assert both.codes == wish


@given(codes, codes, codes)
def test_a_clash_is_exactly_two_different_changes(base, mine, stands):
    merged = rules.merge([Entry(NAMES[0], base, mine)], {NAMES[0]: Standing(stands)})
    assert bool(merged.clashes) == (mine != base and stands != base and mine != stands)


@given(codes, codes)
def test_saving_the_same_form_twice_changes_nothing(base, mine):
    once = rules.merge([Entry(NAMES[0], base, mine)], {NAMES[0]: Standing(base)})
    entry = [Entry(NAMES[0], base, mine)]
    twice = rules.merge(entry, {NAMES[0]: Standing(once.codes[NAMES[0]])})
    assert not twice.clashes
    assert twice.codes == once.codes


@given(st.lists(codes, max_size=40), st.booleans())
def test_counts_add_up_to_the_enrolled(children, is_confirmed):
    counts = rules.count(children, is_confirmed=is_confirmed)
    assert counts.enrolled == len(children)
    assert counts.enrolled == (
        counts.present + counts.absent + counts.excused + counts.not_arrived + counts.unconfirmed
    )
    assert max(counts.late, counts.left_early) <= counts.present


@given(st.lists(codes, min_size=1, max_size=40))
def test_nobody_of_an_unconfirmed_class_counts_as_present(children):
    counts = rules.count(children, is_confirmed=False)
    assert counts == rules.Counts(enrolled=len(children), unconfirmed=len(children))


@given(codes)
def test_code_and_value_are_one(code):
    value = rules.CODES[code]
    flags = {"late": value.late, "left_early": value.left_early}
    assert rules.code_of(value.status, **flags, cause=value.cause) == code


@pytest.mark.parametrize(
    ("now", "day", "is_after"),
    [
        (datetime(2026, 11, 20, 8, 15, tzinfo=UTC), date(2026, 11, 20), False),
        (datetime(2026, 11, 20, 8, 15, 1, tzinfo=UTC), date(2026, 11, 20), True),
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), date(2026, 11, 21), False),
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), date(2026, 11, 19), True),
    ],
)
def test_cutoff(now, day, is_after):
    assert rules.is_after_cutoff(now=now, day=day, cutoff=time(8, 15)) is is_after


@pytest.mark.parametrize(("ahead", "is_taken"), [(-1, False), (0, True), (14, True), (15, False)])
def test_days_a_report_is_taken_for(ahead, is_taken):
    today = date(2026, 11, 20)
    day = today + timedelta(days=ahead)
    assert rules.is_reportable(today=today, day=day) is is_taken


@pytest.mark.parametrize(
    ("kind", "code", "is_applied"),
    [
        ("absent", "absent_sick", True),
        ("absent", "attendance_suspension", True),
        ("absent", "present", False),
        ("absent", "late", False),
        ("absent", "not_arrived", False),
        ("late", "late", True),
        ("late", "late_left_early", True),
        ("late", "absent_sick", False),
        ("left_early", "left_early", True),
        ("left_early", "present", False),
    ],
)
def test_report_is_applied_when_the_mark_says_the_same(kind, code, is_applied):
    assert rules.is_applied(kind, code) is is_applied


@given(st.lists(st.tuples(st.lists(codes, max_size=9), st.booleans()), max_size=4))
def test_total_of_parts_is_the_count_of_everybody(parts):
    counts = [rules.count(group, is_confirmed=confirmed) for group, confirmed in parts]
    found = rules.total(counts)
    assert found.enrolled == sum(len(group) for group, _ in parts)
    assert found.late == sum(count.late for count in counts)
    inside = (found.present, found.absent, found.excused, found.not_arrived, found.unconfirmed)
    assert found.enrolled == sum(inside)


@given(st.lists(codes, max_size=40))
def test_counts_without_cause_keep_the_sum_and_name_no_kind(group):
    full = rules.count(group, is_confirmed=True)
    masked = rules.without_cause(full)
    assert masked.absent == full.absent + full.excused
    assert (masked.absent_sick, masked.suspended, masked.bereaved) == (0, 0, 0)
    assert (masked.present, masked.not_arrived) == (full.present, full.not_arrived)
