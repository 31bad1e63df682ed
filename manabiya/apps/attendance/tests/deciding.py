"""Deeds on a child's days in a confirmed class, and what they come to."""

from datetime import date

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.apps.attendance.models import AttendanceMark

SCHOOL = "midorigaoka"
MONDAY = date(2026, 11, 9)
FLU = PeriodWord("suspension", Days(MONDAY), disease="influenza")


def actor(scope, role):
    return scope.actor(role, SCHOOL)


def mark(scope, room, student_id, day, status="absent_sick", **more):
    return AttendanceMark.objects.create(
        student_id=student_id, date=day, homeroom_id=room[0], status=status, source="teacher",
        decided_by_id=actor(scope, "homeroom_teacher").person_id, decided_at=scope.now(8, 31),
        **more,
    )  # fmt: skip


def propose(scope, student_id, word=FLU, role="homeroom_teacher"):
    return services.propose_period(
        actor=actor(scope, role), student_id=student_id, word=word, now=scope.now(8, 0)
    )


def decide(scope, period, role="principal", version=None):
    return services.decide_period(
        actor=actor(scope, role), period_id=period.id, version=version or period.version,
        now=scope.now(9, 0),
    )  # fmt: skip


def move(scope, period, days, *, is_over=False, role="principal"):
    return services.move_period(
        actor=actor(scope, role), period_id=period.id, days=days, is_over=is_over, reason="",
        version=period.version, now=scope.now(10, 0),
    )  # fmt: skip


def codes(student_id):
    rows = AttendanceMark.objects.filter(student_id=student_id).order_by("date")
    return {
        row.date.day: rules.code_of(
            row.status, late=row.late, left_early=row.left_early, cause=row.cause
        )
        for row in rows
    }


def sums(scope, room, student_id):
    page = queries.register_month(
        actor(scope, "principal"), homeroom_id=room[0], first=date(2026, 11, 1), today=scope.today
    )
    return next(row.summary for row in page.rows if row.seat.student_id == student_id)
