"""Four small classes in October 2026, and their registers written by hand from the rules.

``.`` 出席, ``#`` 休業日, ``/`` 在籍外, else the mark. The sums are 授業日数, 出席停止・忌引等, 出席停止等,
忌引等, 出席しなければならない日数, 欠席, 病欠, 事故欠, 出席, 遅刻, 早退, うち出席扱い. No line of the product made
any of them: change them only with the rules in hand.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.register.tests.conftest import OCTOBER, confirm_days
from manabiya.roster.models import (
    CalendarDay,
    DayChange,
    Enrollment,
    Homeroom,
    School,
    StaffMember,
    Student,
)

DAYS_OFF = {3, 4, 10, 11, 12, 17, 18, 24, 25, 31}


@dataclass(frozen=True)
class Child:
    """A child as the register should show it; ``marks``: (day, status, cause, late, early)."""

    grade: int
    number: int
    name: str
    marks: tuple
    shown: str
    sums: tuple
    remarks: str
    from_day: int = 0
    to_day: int = 0
    again_day: int = 0


@dataclass(frozen=True)
class Small:
    """A class, its sums of all children, 出席率 and 在籍 (月初 転入 転出 月末)."""

    name: str
    kind: str
    children: tuple
    totals: tuple
    rate: str
    enrolled: tuple
    line: str


SICK, OTHER = "absent_sick", "absent_other"
STOP, MOURN, DEEMED = "attendance_suspension", "bereavement", "deemed_present"

REGULAR = Small(
    "6年9組",
    "regular",
    (
        Child(
            6, 1, "青木 一郎",
            (
                (6, SICK, "", False, False), (7, "present", "", True, False),
                (8, MOURN, "S5", False, False), (9, MOURN, "S5", False, False),
                (15, "present", "", False, True), (16, "present", "", True, True),
            ),
            ". . # # . 病 遅 忌 忌 # # # . . 早 遅早 # # . . . . . # # . . . . . #",
            (21, 2, 0, 2, 19, 1, 1, 0, 18, 2, 2, 0), "",
        ),
        Child(
            6, 2, "井上 花子",
            (
                (1, STOP, "S1", False, False), (2, STOP, "S1", False, False),
                (13, OTHER, "", False, False),
            ),
            "停 停 # # . . . . . # # # 事 . . . / / / / / / / / / / / / / / /",
            (11, 2, 2, 0, 9, 1, 0, 1, 8, 0, 0, 0), "10/16転出", to_day=16,
        ),
        Child(
            6, 3, "上田 次郎",
            ((22, DEEMED, "", False, False), (23, DEEMED, "", False, False)),
            "/ / / / / / / / / / / / / / / / / / / . . 扱 扱 # # . . . . . #",
            (9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 2), "10/20転入 出席扱い2", from_day=20,
        ),
    ),
    (41, 4, 2, 2, 37, 2, 1, 1, 35, 2, 2, 2), "94.6", (2, 1, 1, 2),
    "授業日数 21 ・ 在籍 月初2 転入1 転出1 月末2 ・ 延べ欠席 2 ・ 出席率 94.6%",
)  # fmt: skip
MULTIGRADE = Small(
    "3・4年",
    "multigrade_class",
    (
        Child(
            3, 1, "加藤 三郎", ((14, OTHER, "", False, False),),
            ". . # # . . . . . # # # . 事 . . # # . . . . . # # . . . . . #",
            (21, 0, 0, 0, 21, 1, 0, 1, 20, 0, 0, 0), "",
        ),
        Child(
            4, 1, "木村 四葉", ((21, STOP, "S6", False, False),),
            ". . # # . . . . . # # # . # . . # # . . 災 . . # # . . . . . #",
            (20, 1, 0, 1, 19, 0, 0, 0, 19, 0, 0, 0), "非常変災1",
        ),
    ),
    (41, 1, 0, 1, 40, 1, 0, 1, 39, 0, 0, 0), "97.5", (2, 0, 0, 2),
    "授業日数 3年21・4年20 ・ 在籍 月初2 転入0 転出0 月末2 ・ 延べ欠席 1 ・ 出席率 97.5%",
)  # fmt: skip
SPECIAL = Small(
    "あおぞら",
    "special_needs_class",
    (
        Child(
            1, 1, "佐々木 五月", ((28, STOP, "S1", False, False),),
            ". . # # . . . . . # # # . . . . # # . . . . . # # . . 停 閉 # #",
            (20, 2, 2, 0, 18, 0, 0, 0, 18, 0, 0, 0), "学級閉鎖1",
        ),
        Child(
            5, 1, "清水 六実", ((5, SICK, "", False, False),),
            ". . # # 病 . . . . # # # . . . . # # . . . . . # # . . 閉 閉 . #",
            (21, 2, 2, 0, 19, 1, 1, 0, 18, 0, 0, 0), "学級閉鎖2",
        ),
    ),
    (41, 4, 4, 0, 37, 1, 1, 0, 36, 0, 0, 0), "97.3", (2, 0, 0, 2),
    "授業日数 1年20・5年21 ・ 在籍 月初2 転入0 転出0 月末2 ・ 延べ欠席 1 ・ 出席率 97.3%",
)  # fmt: skip
CLOSED = Small(
    "2年9組",
    "regular",
    (
        Child(
            2, 1, "高橋 七海", (),
            ". . # # . 閉 閉 # . # # # . . . . # # . . . . . # # . . . . . #",
            (20, 2, 2, 0, 18, 0, 0, 0, 18, 0, 0, 0), "学級閉鎖2",
        ),
        Child(
            2, 2, "千葉 八郎",
            ((6, SICK, "", False, False), (7, STOP, "S1", False, False),
             (8, SICK, "", False, False)),
            ". . # # . 閉 停 # . # # # . . . . # # . . . . . # # . . . . . #",
            (20, 2, 2, 0, 18, 0, 0, 0, 18, 0, 0, 0), "学級閉鎖1",
        ),
        Child(
            2, 3, "津田 九美", ((22, SICK, "", False, False),),
            ". . # # . 閉 閉 # . / / / / / / / / / / . . 病 . # # . . . . . #",
            (15, 2, 2, 0, 13, 1, 1, 0, 12, 0, 0, 0), "10/9転出 10/20転入 学級閉鎖2",
            to_day=9, again_day=20,
        ),
    ),
    (55, 6, 6, 0, 49, 1, 1, 0, 48, 0, 0, 0), "98.0", (3, 1, 1, 3),
    "授業日数 20 ・ 在籍 月初3 転入1 転出1 月末3 ・ 延べ欠席 1 ・ 出席率 98.0%",
)  # fmt: skip
"""Closed for two days while the grade's other classes go on; the third day the whole grade is."""
SMALL = (REGULAR, MULTIGRADE, SPECIAL, CLOSED)


SEPTEMBER_OFF = {5, 6, 12, 13, 19, 20, 21, 22, 23, 26, 27}
SEPTEMBER_MARKS = {
    "青木 一郎": ((1, SICK, "", False, False), (2, STOP, "S1", False, False)),
    "井上 花子": ((3, "present", "", True, False),),
}
SEPTEMBER_SUMS = {
    "青木 一郎": (19, 1, 1, 0, 18, 1, 1, 0, 17, 0, 0, 0),
    "井上 花子": (19, 0, 0, 0, 19, 0, 0, 0, 19, 1, 0, 0),
}
YEAR_SUMS = {
    "青木 一郎": (40, 3, 1, 2, 37, 2, 2, 0, 35, 2, 2, 0),
    "井上 花子": (30, 2, 2, 0, 28, 1, 0, 1, 27, 1, 0, 0),
    "上田 次郎": (9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 2),
}
YEAR_REMARKS = ("9/1転入", "9/1転入 10/16転出", "10/20転入 出席扱い2")
YEAR_TOTALS = (79, 5, 3, 2, 74, 3, 2, 1, 71, 3, 2, 2)
"""September and both months of the regular class, whose children came on 9/1; 71 ÷ 74 is 95.9 %."""


def make_two_months(city) -> UUID:
    """Write the regular class with September before its October; return its id."""
    room_id = make(REGULAR, city)
    seats = Enrollment.objects.filter(homeroom_id=room_id).select_related("student")
    seats.filter(starts_on=date(2026, 4, 1)).update(starts_on=date(2026, 9, 1))
    school = School.objects.get(slug="midorigaoka")
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    CalendarDay.objects.filter(school=school, date__range=(first, last)).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            school=school, date=date(2026, 9, day), grade_level=0,
            is_school_day=day not in SEPTEMBER_OFF,
        )
        for day in range(1, 31)
    )  # fmt: skip
    for seat in seats:
        name = f"{seat.student.family_name} {seat.student.given_name}"
        _mark(seat.student, room_id, 9, SEPTEMBER_MARKS.get(name, ()), city)
    confirm_days(room_id, first, last, city.now())
    return room_id


def make(small: Small, city) -> UUID:
    """Write the class with its October, every day confirmed; return its id."""
    school = School.objects.get(slug="midorigaoka")
    october(school)
    room = Homeroom.objects.create(
        school=school, school_year=2026, name=small.name, kind=small.kind, position=900
    )
    if small is SPECIAL:
        close(school, city, homeroom=room, first=28, last=29)
        close(school, city, grade_level=1, first=30, last=30)
    if small is CLOSED:
        close(school, city, homeroom=room, first=6, last=7)
        close(school, city, grade_level=2, first=8, last=8)
    for child in small.children:
        _enroll(school, room, child, city)
    confirm_days(room.id, OCTOBER, date(2026, 10, 31), city.now())
    return room.id


def october(school):
    """Name the 授業日 of October; the fourth grade has the 14th off."""
    rows = CalendarDay.objects.filter(school=school, date__range=(OCTOBER, date(2026, 10, 31)))
    rows.delete()
    for day in range(1, 32):
        CalendarDay.objects.create(
            school=school, date=date(2026, 10, day), grade_level=0,
            is_school_day=day not in DAYS_OFF, label="スポーツの日" if day == 12 else "",
        )  # fmt: skip
    CalendarDay.objects.create(
        school=school, date=date(2026, 10, 14), grade_level=4, is_school_day=False, label=""
    )


def _enroll(school, room, child, city):
    family, given = child.name.split(" ")
    student = Student.objects.create(
        family_name=family, given_name=given, family_kana="か", given_kana="な",
        birth_date=date(2015, 5, 5), sex="male", reference=f"small-{room.name}-{child.name}",
    )  # fmt: skip
    Enrollment.objects.create(
        student=student, school=school, homeroom=room, grade_level=child.grade,
        roll_number=child.number,
        starts_on=date(2026, 10, child.from_day) if child.from_day else date(2026, 4, 1),
        ends_on=date(2026, 10, child.to_day) if child.to_day else None,
    )  # fmt: skip
    if child.again_day:
        Enrollment.objects.create(
            student=student, school=school, homeroom=room, grade_level=child.grade,
            roll_number=child.number, starts_on=date(2026, 10, child.again_day),
        )  # fmt: skip
    _mark(student, room.id, 10, child.marks, city)


def _mark(student, room_id, month, marks, city):
    staff = StaffMember.objects.order_by("number")[0]
    for day, status, cause, late, early in marks:
        AttendanceMark.objects.create(
            student=student, homeroom_id=room_id, date=date(2026, month, day), status=status, cause=cause,
            late=late, left_early=early, source="teacher", decided_by=staff,
            decided_at=city.now(),
        )  # fmt: skip


def close(school, city, *, first, last, **scope):
    """Close a class or a grade of the school for days of October."""
    staff = StaffMember.objects.order_by("number")[0]
    DayChange.objects.create(
        school=school, starts_on=date(2026, 10, first), ends_on=date(2026, 10, last),
        kind="closed", cause="infection", set_by=staff, set_at=city.now(), **scope,
    )  # fmt: skip


MADE_AT = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
