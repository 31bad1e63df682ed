"""Correcting a closed month: asked, approved, a further version; nothing else is opened again."""

import json
from datetime import date

import pytest
from django.http import Http404

from manabiya.apps.attendance.models import AttendanceMark, MarkChange
from manabiya.apps.attendance.services import MarkCorrection
from manabiya.apps.register import queries, services
from manabiya.apps.register.document import digest
from manabiya.apps.register.models import CorrectionRequest, RegisterSettings, RegisterVersion
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import StaffMember
from manabiya.roster.queries import seats_on

DAY = date(2026, 10, 6)
REASON = "遅刻を欠席と聞きちがえていた。"


@pytest.fixture
def closed(room):
    """Return the class, its October closed, and the child a correction is about."""
    room.close()
    return room, seats_on(room.id, DAY)[3]


def ask(room, seat, code="absent_sick", *, reason=REASON, actor=None, day=DAY):
    return services.ask_correction(
        **room.of(
            actor or room.teacher,
            entries=[MarkCorrection(seat.student_id, day, code)],
            reason=reason,
        )
    )


def approve(room, request, role="principal"):
    return services.approve_correction(
        actor=room.actor(role), request_id=request.id, now=room.city.now(17)
    )


def test_approved_correction_is_a_further_version_and_both_are_read(closed):
    room, seat = closed
    first = queries.versions_of(room.id, room.month)[0]
    request = ask(room, seat)
    assert queries.versions_of(room.id, room.month) == [first]
    version = approve(room, request)
    assert (version.number, version.sequence, version.correction_id) == (2, 2, request.id)
    assert version.previous_sha256 == first.sha256
    assert version.sha256 == digest(version.document, first.sha256)
    assert [v.number for v in queries.versions_of(room.id, room.month)] == [2, 1]
    old, new = json.loads(first.document), json.loads(version.document)
    assert (old["totals"]["absent_sick"], new["totals"]["absent_sick"]) == (0, 1)
    row = next(row for row in new["rows"] if row["student"] == str(seat.student_id))
    assert (row["cells"][5], row["sums"]["absent"]) == ("absent_sick", 1)
    names = {s.id: s.name for s in StaffMember.objects.all()}
    assert new["corrections"] == [
        {
            "student": str(seat.student_id), "number": seat.roll_number, "date": "2026-10-06",
            "old": "", "new": "absent_sick", "reason": REASON, "version": 2, "on": "2026-11-20",
            "asked_by": names[room.teacher.person_id],
            "approved_by": names[room.actor("principal").person_id],
        }
    ]  # fmt: skip
    mark = AttendanceMark.objects.get(student_id=seat.student_id, date=DAY)
    assert mark.status == "absent_sick"
    change = MarkChange.objects.get(student_id=seat.student_id, date=DAY)
    assert (change.old, change.new) == ({"code": "present"}, {"code": "absent_sick"})
    entry = AuditEntry.objects.get(action="register.correction:approve")
    assert entry.details["sha256"] == version.sha256


def test_second_correction_keeps_the_first_in_its_list(closed):
    room, seat = closed
    approve(room, ask(room, seat))
    version = approve(room, ask(room, seat, "late"))
    lines = json.loads(version.document)["corrections"]
    assert [(line["version"], line["old"], line["new"]) for line in lines] == [
        (2, "", "absent_sick"), (3, "absent_sick", "late"),
    ]  # fmt: skip


def test_late_discovery_opens_nothing_else(closed):
    """October and September stay closed and confirmed, so does a class beside it."""
    room, seat = closed
    from manabiya.apps.register.tests.conftest import Room, confirm_days

    september = Room(room.city, room.id, date(2026, 9, 1))
    confirm_days(room.id, september.month, date(2026, 9, 30), room.city.now())
    september.close()
    earlier = queries.steps_of(room.id, september.month)

    beside = Room(room.city, room.city.homeroom_id("2年1組"))
    confirm_days(beside.id, room.month, date(2026, 10, 31), room.city.now())
    beside.close()
    before = queries.steps_of(room.id, room.month)
    approve(room, ask(room, seat))
    assert queries.steps_of(room.id, room.month) == before
    assert queries.sealed(homeroom_id=room.id, day=DAY) != ""
    assert queries.steps_of(room.id, september.month) == earlier
    assert queries.sealed(homeroom_id=room.id, day=date(2026, 9, 1)) != ""
    assert len(queries.versions_of(room.id, september.month)) == 1
    assert RegisterVersion.objects.filter(homeroom_id=beside.id).count() == 1


def test_request_needs_a_closed_month_a_reason_and_a_child_of_it(room):
    seat = seats_on(room.id, DAY)[3]
    with pytest.raises(services.RegisterRefused, match="まだ締めていない月"):
        ask(room, seat)
    room.close()
    with pytest.raises(services.RegisterRefused, match="理由を書いて"):
        ask(room, seat, reason="  ")
    for wrong in ({"day": date(2026, 11, 6)}, {"code": "not_arrived"}):
        with pytest.raises(services.RegisterRefused, match="出席簿にない"):
            ask(room, seat, **wrong)
    stranger = seats_on(room.city.homeroom_id("2年1組"), DAY)[0]
    with pytest.raises(services.RegisterRefused, match="出席簿にない"):
        ask(room, stranger)
    ask(room, seat)
    with pytest.raises(services.RegisterRefused, match="承認を待っている"):
        ask(room, seat, "late")


def entries(seat, day, code):
    return [{"student": str(seat.student_id), "date": day.isoformat(), "code": code}]


def test_day_off_and_a_value_that_stands_are_refused_when_asked(closed):
    room, seat = closed
    with pytest.raises(services.RegisterRefused, match="休業日や在籍の前後も"):
        ask(room, seat, day=date(2026, 10, 4))
    with pytest.raises(services.RegisterRefused, match="もうその値です"):
        ask(room, seat, "present")
    assert not CorrectionRequest.objects.exists()
    approve(room, ask(room, seat, "attendance_suspension"))
    with pytest.raises(services.RegisterRefused, match="もうその値です"):
        ask(room, seat, "attendance_suspension")


def test_day_off_is_not_corrected_and_nothing_is_kept(closed):
    room, seat = closed
    request = ask(room, seat)
    CorrectionRequest.objects.filter(pk=request.pk).update(
        entries=entries(seat, date(2026, 10, 4), "absent_sick")
    )
    with pytest.raises(services.RegisterRefused, match="授業日でない日"):
        approve(room, request)
    request.refresh_from_db()
    assert request.state == CorrectionRequest.State.OPEN
    assert RegisterVersion.objects.count() == 1


def test_correction_that_changes_nothing_is_refused(closed):
    room, seat = closed
    request = ask(room, seat)
    CorrectionRequest.objects.filter(pk=request.pk).update(entries=entries(seat, DAY, "present"))
    with pytest.raises(services.RegisterRefused, match="何も変わりません"):
        approve(room, request)
    assert RegisterVersion.objects.count() == 1


def test_declined_request_says_why_and_can_be_asked_anew(closed):
    room, seat = closed
    request = ask(room, seat)
    principal = room.actor("principal")
    services.decline_correction(
        actor=principal, request_id=request.id, answer="記録のとおりです。", now=room.city.now(17)
    )
    request.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "記録のとおりです。")
    with pytest.raises(services.RegisterRefused, match="もう決まっています"):
        approve(room, request)
    assert not AttendanceMark.objects.filter(student_id=seat.student_id, date=DAY).exists()
    assert approve(room, ask(room, seat)).number == 2


def test_name_corrected_at_the_roster_is_written_down_without_a_mark(closed):
    room, seat = closed
    from manabiya.roster.models import Student

    student = Student.objects.get(pk=seat.student_id)
    student.family_name, student.preferred_used_in = "齋藤", []
    student.save()
    request = services.ask_correction(
        **room.of(room.teacher, entries=[], reason="姓の字を直した。")
    )
    new = json.loads(approve(room, request).document)
    assert [row["name"] for row in new["rows"] if row["student"] == str(student.id)] == [
        student.name
    ]
    assert [(line["number"], line["reason"]) for line in new["corrections"]] == [
        (0, "姓の字を直した。")
    ]


def test_vice_principal_approves_only_where_delegated_and_strangers_find_nothing(closed):
    room, seat = closed
    request = ask(room, seat)
    with pytest.raises(services.RegisterRefused, match="校長が行います"):
        approve(room, request, "vice_principal")
    for service in (services.approve_correction, services.decline_correction):
        more = {"answer": ""} if service is services.decline_correction else {}
        with pytest.raises(Http404):
            service(
                actor=room.actor("principal", "higashikawabata"), request_id=request.id,
                now=room.city.now(), **more,
            )  # fmt: skip
    RegisterSettings.objects.create(valid_from=date(2026, 4, 1), delegates_confirmation=True)
    assert approve(room, request, "vice_principal").number == 2
