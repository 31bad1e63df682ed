"""Reads for the nurse's office: who was not at school, whatever the reason."""

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.attendance.queries.illness import away_between, ill_days, reason_label


def test_late_children_were_at_school_and_absent_ones_were_not(scope):
    found = away_between(scope.today.replace(day=1), scope.today)
    rows = AttendanceMark.objects.filter(date__month=11)
    assert found == {(m.student_id, m.date) for m in rows if m.status != "present"}
    assert any(row.status == "present" for row in rows)


def test_every_ill_day_has_a_word_and_days_outside_are_left_out(scope):
    actor = scope.actor("school_nurse", "midorigaoka")
    first = scope.today.replace(day=10)
    rows = ill_days(actor, first=first, last=scope.today)
    assert rows
    assert all(first <= row.date <= scope.today for row in rows)
    assert {reason_label(row.reason) for row in rows if row.reason} <= {
        "発熱", "かぜの症状", "腹痛・吐き気", "感染症",
    }  # fmt: skip
    assert any(row.is_suspended for row in rows)


def test_teacher_gets_the_own_class_only(scope):
    actor = scope.actor("homeroom_teacher", "midorigaoka")
    rows = ill_days(actor, first=scope.today.replace(day=1), last=scope.today)
    assert {row.homeroom_id for row in rows} <= {scope.homeroom_id("1年1組")}
    office = scope.actor("office_staff", "midorigaoka")
    assert ill_days(office, first=scope.today.replace(day=1), last=scope.today) == []
