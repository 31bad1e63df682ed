"""The page of the staff room and of a case: who sees what, in what order, and how often it asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.models import CallEntry
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.roster.models import Cover
from manabiya.roster.queries import seats_on

BASE = f"/m/shirakabano/school/{SCHOOL}/attendance/staff-room/"
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
GIVES_BACK = "SELECT set_config('app.municipality_id', '', true)"


@pytest.fixture
def at(city, monkeypatch):
    """Set the school's clock: ``at(8, 42)``."""

    def set_clock(*moment):
        monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(*moment))

    set_clock(8, 42)
    return set_clock


def page_of(city, role="vice_principal", address=BASE):
    answer = city.client(role, SCHOOL).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_unconfirmed_classes_come_first_then_children_who_are_missing(missing, at):
    page = page_of(missing.city)
    classes, children = page.index("出欠が未確定の学級"), page.index('<h2 id="missing">')
    assert classes < page.index("2年1組") < children
    assert children < page.index("勅使河原 花子") < page.index("勅使河原 太郎")
    assert "tel:090-0000-0001" in page
    assert "1年1組" not in page[classes:children]
    assert "代わりに確定する" in page


def test_before_the_time_set_nothing_is_urgent(missing, at):
    at(8, 39)
    page = page_of(missing.city)
    assert "8:40まで待ちます" in page
    assert "8:40まで待つ" in page
    assert "目安を過ぎました" not in page
    assert "label stop" not in page


def test_class_names_who_can_confirm_it(missing, at):
    city = missing.city
    actor = city.actor("vice_principal", SCHOOL)
    Cover.objects.create(
        staff_member_id=city.actor("school_nurse", SCHOOL).person_id,
        homeroom_id=city.homeroom_id("2年1組"),
        date=city.today,
    )
    room = queries.staff_room(actor, now=city.now(8, 42))
    found = {entry.line.card.name: entry for entry in room.unconfirmed}
    nurse = city.client("school_nurse", SCHOOL)
    assert found["2年1組"].covers == (nurse.get(BASE).context["request"].actor.name,)
    assert found["2年1組"].teachers == found["2年1組"].line.card.teacher_names
    assert room.confirmed == 1
    assert len(room.unconfirmed) == room.classes - 1


def test_children_of_a_class_nobody_confirmed_are_named_under_it_and_are_not_missing(missing, at):
    city = missing.city
    homeroom_id = city.homeroom_id("2年1組")
    seats = seats_on(homeroom_id, city.today)
    AbsenceReport.objects.filter(student_id__in=[s.student_id for s in seats]).delete()
    for number, kind in enumerate(("absent", "late", "left_early")):
        AbsenceReport.objects.create(
            student_id=seats[number].student_id,
            date=city.today,
            kind=kind,
            reason="clinic",
            staff_member_id=city.actor("vice_principal", SCHOOL).person_id,
            submitted_at=city.now(7, 40),
            idempotency_key=f"key-{number}",
            receipt_number=f"R-{number}",
        )
    room = queries.staff_room(city.actor("vice_principal", SCHOOL), now=city.now(8, 42))
    found = next(c for c in room.unconfirmed if c.line.card.name == "2年1組")
    assert found.reported == 2
    assert [seat.student_id for seat in found.quiet] == [s.student_id for s in seats[2:]]
    missing_ids = {line.seat.student_id for line in room.cases.open}
    assert missing_ids == {missing.student_id}


def test_a_child_a_period_keeps_away_is_not_named_among_those_without_a_word(missing, at):
    city = missing.city
    seats = seats_on(city.homeroom_id("2年1組"), city.today)
    AbsenceReport.objects.filter(student_id__in=[s.student_id for s in seats]).delete()
    put_period(city, seats[0].student_id)
    put_period(city, seats[1].student_id, "bereavement", status="proposed")
    put_period(city, seats[2].student_id, status="declined", answer="登校していた")
    room = queries.staff_room(city.actor("vice_principal", SCHOOL), now=city.now(8, 42))
    found = next(c for c in room.unconfirmed if c.line.card.name == "2年1組")
    assert (found.reported, found.kept_away) == (0, 2)
    assert [seat.student_id for seat in found.quiet] == [s.student_id for s in seats[2:]]
    assert "ほかに休み(仮) 2名" in page_of(city)
    assert "出席停止" not in page_of(city, "office_staff")


def test_teacher_sees_own_children_and_of_other_classes_the_number_only(missing, at):
    city = missing.city
    room = queries.staff_room(city.actor("homeroom_teacher", SCHOOL), now=city.now(8, 42))
    assert [line.seat.student_id for line in room.cases.open] == [missing.student_id]
    assert all(not entry.shows_children and entry.quiet == () for entry in room.unconfirmed)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("principal", 200),
        ("vice_principal", 200),
        ("office_staff", 200),
        ("school_nurse", 200),
        ("homeroom_teacher", 200),
        ("assistant_homeroom_teacher", 200),
        ("academic_affairs_head", 403),
        ("grade_head", 403),
        ("ict_supporter", 403),
    ],
)
def test_who_opens_the_staff_room(city, at, role, status):
    assert city.client(role, SCHOOL).get(BASE).status_code == status


def test_page_asks_the_same_number_for_one_and_for_eight_missing_children(missing, at):
    client = missing.city.client("vice_principal", SCHOOL)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(BASE).status_code == 200
        sqls = [query["sql"] for query in captured.captured_queries]
        return len([sql for sql in sqls if not sql.startswith(CONTROL) and sql != GIVES_BACK])

    def miss(student_id):
        AttendanceMark.objects.get_or_create(
            student_id=student_id,
            date=missing.city.today,
            defaults={
                "homeroom_id": missing.homeroom_id,
                "status": "not_arrived",
                "source": "teacher",
                "decided_by_id": missing.actor().person_id,
                "decided_at": missing.city.now(8, 31),
            },
        )
        services.log_call(
            actor=missing.actor(),
            student_id=student_id,
            guardian_id=None,
            whom="学童",
            outcome="no_answer",
            note="",
            now=missing.city.now(8, 42),
        )

    miss(missing.student_id)
    asked()
    few = asked()
    for student_id in missing.others[:7]:
        miss(student_id)
    assert len(client.get(BASE).context["room"].cases.open) == 8
    assert asked() == few
    assert few <= 36


def test_call_and_end_by_the_forms_of_the_page(missing, at):
    client = missing.city.client("vice_principal", SCHOOL)
    address = f"{BASE}{missing.student_id}/"
    page = client.get(address).content.decode()
    assert "まだ電話していません" in page
    form = {"callee": str(missing.first.guardian_id), "outcome": "no_answer", "note": ""}
    assert client.post(f"{address}call/", form).status_code == 302
    assert CallEntry.objects.get().guardian_id == missing.first.guardian_id
    page = client.get(address).content.decode()
    assert "電話の記録を残しました" in page
    assert "電話 1回" in page
    answer = client.post(f"{address}end/", {"ending": "sick", "how": ""})
    assert answer.status_code == 422
    assert "どのようにわかったか" in answer.content.decode()
    done = client.post(f"{address}end/", {"ending": "sick", "how": "母から電話"}, follow=True)
    assert "結果をつけました" in done.content.decode()
    assert "母から電話" in done.content.decode()
    page = client.get(address).content.decode()
    assert "病欠" in page
    assert "結果をつけて終える" not in page


def test_second_person_who_ends_the_same_case_is_told_and_nothing_is_written(missing, at):
    first, second = (missing.city.client(r, SCHOOL) for r in ("vice_principal", "office_staff"))
    address = f"{BASE}{missing.student_id}/"
    first.post(f"{address}end/", {"ending": "late", "how": ""})
    answer = second.post(f"{address}end/", {"ending": "sick", "how": "母から"})
    assert answer.status_code == 409
    assert "何も保存していません" in answer.content.decode()
    answer = second.post(f"{address}take/")
    assert answer.status_code == 409
    found = AttendanceMark.objects.get(student_id=missing.student_id, date=missing.city.today)
    assert found.late


def test_wrong_choice_keeps_what_was_typed(missing, at):
    client = missing.city.client("vice_principal", SCHOOL)
    form = {"callee": "other", "whom": "", "outcome": "no_answer", "note": "鍵がかかっている"}
    answer = client.post(f"{BASE}{missing.student_id}/call/", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "だれに電話したか" in page
    assert "鍵がかかっている" in page


def test_day_without_school_says_so(city, at, monkeypatch):
    sunday = city.now(8, 42).replace(day=22)
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: sunday)
    assert "今日は授業日ではありません" in page_of(city)
