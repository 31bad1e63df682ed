"""Many children at once count as the law counts each of them."""

from datetime import date, timedelta
from functools import reduce
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manabiya.apps.attendance.queries.counted_days import MarkLine
from manabiya.apps.attendance.queries.register import closed_day, day_of
from manabiya.apps.statistics.counting import RoomDays, count
from manabiya.apps.statistics.periods import Span
from manabiya.law.attendance import AttendanceSummary, add, summarize
from manabiya.roster.queries import StayLine

CHILD, ROOM = UUID(int=1), UUID(int=2)
FIRST = date(2026, 11, 2)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
SPAN = Span(DAYS[0], DAYS[-1])
VALUES = [
    None,
    ("absent_sick", "", False, False),
    ("absent_other", "", False, False),
    ("attendance_suspension", "S1", False, False),
    ("attendance_suspension", "S6", False, False),
    ("bereavement", "S5", False, False),
    ("deemed_present", "", False, False),
    ("not_arrived", "", False, False),
    ("present", "", True, False),
    ("present", "", True, True),
]
DAY = st.tuples(st.sampled_from(VALUES), st.sampled_from(["confirmed", "open", "closed"]))


class _Row:
    """A mark as the register reads it."""

    def __init__(self, value):
        self.status, self.cause, self.late, self.left_early = value


def numbers(summary):
    return {
        "required": summary.required_days - summary.unconfirmed_days,
        "attended": summary.attended_days,
        "absent_sick": summary.by_cause["absent_sick"],
        "absent_other": summary.by_cause["absent_other"],
        "suspended": summary.suspension_days,
        "bereaved": summary.bereavement_days,
        "late": summary.late_count,
        "left_early": summary.left_early_count,
        "deemed": summary.deemed_days,
        "unconfirmed": summary.unconfirmed_days,
    }


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DAY, min_size=12, max_size=12), st.integers(0, 5), st.integers(6, 11))
def test_a_childs_days_come_to_what_the_law_says(story, starts, ends):
    days = {kind: [d for d, (_, k) in zip(DAYS, story, strict=True) if k == kind]
            for kind in ("confirmed", "open", "closed")}  # fmt: skip
    room = RoomDays(days["confirmed"], days["open"], days["closed"])
    stay = StayLine(CHILD, ROOM, 1, 1, DAYS[starts], DAYS[ends])
    marks = [MarkLine(CHILD, ROOM, day, *value) for day, (value, _) in zip(DAYS, story, strict=True)
             if value]  # fmt: skip
    found = count([stay], marks, {(ROOM, 1): room}, [SPAN])
    counted = []
    for day, (value, kind) in zip(DAYS, story, strict=True):
        if not stay.starts_on <= day <= stay.ends_on:
            continue
        mark = _Row(value) if value else None
        is_confirmed = kind == "confirmed"
        counted.append(
            closed_day(day, mark)
            if kind == "closed"
            else day_of(day, mark, is_confirmed=is_confirmed)
        )
    law = numbers(reduce(add, [summarize(counted)], AttendanceSummary()))
    tally = found.sums(0)
    assert {kind: tally.of(kind) for kind in law} == law
    for (key, kind), dates in found.days.items():
        assert len(dates) == found.tallies[key].of(kind)


def test_spans_that_overlap_count_each_for_itself():
    room = RoomDays(DAYS, [], [])
    stay = StayLine(CHILD, ROOM, 1, 1, DAYS[0], None)
    mark = MarkLine(CHILD, ROOM, DAYS[3], "absent_sick", "", False, False)
    spans = [SPAN, Span(DAYS[0], DAYS[2]), Span(DAYS[3], DAYS[3])]
    found = count([stay], [mark], {(ROOM, 1): room}, spans)
    assert [found.sums(n).absent_sick for n in range(3)] == [1, 0, 1]
    assert [found.sums(n).required for n in range(3)] == [12, 3, 1]
    assert [str(found.sums(n).rate) for n in range(3)] == ["91.7", "100.0", "0.0"]


def test_a_child_that_changes_its_class_counts_in_both():
    other = UUID(int=3)
    rooms = {(ROOM, 1): RoomDays(DAYS, [], []), (other, 1): RoomDays(DAYS, [], [])}
    stays = [
        StayLine(CHILD, ROOM, 1, 1, DAYS[0], DAYS[4]),
        StayLine(CHILD, other, 1, 1, DAYS[5], None),
    ]
    mark = MarkLine(CHILD, ROOM, DAYS[6], "absent_sick", "", False, False)
    found = count(stays, [mark], rooms, [SPAN])
    assert found.by_room(0)[ROOM].required == 5
    assert found.by_room(0)[other].required == 7
    assert found.sums(0).absent_sick == 0, "a mark of a class the child had left"


def test_nobody_is_counted_without_a_day():
    assert count([], [], {}, [SPAN]).sums(0).rate is None
