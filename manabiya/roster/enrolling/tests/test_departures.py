"""A child leaves the schools of the city: until when it is seen, what stays, who may know where."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.enrolling.queries import outside_lines, waiting_enrollments
from manabiya.roster.enrolling.services import (
    Destination,
    EnrollingRefused,
    cancel_departure,
    close_school_year,
    record_departure,
    transfer_student,
)
from manabiya.roster.models import (
    Departure,
    Enrollment,
    ExchangePlacement,
    GuardianRight,
    Homeroom,
    Protection,
)
from manabiya.roster.policies import STUDENT_VIEW
from manabiya.roster.queries import children_of

LAST = date(2026, 11, 27)
OTHERS = ("academic_affairs_head", "grade_head", "homeroom_teacher", "school_nurse")
WHERE = Destination("遠浅市立汐見小学校", "遠浅市汐見一丁目2番地", "一家で引っ越し")
EXITS = ("transfer_out", "withdrawal", "postponement", "exemption", "whereabouts_unknown", "death")
BASE = "/m/shirakabano/school/midorigaoka/"


def depart(scope, seat, role="office_staff", **changed):
    place = "" if role.startswith("board") else "midorigaoka"
    return record_departure(
        **{
            "actor": scope.actor(role, place), "student_id": seat.student_id,
            "kind": "transfer_out", "last_day": LAST, "where": WHERE, "now": scope.now(), **changed,
        }
    )  # fmt: skip


def protect(scope, seat):
    Protection.objects.create(
        student_id=seat.student_id, basis="request", starts_on=scope.today,
        review_on=scope.today + timedelta(days=180), set_by=seat.id, set_at=scope.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "board_officer"])
def test_office_and_board_record_where_to_and_history_stays(scope, seat, role):
    entries, rights = AuditEntry.objects.count(), GuardianRight.objects.count()
    departure = depart(scope, seat, role)
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (LAST, "transfer_out")
    assert (departure.destination, departure.note) == (WHERE.destination, WHERE.note)
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert (entry.action, entry.school_id) == ("roster.departure:record", seat.school_id)
    assert WHERE.destination not in str(entry.details)
    assert GuardianRight.objects.count() == rights


@pytest.mark.parametrize("exit_", EXITS)
def test_every_way_to_leave_ends_the_enrollment_and_waits_for_no_class(scope, seat, exit_):
    last = date(2027, 3, 31)
    depart(scope, seat, kind=exit_, last_day=last)
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (last, exit_)
    waiting = waiting_enrollments(2027, date(2027, 4, 3))
    assert not waiting.filter(student_id=seat.student_id).exists()


def test_everybody_sees_the_child_until_midnight_and_nobody_after(scope, seat):
    guardian_id = GuardianRight.objects.filter(student_id=seat.student_id)[0].guardian_id
    student = depart(scope, seat).enrollment.student
    teacher = scope.actor("homeroom_teacher", "midorigaoka")
    for day, is_here in ((scope.today, True), (LAST, True), (LAST + timedelta(days=1), False)):
        assert STUDENT_VIEW.allows(replace(teacher, today=day), student) is is_here
        mine = {child.student_id for child in children_of(guardian_id, day)}
        assert (seat.student_id in mine) is is_here


def test_guardian_reports_on_the_last_day_and_finds_nothing_on_the_next(city, clock_at):
    with city.tenant():
        student_id = min(city.actor("guardian").grants[0].student_ids)
        seat = Enrollment.objects.get(student_id=student_id)
        school = seat.school.slug
        depart(city, seat, actor=city.actor("principal", school))
    page = f"/m/shirakabano/family/report/{student_id}/"
    guardian = city.client("guardian")
    clock_at(LAST, hour=23, minute=59)
    assert guardian.get(page).status_code == 200
    clock_at(LAST + timedelta(days=1), hour=0, minute=1)
    assert guardian.get(page).status_code == 404
    assert str(student_id) not in guardian.get("/m/shirakabano/family/").content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_records_or_takes_back(scope, seat, role):
    with pytest.raises(Refused):
        depart(scope, seat, role)
    departure = depart(scope, seat)
    actor = scope.actor(role, "midorigaoka")
    with pytest.raises(Refused):
        cancel_departure(actor=actor, departure_id=departure.id, now=scope.now())
    seat.refresh_from_db()
    assert seat.ends_on == LAST


def test_another_school_neither_records_nor_takes_back_nor_sees_it(scope, seat):
    other = scope.actor("principal", "higashikawabata")
    with pytest.raises(Http404):
        depart(scope, seat, actor=other)
    departure = depart(scope, seat)
    with pytest.raises(Http404):
        cancel_departure(actor=other, departure_id=departure.id, now=scope.now())
    assert outside_lines(other) == []
    assert len(outside_lines(scope.actor("board_officer"))) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "promotion"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"where": Destination("  ")}, "destination"),
        ({"kind": "withdrawal", "where": Destination()}, "destination"),
        ({"last_day": date(2026, 11, 5)}, "last_day"),
        ({"last_day": date(2027, 4, 1)}, "last_day"),
    ],
)
def test_refusals_change_nothing(scope, seat, changed, field):
    with pytest.raises(EnrollingRefused) as refused:
        depart(scope, seat, **changed)
    assert refused.value.field == field
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (None, "")
    assert not Departure.objects.exists()


def test_a_death_needs_no_destination(scope, seat):
    assert depart(scope, seat, kind="death", where=Destination()).destination == ""


def test_a_child_leaves_once(scope, seat, there):
    depart(scope, seat)
    with pytest.raises(EnrollingRefused, match="もう記録してあります"):
        depart(scope, seat)
    with pytest.raises(EnrollingRefused, match="もう記録してあります"):
        transfer_student(
            actor=scope.actor("office_staff", "midorigaoka"), student_id=seat.student_id,
            to_school_id=there.id, last_day=LAST, now=scope.now(),
        )  # fmt: skip


def test_taking_it_back_gives_the_seat_and_the_exchange_class_back(scope, seat):
    other = Homeroom.objects.get(name="1年2組", school_id=seat.school_id)
    ExchangePlacement.objects.create(
        student_id=seat.student_id, homeroom=other, starts_on=date(2026, 4, 1)
    )
    departure = depart(scope, seat)
    office = scope.actor("office_staff", "midorigaoka")
    cancel_departure(actor=office, departure_id=departure.id, now=scope.now())
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (None, "")
    assert ExchangePlacement.objects.get(student_id=seat.student_id).ends_on is None
    [line] = outside_lines(office)
    assert (line.state, line.may_cancel) == ("cancelled", False)
    depart(scope, seat)


def test_it_can_be_taken_back_for_fourteen_days(scope, seat):
    departure = depart(scope, seat)
    office = scope.actor("office_staff", "midorigaoka")
    late = replace(office, today=LAST + timedelta(days=15))
    with pytest.raises(EnrollingRefused, match="14日"):
        cancel_departure(actor=late, departure_id=departure.id, now=scope.now())
    just = replace(office, today=LAST + timedelta(days=14))
    cancel_departure(actor=just, departure_id=departure.id, now=scope.now())


def test_taken_back_after_the_year_was_closed_it_ends_with_the_year(scope, seat, on):
    last = date(2027, 3, 30)
    departure = depart(scope, seat, last_day=last)
    close_school_year(actor=on("principal", date(2027, 3, 31)), school_year=2026, now=scope.now())
    office = replace(scope.actor("office_staff", "midorigaoka"), today=date(2027, 4, 3))
    cancel_departure(actor=office, departure_id=departure.id, now=scope.now())
    seat.refresh_from_db()
    assert (seat.ends_on, seat.exit) == (date(2027, 3, 31), "promotion")


def test_where_a_protected_child_went_is_read_by_managers_only(scope, seat):
    depart(scope, seat)
    protect(scope, seat)
    [line] = outside_lines(scope.actor("office_staff", "midorigaoka"))
    assert (line.place, line.note, line.is_masked) == ("", "", True)
    for role, place in (("principal", "midorigaoka"), ("board_officer", "")):
        [line] = outside_lines(scope.actor(role, place))
        assert (line.is_masked, line.note) == (False, WHERE.note)
        assert WHERE.destination in line.place
    page = scope.client("office_staff", "midorigaoka").get(f"{BASE}transfers/").content.decode()
    assert WHERE.destination not in page
    assert WHERE.destination_place not in page
    assert "連絡前に管理職へ" in page


def test_from_the_student_page_to_the_list_and_back(city, seat):
    client = city.client("office_staff", "midorigaoka")
    leave = client.get(f"{BASE}students/{seat.student_id}/transfer/").content.decode()
    address = f"{BASE}students/{seat.student_id}/departure/"
    assert address in leave
    sent = {"kind": "withdrawal", "last_day": "R8.11.27", "destination": "ブラジル"}
    bad = client.post(address, {**sent, "destination": ""})
    assert bad.status_code == 422
    assert "移る先の学校か国を書いてください" in bad.content.decode()
    assert client.post(address, sent).status_code == 302
    listed = client.get(f"{BASE}transfers/").content.decode()
    assert "ブラジル" in listed
    with city.tenant():
        departure = Departure.objects.get(enrollment=seat)
    cancel = f"{BASE}transfers/departures/{departure.id}/cancel/"
    assert cancel in listed
    assert client.post(cancel).status_code == 302
    assert client.get(cancel).status_code == 404
    assert "取り消し" in client.get(f"{BASE}transfers/").content.decode()


def test_board_records_by_number(city, seat):
    board = city.client("board_officer")
    address = "/m/shirakabano/board/transfers/departure/"
    sent = {"reference": "9" * 9, "kind": "death", "last_day": "R8.11.20"}
    answer = board.post(address, sent)
    assert answer.status_code == 422
    assert "この識別番号の児童生徒はいません" in answer.content.decode()
    with city.tenant():
        reference = seat.student.reference
    assert board.post(address, {**sent, "reference": reference}).status_code == 302
    with city.tenant():
        seat.refresh_from_db()
        assert (seat.ends_on, seat.exit) == (date(2026, 11, 20), "death")
