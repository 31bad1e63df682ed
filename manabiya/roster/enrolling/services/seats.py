"""A seat in a class: the next 出席番号, and the row that begins it."""

from datetime import date
from uuid import UUID

from manabiya.law.school_year import last_day as last_day_of
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.models import (
    Enrollment,
    ExchangePlacement,
    Homeroom,
    SchoolYearClosing,
    Transfer,
)
from manabiya.roster.models.dated import on_day


def locked_homeroom(homeroom_id: UUID, school_id: UUID, day: date) -> Homeroom:
    """Return the class of the school and of the year of ``day``, held: numbers are given in turn."""
    year = school_year_of(day)
    rows = Homeroom.objects.select_for_update().filter(school_id=school_id, school_year=year)
    homeroom = rows.filter(pk=homeroom_id).first()
    if homeroom is None:
        raise EnrollingRefused(f"この学校の{year}年度の学級を選んでください。", "homeroom")
    return homeroom


def check_grade(homeroom: Homeroom, grade_level: int, kind: str) -> None:
    """Raise :class:`EnrollingRefused` when the grade is not one of school and class.

    A 通常学級 with children in it holds their grade only.
    """
    if not rules.is_grade(grade_level, kind):
        raise EnrollingRefused("この学校にない学年です。学年を選びなおしてください。", "grade")
    seats = Enrollment.objects.filter(homeroom_id=homeroom.id)
    grades = set(seats.values_list("grade_level", flat=True))
    if homeroom.kind == Homeroom.Kind.REGULAR and grades and grade_level not in grades:
        raise EnrollingRefused(
            f"{homeroom.name}は{min(grades)}年の学級です。学年か学級を選びなおしてください。",
            "grade",
        )


def seat(
    student_id: UUID, homeroom: Homeroom, *, grade_level: int, entry: str, starts_on: date
) -> Enrollment:
    """Begin an enrollment with the next 出席番号; refuse when the child belongs somewhere then."""
    others = Enrollment.objects.filter(student_id=student_id)
    if others.filter(on_day(starts_on)).exists() or others.filter(starts_on__gt=starts_on).exists():
        raise EnrollingRefused(
            "この日からの在籍が、もう登録されています。在籍のこれまでを確かめてください。"
        )
    numbers = Enrollment.objects.filter(homeroom_id=homeroom.id)
    return Enrollment.objects.create(
        student_id=student_id,
        school_id=homeroom.school_id,
        homeroom=homeroom,
        grade_level=grade_level,
        roll_number=rules.next_number(numbers.values_list("roll_number", flat=True)),
        entry=entry,
        starts_on=starts_on,
    )


def leave(enrollment: Enrollment, last_day: date, exit_: str) -> None:
    """End an enrollment, and the 交流学級 of the child with it."""
    enrollment.ends_on, enrollment.exit = last_day, exit_
    enrollment.save(update_fields=["ends_on", "exit"])
    placed = ExchangePlacement.objects.filter(student_id=enrollment.student_id)
    placed.filter(starts_on__gt=last_day).delete()
    placed.filter(on_day(last_day)).update(ends_on=last_day)


def ending_enrollment(student_id: UUID, last_day: date, today: date) -> Enrollment:
    """Return the enrollment that can end on ``last_day``, or refuse: the day, what comes later."""
    if not rules.is_record_day(last_day, today):
        raise EnrollingRefused(
            "学校を去る日は、14日前から、今年度の終わりまでの日にしてください。", "last_day"
        )
    if Transfer.objects.filter(student_id=student_id, closed_at=None).exists():
        raise EnrollingRefused("この人の転学は、もう記録してあります。転出入を見てください。")
    rows = Enrollment.objects.filter(student_id=student_id)
    if rows.filter(starts_on__gt=last_day).exists():
        raise EnrollingRefused("その後の在籍が、もう登録されています。", "last_day")
    enrollment = rows.filter(on_day(last_day)).first()
    if enrollment is None:
        raise EnrollingRefused("この日には、この学校の在籍がありません。", "last_day")
    if enrollment.exit in Enrollment.Exit.of_the_city():
        raise EnrollingRefused("この人が去ることは、もう記録してあります。転出入を見てください。")
    return enrollment


def stay(enrollment: Enrollment) -> None:
    """Let an enrollment that had been ended go on: to the end of its year when that is closed."""
    left_on, enrollment.ends_on, enrollment.exit = enrollment.ends_on, None, ""
    year = enrollment.homeroom.school_year
    closed = SchoolYearClosing.objects.filter(school_id=enrollment.school_id, school_year=year)
    if closed.exists():
        leaves = rules.graduates(enrollment.grade_level, enrollment.school.kind)
        enrollment.ends_on = last_day_of(year)
        enrollment.exit = Enrollment.Exit.GRADUATION if leaves else Enrollment.Exit.PROMOTION
    enrollment.save(update_fields=["ends_on", "exit"])
    ExchangePlacement.objects.filter(student_id=enrollment.student_id, ends_on=left_on).update(
        ends_on=enrollment.ends_on
    )
