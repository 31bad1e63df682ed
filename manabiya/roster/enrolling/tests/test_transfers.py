"""A move inside the city: recorded by one school, accepted by the other, history follows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.enrolling.queries import transfer_lines, waiting_count
from manabiya.roster.enrolling.services import (
    EnrollingRefused,
    accept_transfer,
    cancel_transfer,
    transfer_student,
)
from manabiya.roster.models import Enrollment, ExchangePlacement, Homeroom, Transfer
from manabiya.roster.policies import STUDENT_VIEW

OTHERS = ("academic_affairs_head", "grade_head", "homeroom_teacher", "school_nurse")
LAST = date(2026, 11, 27)
FIRST = date(2026, 11, 28)


def leave(scope, seat, there, role="office_staff", last_day=LAST, **more):
    return transfer_student(
        actor=scope.actor(role, "" if role.startswith("board") else "midorigaoka"),
        student_id=seat.student_id, to_school_id=there.id, last_day=last_day, now=scope.now(),
        **more,
    )  # fmt: skip


def room(there):
    return Homeroom.objects.get(school=there)


def rows(seat):
    return list(Enrollment.objects.filter(student_id=seat.student_id).order_by("starts_on"))


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "board_officer"])
def test_old_school_records_and_the_enrollment_ends_as_a_transfer(scope, seat, there, role):
    entries = AuditEntry.objects.count()
    transfer = leave(scope, seat, there, role)
    [row] = rows(seat)
    assert (row.ends_on, row.exit) == (LAST, "transfer_out")
    assert (transfer.from_school_id, transfer.to_school_id) == (seat.school_id, there.id)
    assert transfer.closed_at is None
    assert AuditEntry.objects.count() == entries + 1
    entry = AuditEntry.objects.order_by("-at", "-id")[0]
    assert (entry.action, entry.school_id) == ("roster.transfer:record", seat.school_id)


def test_new_school_accepts_with_the_next_free_number(scope, seat, there, office_there):
    transfer = leave(scope, seat, there)
    entries = AuditEntry.objects.count()
    new = accept_transfer(
        actor=office_there, transfer_id=transfer.id, homeroom_id=room(there).id, now=scope.now()
    )
    assert (new.school_id, new.starts_on, new.grade_level) == (there.id, FIRST, 1)
    assert new.roll_number == 3  # the 2 of a child who left is not given again
    assert new.entry == "transfer_in"
    transfer.refresh_from_db()
    assert (transfer.to_enrollment_id, transfer.closed_by) == (new.id, office_there.person_id)
    assert AuditEntry.objects.count() == entries + 1


def test_access_changes_hands_at_midnight(scope, seat, there, office_there):
    transfer = leave(scope, seat, there)
    accept_transfer(
        actor=office_there, transfer_id=transfer.id, homeroom_id=room(there).id, now=scope.now()
    )
    old, new = scope.actor("homeroom_teacher", "midorigaoka"), office_there
    student = transfer.student
    seen = [
        (STUDENT_VIEW.allows(replace(old, today=day), student),
         STUDENT_VIEW.allows(replace(new, today=day), student))
        for day in (scope.today, LAST, FIRST)
    ]  # fmt: skip
    assert seen == [(True, False), (True, False), (False, True)]


def test_it_stands_in_both_lists_until_it_is_accepted(scope, seat, there, office_there):
    transfer = leave(scope, seat, there)
    here = scope.actor("office_staff", "midorigaoka")
    board = scope.actor("board_officer")

    def seen(actor):
        return [
            (line.state, line.may_accept, line.may_cancel)
            for line in transfer_lines(actor)
            if line.transfer.id == transfer.id
        ]

    assert seen(here) == [("open", False, True)]
    assert seen(office_there) == [("open", True, False)]
    assert seen(board) == [("open", True, True)]
    assert seen(scope.actor("principal", "higashikawabata")) == []
    assert (waiting_count(here), waiting_count(office_there)) == (0, 1)
    accept_transfer(
        actor=office_there, transfer_id=transfer.id, homeroom_id=room(there).id, now=scope.now()
    )
    assert seen(here) == seen(office_there) == [("accepted", False, False)]
    [line] = transfer_lines(here)
    assert line.transfer_day == LAST
    assert waiting_count(office_there) == 0


def test_board_does_both_at_once(scope, seat, there):
    transfer = leave(scope, seat, there, "board_administrator", to_homeroom_id=room(there).id)
    assert transfer.to_enrollment.starts_on == FIRST
    assert transfer.closed_at is not None


def test_old_school_does_not_seat_at_the_new_one(scope, seat, there):
    with pytest.raises(Http404):
        leave(scope, seat, there, to_homeroom_id=room(there).id)
    assert [row.ends_on for row in rows(seat)] == [None]
    assert not Transfer.objects.exists()


def test_gap_belongs_to_neither_school(scope, seat, there, office_there):
    transfer = leave(scope, seat, there)
    later = LAST + timedelta(days=10)
    new = accept_transfer(
        actor=office_there, transfer_id=transfer.id, homeroom_id=room(there).id, now=scope.now(),
        first_day=later,
    )  # fmt: skip
    assert new.starts_on == later
    assert transfer_lines(office_there)[0].transfer_day == later - timedelta(days=1)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_records_or_cancels(scope, seat, there, role):
    with pytest.raises(Refused):
        leave(scope, seat, there, role)
    transfer = leave(scope, seat, there)
    with pytest.raises(Refused):
        cancel_transfer(
            actor=scope.actor(role, "midorigaoka"), transfer_id=transfer.id, now=scope.now()
        )
    assert Transfer.objects.filter(closed_at=None).count() == 1


def test_a_third_school_and_the_old_one_cannot_accept(scope, seat, there):
    transfer = leave(scope, seat, there)
    for school in ("higashikawabata", "midorigaoka"):
        with pytest.raises(Http404):
            accept_transfer(
                actor=scope.actor("principal", school), transfer_id=transfer.id,
                homeroom_id=room(there).id, now=scope.now(),
            )  # fmt: skip
    assert len(rows(seat)) == 1


def test_child_of_another_school_is_not_moved(scope, seat, there, office_there):
    with pytest.raises(Http404):
        transfer_student(
            actor=office_there, student_id=seat.student_id, to_school_id=there.id, last_day=LAST,
            now=scope.now(),
        )  # fmt: skip
    assert rows(seat)[0].ends_on is None


@pytest.mark.parametrize(
    ("last_day", "field"),
    [
        (date(2026, 11, 5), "last_day"),
        (date(2027, 4, 1), "last_day"),
    ],
)
def test_days_too_far_away_are_refused(scope, seat, there, last_day, field):
    with pytest.raises(EnrollingRefused) as refused:
        leave(scope, seat, there, last_day=last_day)
    assert refused.value.field == field
    assert rows(seat)[0].ends_on is None


def test_same_school_and_a_second_move_are_refused(scope, seat, there):
    from manabiya.roster.models import School

    with pytest.raises(EnrollingRefused) as refused:
        leave(scope, seat, School.objects.get(pk=seat.school_id))
    assert refused.value.field == "to_school"
    leave(scope, seat, there)
    with pytest.raises(EnrollingRefused, match="もう記録してあります"):
        leave(scope, seat, there)


def test_accept_refuses_day_class_and_grade(scope, seat, there, office_there):
    transfer = leave(scope, seat, there)

    def accept(**words):
        return accept_transfer(
            **{
                "actor": office_there, "transfer_id": transfer.id, "now": scope.now(),
                "homeroom_id": room(there).id, **words,
            }
        )  # fmt: skip

    for words, field in (
        ({"first_day": LAST}, "first_day"),
        ({"first_day": LAST + timedelta(days=32)}, "first_day"),
        ({"homeroom_id": seat.homeroom_id}, "homeroom"),
        ({"grade_level": 2}, "grade"),
        ({"grade_level": 7}, "grade"),
    ):
        with pytest.raises(EnrollingRefused) as refused:
            accept(**words)
        assert refused.value.field == field
    assert len(rows(seat)) == 1
    accept()
    with pytest.raises(Http404):
        accept()


def test_cancel_gives_the_seat_back_with_its_exchange_class(scope, seat, there):
    other = Homeroom.objects.get(name="1年2組", school_id=seat.school_id)
    ExchangePlacement.objects.create(
        student_id=seat.student_id, homeroom=other, starts_on=date(2026, 4, 1)
    )
    transfer = leave(scope, seat, there)
    assert ExchangePlacement.objects.get(student_id=seat.student_id).ends_on == LAST
    cancel_transfer(
        actor=scope.actor("office_staff", "midorigaoka"), transfer_id=transfer.id, now=scope.now()
    )
    [row] = rows(seat)
    assert (row.ends_on, row.exit) == (None, "")
    assert ExchangePlacement.objects.get(student_id=seat.student_id).ends_on is None
    transfer.refresh_from_db()
    assert transfer.to_enrollment_id is None
    leave(scope, seat, there)


def test_pages_from_the_student_to_both_lists(city, seat, there):
    base = "/m/shirakabano/school/midorigaoka/"
    client = city.client("office_staff", "midorigaoka")
    page = client.get(f"{base}students/{seat.student_id}/").content.decode()
    assert f"/students/{seat.student_id}/transfer/" in page
    address = f"{base}students/{seat.student_id}/transfer/"
    sent = {"to_school": str(there.id), "last_day": "R8.11.27"}
    assert client.post(address, {**sent, "to_school": ""}).status_code == 422
    assert client.post(address, {**sent, "last_day": "R9.4.1"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    listed = client.get(f"{base}transfers/").content.decode()
    assert "受け入れ待ち" in listed
    assert "南野小学校" in listed
    board = city.client("board_officer")
    with city.tenant():
        transfer = Transfer.objects.get(student_id=seat.student_id)
        room_id = room(there).id
    accept = f"/m/shirakabano/board/transfers/{transfer.id}/accept/"
    assert "出席番号は3番になります" in board.get(accept).content.decode()
    sent = {"first_day": "R8.11.28", "homeroom": str(room_id), "grade": "1"}
    assert board.post(accept, {**sent, "grade": "2"}).status_code == 422
    assert board.post(accept, sent).status_code == 302
    assert board.get(accept).status_code == 404
    assert "受け入れずみ" in client.get(f"{base}transfers/").content.decode()


def test_board_records_by_number(city, seat, there):
    board = city.client("board_officer")
    address = "/m/shirakabano/board/transfers/record/"
    sent = {"reference": "9" * 9, "to_school": str(there.id), "last_day": "R8.11.27"}
    answer = board.post(address, sent)
    assert answer.status_code == 422
    assert "この識別番号の児童生徒はいません" in answer.content.decode()
    with city.tenant():
        reference = seat.student.reference
    assert board.post(address, {**sent, "reference": reference}).status_code == 302
    with city.tenant():
        assert Transfer.objects.filter(student_id=seat.student_id, closed_at=None).exists()
