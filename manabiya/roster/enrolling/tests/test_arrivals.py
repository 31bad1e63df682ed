"""A child comes from outside the city: seated from a day on, once, with what was known of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.enrolling.queries import outside_lines
from manabiya.roster.enrolling.services import (
    Destination,
    EnrollingRefused,
    NewStudent,
    Origin,
    admit_student,
    record_departure,
)
from manabiya.roster.models import Arrival, Enrollment, Homeroom, School, Student
from manabiya.roster.policies import STUDENT_VIEW

FIRST = date(2026, 11, 24)
WHO = NewStudent("N-4711", "蘭越", "千早", "らんこし", "ちはや", date(2019, 6, 1), "female")
FROM = Origin("汐見小学校", "遠浅市", "一家で引っ越し")
OTHERS = ("academic_affairs_head", "grade_head", "homeroom_teacher", "school_nurse")
BASE = "/m/shirakabano/school/midorigaoka/"


def admit(scope, role="office_staff", **changed):
    place = "" if role.startswith("board") else "midorigaoka"
    school = School.objects.get(slug="midorigaoka")
    return admit_student(
        **{
            "actor": scope.actor(role, place), "school_id": school.id, "person": WHO,
            "origin": FROM, "homeroom_id": scope.homeroom_id("1年1組"), "grade_level": 1,
            "first_day": FIRST, "now": scope.now(), **changed,
        }
    )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "board_officer"])
def test_office_and_board_seat_a_child_with_the_next_number(scope, role):
    numbers = Enrollment.objects.filter(homeroom_id=scope.homeroom_id("1年1組"))
    highest = max(numbers.values_list("roll_number", flat=True))
    entries = AuditEntry.objects.count()
    seat = admit(scope, role)
    assert (seat.roll_number, seat.starts_on, seat.entry) == (highest + 1, FIRST, "transfer_in")
    assert seat.student.name == "蘭越 千早"
    assert Arrival.objects.get(enrollment=seat).origin == FROM.origin
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert (entry.action, entry.school_id) == ("roster.student:admit", seat.school_id)
    assert FROM.origin not in str(entry.details)
    teacher = scope.actor("homeroom_teacher", "midorigaoka")
    seen = [
        STUDENT_VIEW.allows(replace(teacher, today=day), seat.student)
        for day in (FIRST - timedelta(days=1), FIRST)
    ]
    assert seen == [False, True]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_admits(scope, role):
    with pytest.raises(Refused):
        admit(scope, role)
    assert not Student.objects.filter(reference=WHO.reference).exists()


def test_a_school_admits_to_itself_only(scope):
    with pytest.raises(Http404):
        admit(scope, actor=scope.actor("principal", "higashikawabata"))
    assert not Student.objects.filter(reference=WHO.reference).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first_day": date(2026, 11, 5)}, "first_day"),
        ({"first_day": date(2027, 1, 20)}, "first_day"),
        ({"grade_level": 2}, "grade"),
        ({"grade_level": 7}, "grade"),
        ({"origin": Origin(" ")}, "origin"),
        ({"entry": "promotion"}, "origin"),
        ({"person": replace(WHO, reference=" ")}, "reference"),
        ({"person": replace(WHO, birth_date=date(2026, 12, 1))}, "birth_date"),
    ],
)
def test_refusals_leave_nobody_behind(scope, changed, field):
    with pytest.raises(EnrollingRefused) as refused:
        admit(scope, **changed)
    assert refused.value.field == field
    assert not Student.objects.filter(reference__in=(WHO.reference, " ", "")).exists()


def test_class_of_another_school_is_refused(scope):
    other = Homeroom.objects.filter(school__slug="higashikawabata")[0]
    with pytest.raises(EnrollingRefused) as refused:
        admit(scope, homeroom_id=other.id)
    assert refused.value.field == "homeroom"


def test_who_comes_back_keeps_history_and_name(scope, seat):
    office = scope.actor("office_staff", "midorigaoka")
    record_departure(
        actor=office, student_id=seat.student_id, kind="transfer_out",
        last_day=scope.today - timedelta(days=1), where=Destination("遠くの学校"), now=scope.now(),
    )  # fmt: skip
    old = seat.student
    again = replace(WHO, reference=old.reference, birth_date=old.birth_date)
    new = admit(scope, person=again)
    assert new.student_id == old.id
    assert new.student.name == old.name
    assert Enrollment.objects.filter(student=old).count() == 2
    assert new.roll_number != seat.roll_number


def test_number_of_somebody_else_and_of_somebody_who_is_here(scope, seat):
    held = seat.student
    taken = replace(WHO, reference=held.reference, birth_date=held.birth_date + timedelta(days=1))
    with pytest.raises(EnrollingRefused) as refused:
        admit(scope, person=taken)
    assert refused.value.field == "reference"
    here = replace(taken, birth_date=held.birth_date)
    with pytest.raises(EnrollingRefused, match="もう登録されています"):
        admit(scope, person=here)
    assert Enrollment.objects.filter(student=held).count() == 1


def sent(room, **changed):
    return {
        "reference": "N-4711", "family_name": "蘭越", "given_name": "千早",
        "family_kana": "ランコシ", "given_kana": "ﾁﾊﾔ", "birth_date": "H31.4.2", "sex": "female",
        "entry": "late_admission", "origin": "ブラジル", "origin_place": "", "note": "",
        "first_day": "R8.11.24", "homeroom": str(room), "grade": "1", **changed,
    }  # fmt: skip


def test_page_asks_once_more_when_grade_and_birth_date_do_not_fit(city):
    with city.tenant():
        room = city.homeroom_id("1年1組")
    client = city.client("office_staff", "midorigaoka")
    address = f"{BASE}transfers/arrival/"
    assert address in client.get(f"{BASE}transfers/").content.decode()
    younger = sent(room, birth_date="H27.4.2")
    answer = client.post(address, younger)
    assert answer.status_code == 422
    assert "生年月日からの学年と違います" in answer.content.decode()
    assert "ﾁﾊﾔ" in answer.content.decode()
    assert client.post(address, {**younger, "sure": "yes"}).status_code == 302
    with city.tenant():
        student = Student.objects.get(reference="N-4711")
        assert student.kana == "らんこし ちはや"
        [line] = outside_lines(city.actor("office_staff", "midorigaoka"))
        assert (line.how, line.place) == ("編入学", "ブラジル")


def test_board_chooses_the_school_first(city):
    with city.tenant():
        room, school = city.homeroom_id("1年1組"), School.objects.get(slug="midorigaoka")
    board = city.client("board_officer")
    address = "/m/shirakabano/board/transfers/arrival/"
    assert school.name in board.get(address).content.decode()
    assert board.get(address, {"school": "x"}).status_code == 404
    assert board.post(f"{address}?school={school.id}", sent(room)).status_code == 302
    with city.tenant():
        assert Arrival.objects.filter(enrollment__school=school).exists()


def test_a_school_cannot_choose_another_by_the_address(city):
    with city.tenant():
        other = School.objects.get(slug="higashikawabata")
    page = city.client("office_staff", "midorigaoka").get(
        f"{BASE}transfers/arrival/", {"school": str(other.id)}
    )
    assert other.name not in page.content.decode().split("<main", 1)[-1]
