"""Staff with duties; posts to come for managers and board only; the page of the school."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from manabiya.kernel.access.policies import Refused
from manabiya.law.school_code import is_valid
from manabiya.roster.models import Appointment, School, SchoolDuty, StaffMember, Term, YearPlan
from manabiya.roster.policies import STAFF_COMING_VIEW
from manabiya.roster.queries.staff import coming_appointments, staff_lines

BASE = "/m/shirakabano/school/midorigaoka/"
FIRST = date(2027, 4, 1)
NAME = "新任川"
OTHERS = (
    "academic_affairs_head",
    "grade_head",
    "homeroom_teacher",
    "assistant_homeroom_teacher",
    "subject_teacher",
    "school_nurse",
    "office_staff",
)


@pytest.fixture
def coming(city):
    """Appoint somebody to 緑が丘小学校 from 4/1, and somebody to 東川端中学校."""
    with city.tenant():
        found = []
        for number, slug in enumerate(("midorigaoka", "higashikawabata")):
            member = StaffMember.objects.create(
                family_name=f"{NAME}{number}", given_name="来", family_kana="しんにんがわ",
                given_kana="らい", number=f"NEXT{number}",
            )  # fmt: skip
            found.append(
                Appointment.objects.create(
                    staff_member=member,
                    school=School.objects.get(slug=slug),
                    post="subject_teacher",
                    starts_on=FIRST,
                )
            )
        return found


def names(actor):
    return [row.staff_member.family_name for row in coming_appointments(actor)]


def test_managers_see_those_of_their_school_and_the_board_all(city, coming):
    with city.tenant():
        for role in ("principal", "vice_principal"):
            assert names(city.actor(role, "midorigaoka")) == [f"{NAME}0"]
        for role in ("board_officer", "board_administrator"):
            assert names(city.actor(role)) == [f"{NAME}0", f"{NAME}1"]
    page = city.client("principal", "midorigaoka").get(f"{BASE}staff/coming/").content.decode()
    assert f"{NAME}0" in page
    assert f"{NAME}1" not in page
    board = city.client("board_officer").get("/m/shirakabano/board/staff/coming/")
    assert f"{NAME}1" in board.content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_for_everybody_else_they_do_not_exist(city, coming, role):
    with city.tenant():
        actor = city.actor(role, "midorigaoka")
        assert names(actor) == []
        with pytest.raises(Refused):
            STAFF_COMING_VIEW.require(actor)
        assert not any(NAME in line.post.staff_member.family_name for line in staff_lines(actor))
    client = city.client(role, "midorigaoka")
    assert client.get(f"{BASE}staff/coming/").status_code == 403
    page = client.get(f"{BASE}staff/").content.decode()
    assert NAME not in page
    assert "これからの職" not in page


def test_on_the_day_itself_everybody_sees_them(city, coming):
    with city.tenant():
        teacher = replace(city.actor("homeroom_teacher", "midorigaoka"), today=FIRST)
        manager = replace(city.actor("principal", "midorigaoka"), today=FIRST)
        found = [line.post.staff_member.family_name for line in staff_lines(teacher)]
        assert f"{NAME}0" in found
        assert names(manager) == []


def test_staff_page_shows_duties_and_concurrent_posts(city, coming):
    with city.tenant():
        member = city.membership("grade_head", "midorigaoka").person_id
        school = School.objects.get(slug="midorigaoka")
        for name, is_head, starts_on, ends_on in (
            ("生徒指導", True, date(2026, 4, 1), None),
            ("情報", False, date(2026, 4, 1), None),
            ("給食", False, date(2025, 4, 1), date(2026, 3, 31)),
            ("図書", False, date(2027, 4, 1), None),
        ):
            SchoolDuty.objects.create(
                staff_member_id=member, school=school, name=name, is_head=is_head,
                starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip
        Appointment.objects.create(
            staff_member_id=member, school=school, post="subject_teacher", is_main=False,
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
        lines = [
            line
            for line in staff_lines(city.actor("homeroom_teacher", "midorigaoka"))
            if line.post.staff_member_id == member
        ]
        assert [line.post.is_main for line in lines] == [True, False]
        assert [duty.name for duty in lines[0].duties] == ["生徒指導", "情報"]
        assert lines[1].duties == ()
    page = city.client("homeroom_teacher", "midorigaoka").get(f"{BASE}staff/").content.decode()
    for word in ("生徒指導", "主任", "情報", "兼務", "校務分掌"):
        assert word in page
    assert "給食" not in page
    assert "図書" not in page


def test_branch_names_its_main_school_and_terms_are_its_own_or_the_citys(city):
    with city.tenant():
        main = School.objects.get(slug="midorigaoka")
        branch = School.objects.create(
            code="B101299980024", slug="bunko", name="奥緑分校", kind="elementary_school",
            main_school=main,
        )  # fmt: skip
        Appointment.objects.create(
            staff_member_id=city.membership("principal", "midorigaoka").person_id, school=branch,
            post="principal", is_main=False, starts_on=date(2026, 4, 1),
        )  # fmt: skip
        Term.objects.filter(school_year=2026).delete()
        YearPlan.objects.all().delete()
        for school, name in ((None, "市の前期"), (branch, "分校の前期")):
            Term.objects.create(
                school=school, school_year=2026, number=1, name=name,
                starts_on=date(2026, 4, 1), ends_on=date(2026, 10, 9),
            )  # fmt: skip
    client = city.client("principal", "midorigaoka")
    of_main = client.get(f"{BASE}school/").content.decode()
    for word in ("B101299980015", "奥緑分校", "市の前期", "4月1日〜10月9日"):
        assert word in of_main
    of_branch = client.get("/m/shirakabano/school/bunko/school/").content.decode()
    assert "緑が丘小学校の分校" in of_branch
    assert "分校の前期" in of_branch
    assert "市の前期" not in of_branch


@pytest.mark.parametrize("code", ["B101299980018", "X101299980017", "B199299980017", "B1"])
def test_wrong_school_code_is_not_written(city, code):
    with city.tenant():
        with pytest.raises(ValidationError):
            School.objects.create(code=code, slug="x", name="x", kind="elementary_school")
        assert not School.objects.filter(slug="x").exists()


def test_codes_of_the_demo_are_codes(city):
    for slug in ("shirakabano", "sawanose"):
        with city.tenant(slug):
            codes = list(School.objects.values_list("code", flat=True))
            assert codes
            assert all(is_valid(code) for code in codes)


@pytest.mark.parametrize("role", ["homeroom_teacher", "office_staff", "school_nurse"])
def test_no_list_search_or_file_of_today_names_who_comes_with_the_new_year(city, coming, role):
    client = city.client(role, "midorigaoka")
    for path in (
        "", "staff/", "students/", "students/?q=しんにん", "school/",
        "attendance/", "students/export/", "transfers/", "imports/", "cover/",
    ):  # fmt: skip
        assert NAME not in client.get(BASE + path).content.decode("utf-8", "replace"), path


def test_cover_of_today_offers_nobody_who_comes_later(city, coming):
    page = city.client("principal", "midorigaoka").get(f"{BASE}cover/")
    assert page.status_code == 200
    assert NAME not in page.content.decode()


def test_several_posts_at_once_give_every_right_and_each_has_its_word(city):
    with city.tenant():
        teacher = city.actor("homeroom_teacher", "midorigaoka")
        other = School.objects.get(slug="higashikawabata")
        for post, school_id in (("grade_head", teacher.school_id), ("subject_teacher", other.id)):
            Appointment.objects.create(
                staff_member_id=teacher.person_id, school_id=school_id, post=post, is_main=False,
                starts_on=city.today, ends_on=city.today,
            )  # fmt: skip
        actor = city.actor("homeroom_teacher", "midorigaoka")
        assert {"homeroom_teacher", "grade_head"} <= {g.role for g in actor.grants}
        lines = [
            (line.post.post, line.post.is_main)
            for line in staff_lines(city.actor("principal", "midorigaoka"))
            if line.post.staff_member_id == teacher.person_id
        ]
        assert lines == [("homeroom_teacher", True), ("grade_head", False)]
        there = [
            (line.post.post, line.post.is_main)
            for line in staff_lines(city.actor("principal", "higashikawabata"))
            if line.post.staff_member_id == teacher.person_id
        ]
        assert there == [("subject_teacher", False)]
