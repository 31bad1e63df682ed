"""3/31 and 4/1: the year is closed, the new one has not come in yet."""

from datetime import date

import pytest

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.enrolling.queries import closing_plan, new_year
from manabiya.roster.enrolling.services import EnrollingRefused, close_school_year
from manabiya.roster.models import Appointment, Enrollment, Homeroom, School, SchoolYearClosing

LAST = date(2027, 3, 31)
FIRST = date(2027, 4, 1)
BASE = "/m/shirakabano/school/midorigaoka/"


def of_school(slug="midorigaoka"):
    return Enrollment.objects.filter(school__slug=slug)


@pytest.mark.parametrize("role", ["principal", "vice_principal"])
def test_enrollments_end_on_the_last_day_as_promoted_or_graduated(scope, on, seat, role):
    Enrollment.objects.filter(pk=seat.pk).update(ends_on=date(2026, 6, 30), exit="transfer_out")
    sixth = of_school().filter(grade_level=6).count()
    rest = of_school().filter(grade_level__lt=6).count() - 1
    elsewhere = list(of_school("higashikawabata").values_list("ends_on", "exit"))
    entries = AuditEntry.objects.count()
    actor = on(role, LAST)
    plan = closing_plan(actor)
    assert (plan.graduates, plan.promotes) == (sixth, rest)
    close_school_year(actor=actor, school_year=2026, now=scope.now())
    ended = of_school().filter(ends_on=LAST)
    assert ended.filter(exit="graduation").count() == sixth
    assert ended.filter(exit="promotion").count() == rest
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (date(2026, 6, 30), "transfer_out")
    assert list(of_school("higashikawabata").values_list("ends_on", "exit")) == elsewhere
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert entry.details == {"school_year": 2026, "graduated": sixth, "promoted": rest}


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2027, 3, 30), 2026),
        (date(2026, 11, 20), 2026),
        (LAST, 2025),
        (LAST, 2027),
        (date(2027, 5, 1), 2026),
    ],
)
def test_too_early_and_another_year_are_refused(scope, on, today, year):
    with pytest.raises(EnrollingRefused):
        close_school_year(actor=on("principal", today), school_year=year, now=scope.now())
    assert not of_school().filter(ends_on__isnull=False).exists()
    assert not SchoolYearClosing.objects.exists()


def test_second_time_is_refused(scope, on):
    close_school_year(actor=on("principal", LAST), school_year=2026, now=scope.now())
    with pytest.raises(EnrollingRefused, match="もう確定"):
        close_school_year(actor=on("vice_principal", FIRST), school_year=2026, now=scope.now())
    assert SchoolYearClosing.objects.count() == 1


def test_what_was_left_undone_can_be_closed_in_april(scope, on):
    close_school_year(actor=on("principal", date(2027, 4, 3)), school_year=2026, now=scope.now())
    assert not of_school().exclude(ends_on=LAST).exists()


@pytest.mark.parametrize("role", ["office_staff", "homeroom_teacher", "academic_affairs_head"])
def test_nobody_else_closes(scope, on, role):
    with pytest.raises(Refused):
        close_school_year(actor=on(role, LAST), school_year=2026, now=scope.now())
    assert not SchoolYearClosing.objects.exists()


def test_page_says_what_will_happen_before_and_that_it_is_done_after(
    city, clock_at, everybody_stays
):
    client = city.client("principal", "midorigaoka")
    address = f"{BASE}school-year/close/"
    assert "まだ確定できません" in client.get(address).content.decode()
    assert client.post(address, {"sure": "yes"}).status_code == 422
    clock_at(LAST)
    with city.tenant():
        sixth = of_school().filter(grade_level=6).count()
        rest = of_school().exclude(grade_level=6).count()
        assert not SchoolYearClosing.objects.exists()
    page = client.get(address).content.decode()
    assert f"進級 {rest}名 ・ 卒業 {sixth}名" in page
    assert client.post(address, {"sure": "yes"}).status_code == 302
    assert "2026年度は確定ずみです" in client.get(address).content.decode()
    assert client.post(address, {"sure": "yes"}).status_code == 422
    clock_at(FIRST)
    students = client.get(f"{BASE}students/").content.decode()
    assert "今日の在籍が、まだ入っていません" in students
    assert f'href="{BASE}imports/"' in students


def test_new_year_says_which_classes_are_empty(scope, on):
    school = School.objects.get(slug="midorigaoka")
    everybody = of_school().count()
    close_school_year(actor=on("principal", LAST), school_year=2026, now=scope.now())
    assert new_year(school.id, 2027, FIRST).classes == 0
    rooms = [
        Homeroom.objects.create(school=school, school_year=2027, name=name, position=n)
        for n, name in enumerate(("1年1組", "2年1組"))
    ]
    child = of_school().filter(grade_level=1)[0]
    Enrollment.objects.create(
        student_id=child.student_id, school=school, homeroom=rooms[1], grade_level=2, roll_number=1,
        starts_on=FIRST,
    )  # fmt: skip
    found = new_year(school.id, 2027, FIRST)
    assert (found.classes, found.empty_classes, found.waiting) == (2, ["1年1組"], everybody - 1)
    junior = School.objects.get(slug="higashikawabata")
    third = of_school("higashikawabata").filter(grade_level=3).count()
    waiting = new_year(junior.id, 2027, FIRST).waiting
    assert waiting == of_school("higashikawabata").count() - third


@pytest.mark.parametrize(
    ("role", "is_linked"),
    [("office_staff", True), ("principal", True), ("homeroom_teacher", None)],
)
def test_today_of_april_leads_to_the_import(city, clock_at, everybody_stays, role, is_linked):
    client = city.client(role, "midorigaoka")
    assert "新年度の学級と在籍が" not in client.get(BASE).content.decode()
    clock_at(LAST)
    assert "新年度の学級と在籍が" not in client.get(BASE).content.decode()
    clock_at(date(2027, 4, 1))
    page = client.get(BASE).content.decode()
    assert ("新年度の学級と在籍が、まだ入っていません" in page) is bool(is_linked)
    assert (f'href="{BASE}imports/"' in page) is bool(is_linked)


@pytest.fixture
def april(city, clock_at, everybody_stays, on, scope):
    """Close the year and go to 4/1, with one class of the new year and its 学級担任."""
    close_school_year(actor=on("principal", LAST), school_year=2026, now=scope.now())
    school = School.objects.get(slug="midorigaoka")
    room = Homeroom.objects.create(school=school, school_year=2027, name="新1組", position=1)
    Appointment.objects.create(
        staff_member_id=city.membership("homeroom_teacher", "midorigaoka").person_id,
        school=school, post="homeroom_teacher", homeroom=room, starts_on=FIRST,
    )  # fmt: skip
    clock_at(FIRST)
    return room


CLASS_DAY = "attendance/class/{}/2027-04-01/"


@pytest.mark.parametrize(
    ("role", "page", "is_linked"),
    [
        *(("principal", page, True) for page in ("students/", "photos/{}/", CLASS_DAY)),
        *(("homeroom_teacher", page, False) for page in ("students/", "photos/{}/", CLASS_DAY)),
        *(("office_staff", page, True) for page in ("students/", "photos/{}/")),
    ],
)
def test_class_without_children_says_so_on_every_page(city, april, role, page, is_linked):
    answer = city.client(role, "midorigaoka").get(BASE + page.format(april.id)).content.decode()
    assert "今日の在籍が、まだ入っていません" in answer
    assert (f'href="{BASE}imports/"' in answer) is is_linked
    assert ("管理職か事務職員が今年度の名簿を取り込む" in answer) is not is_linked
    assert "あてはまる人はいません" not in answer


@pytest.mark.parametrize("page", ["papers/", "photos/"])
def test_school_without_classes_says_so(city, april, page):
    with city.tenant():
        Appointment.objects.filter(homeroom=april).delete()
        april.delete()
    answer = city.client("principal", "midorigaoka").get(BASE + page).content.decode()
    assert "今日の在籍が、まだ入っていません" in answer
    assert f'href="{BASE}imports/"' in answer


def test_search_that_finds_nobody_says_how_to_search(city):
    page = city.client("principal", "midorigaoka").get(f"{BASE}students/?q=ぬぬぬ").content.decode()
    assert "あてはまる人はいません" in page
    assert "まだ入っていません" not in page
