"""A child changes the class within the school: no 転入, no 転出, each class counts its own days.

The cells are written by hand from the rules of the record; October 2026 has 21 授業日, 11 of them
until the 16th, 10 from the 19th (``small_classes``).
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.register import papers, queries, services, year_papers
from manabiya.apps.register.document import SUMS
from manabiya.apps.register.grid import grid_of
from manabiya.apps.register.tests.conftest import OCTOBER, Room, confirm_days
from manabiya.apps.register.tests.small_classes import october
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Enrollment, Homeroom, School, StaffMember, Student

CHANGED = Enrollment.Entry.CLASS_CHANGE
OUT = "/ / / / / / / / / / / / / / / / / /"
OLD = [
    (1, "石田 一", "病 . # # . . . . . # # # . . . . # # / / / / / / / / / / / / /",
     (11, 0, 0, 0, 11, 1, 1, 0, 10, 0, 0, 0), "10/18まで(学級の変更)"),
    (2, "上野 双葉", ". . # # . . . . . # # # . . . . # # . . . . . # # . . . . . #",
     (21, 0, 0, 0, 21, 0, 0, 0, 21, 0, 0, 0), ""),
]  # fmt: skip
NEW = [
    (1, "江口 三葉", ". . # # . . . . . # # # . . . . # # . . . . . # # . . . . . #",
     (21, 0, 0, 0, 21, 0, 0, 0, 21, 0, 0, 0), ""),
    (2, "石田 一", f"{OUT} . 遅 . . . # # . . . . . #",
     (10, 0, 0, 0, 10, 0, 0, 0, 10, 1, 0, 0), "10/19から(学級の変更)"),
]  # fmt: skip
OLD_LINE = (
    "授業日数 21 ・ 在籍 月初2 転入0 転出0 学級の変更 入0 出1 月末1 ・ 延べ欠席 1 ・ 出席率 96.9%"
)
NEW_LINE = (
    "授業日数 21 ・ 在籍 月初1 転入0 転出0 学級の変更 入1 出0 月末2 ・ 延べ欠席 0 ・ 出席率 100.0%"
)
CHILD = (21, 0, 0, 0, 21, 1, 1, 0, 20, 1, 0, 0)
"""The child's month at the school, both classes added: 11 + 10 days, one 病欠, one 遅刻."""


@pytest.fixture
def rooms(scope):
    """Return the old and the new class, October confirmed in both."""
    school = School.objects.get(slug="midorigaoka")
    october(school)
    old, new = (
        Homeroom.objects.create(school=school, school_year=2026, name=name, position=900)
        for name in ("6年8組", "6年9組")
    )
    one, two, three = (
        Student.objects.create(
            family_name=family, given_name=given, family_kana="か", given_kana="な",
            birth_date=date(2015, 5, 5), sex="female", reference=f"change-{family}",
        )
        for family, given in (("石田", "一"), ("上野", "双葉"), ("江口", "三葉"))
    )  # fmt: skip
    _seat(one, old, 1, ends_on=date(2026, 10, 18), exit=Enrollment.Exit.CLASS_CHANGE)
    _seat(one, new, 2, starts_on=date(2026, 10, 19), entry=CHANGED)
    _seat(two, old, 2)
    _seat(three, new, 1)
    staff = StaffMember.objects.order_by("number")[0]
    for room, day, status, late in (
        (old, 1, "absent_sick", False),
        (new, 20, "present", True),
    ):
        AttendanceMark.objects.create(
            student=one, homeroom=room, date=date(2026, 10, day), status=status, late=late,
            source="teacher", decided_by=staff, decided_at=scope.now(),
        )  # fmt: skip
    for room in (old, new):
        confirm_days(room.id, OCTOBER, date(2026, 10, 31), scope.now())
    return Room(scope, old.id), Room(scope, new.id)


def _seat(student, room, number, **more):
    Enrollment.objects.create(
        student=student, school=room.school, homeroom=room, grade_level=6, roll_number=number,
        **{"starts_on": date(2026, 4, 1), "entry": Enrollment.Entry.PROMOTION, **more},
    )  # fmt: skip


def wanted(lines):
    return [
        [
            str(number),
            name,
            *("" if m in ".#/" else m for m in shown.split()),
            *map(str, sums),
            said,
        ]
        for number, name, shown, sums, said in lines
    ]


def texts(document):
    return [row.texts() for row in grid_of(document).rows]


def test_each_class_has_its_days_and_says_it_was_a_change(rooms):
    old, new = (queries.live_month(room.id, OCTOBER, room.city.today).document for room in rooms)
    assert texts(old) == wanted(OLD)
    assert texts(new) == wanted(NEW)
    assert papers.class_line(old) == OLD_LINE
    assert papers.class_line(new) == NEW_LINE
    for document in (old, new):
        assert [row["remarks"] for row in document["rows"] if "転" in row["remarks"]] == []


def test_closed_months_add_up_to_the_childs_month_at_the_school(rooms):
    _old, new = rooms
    for room in rooms:
        services.check_month(**room.of(room.actor("vice_principal")))
        services.close_month(**room.of(room.actor("vice_principal")))
    school = School.objects.get(slug="midorigaoka").id
    child = Enrollment.objects.filter(homeroom_id=new.id, entry=CHANGED).get().student_id
    totals = queries.year_totals(school, school_year_of(OCTOBER), OCTOBER)[str(child)]
    assert tuple(totals.sums[name] for name in SUMS) == CHILD


def year_of(room):
    return queries.year_page(
        room.actor("principal"), homeroom_id=room.id, today=room.city.today
    ).sheet


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
def test_year_of_both_classes_says_it_was_a_change(rooms, is_closed):
    if is_closed:
        for room in rooms:
            services.check_month(**room.of(room.actor("vice_principal")))
            services.close_month(**room.of(room.actor("vice_principal")))
    old, new = (year_of(room) for room in rooms)
    assert [(row.name, row.remarks) for row in old.rows] == [
        ("石田 一", "10/18まで(学級の変更)"), ("上野 双葉", ""),
    ]  # fmt: skip
    assert [(row.name, row.remarks) for row in new.rows] == [
        ("江口 三葉", ""), ("石田 一", "10/19から(学級の変更)"),
    ]  # fmt: skip
    figures = dict(year_papers.class_figures(old))
    assert [figures[word][6] for word in ("在籍 月初", "転入", "転出", "在籍 月末")] == [
        "2", "0", "0", "1",
    ]  # fmt: skip
    assert [figures[f"学級の変更 {way}"][6] for way in ("入", "出")] == ["0", "1"]
    assert dict(year_papers.class_figures(new))["学級の変更 入"][-1] == "1"


def test_year_without_a_change_has_no_row_for_it(room):
    assert "学級の変更 入" not in dict(year_papers.class_figures(year_of(room)))


def test_what_the_office_changes_stands_in_the_month(scope):
    """By the office's own deed: today is the first day in the other class."""
    from manabiya.roster.enrolling.services import change_class

    room = Room(scope, scope.homeroom_id("1年1組"), date(2026, 11, 1))
    seat = Enrollment.objects.filter(homeroom_id=room.id).order_by("roll_number")[4]
    other = scope.homeroom_id("1年2組")
    office = replace(scope.actor("office_staff", "midorigaoka"), today=scope.today)
    change_class(actor=office, student_id=seat.student_id, homeroom_id=other, first_day=scope.today)
    said = {}
    for homeroom_id in (room.id, UUID(str(other))):
        document = queries.live_month(homeroom_id, room.month, scope.today).document
        rows = {row["student"]: row["remarks"] for row in document["rows"]}
        said[homeroom_id] = rows[str(seat.student_id)]
        assert (document["enrolled"]["came"], document["enrolled"]["left"]) == (0, 0)
    assert list(said.values()) == ["11/19まで(学級の変更)", "11/20から(学級の変更)"]


def test_child_who_came_back_to_the_class_in_the_month_has_both_days(rooms):
    """Out on the 9th by a move to another school is 転出, back on the 19th by a change is none."""
    old, _new = rooms
    child = Enrollment.objects.get(homeroom_id=old.id, roll_number=2)
    Enrollment.objects.filter(pk=child.pk).update(
        ends_on=date(2026, 10, 9), exit=Enrollment.Exit.TRANSFER_OUT
    )
    _seat(child.student, child.homeroom, 2, starts_on=date(2026, 10, 19), entry=CHANGED)
    document = queries.live_month(old.id, OCTOBER, old.city.today).document
    assert document["rows"][1]["remarks"] == "10/9転出 10/19から(学級の変更)"
    there = document["enrolled"]
    moved = {key: there[key] for key in ("first", "came", "left", "changed_in", "changed_out")}
    assert moved == {"first": 2, "came": 0, "left": 1, "changed_in": 1, "changed_out": 1}
    assert there["last"] == 2 + 0 - 1 + 1 - 1
