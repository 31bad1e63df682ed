"""相談・登校しぶり: for 担任, 養護教諭 and managers; other readers of reasons see その他."""

from uuid import uuid4

import pytest

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, MorningSettings
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Appointment, Cover, Enrollment, StaffMember

ROOM, NOTE = "1年1組", "朝になるとおなかが痛くなります"


@pytest.fixture
def child(city, scope):
    homeroom_id = city.homeroom_id(ROOM)
    seat = Enrollment.objects.filter(homeroom_id=homeroom_id, ends_on=None).order_by("roll_number")
    row = seat[2]
    right = row.student.guardian_rights.order_by("call_order")[0]
    AbsenceReport.objects.create(
        student_id=row.student_id, guardian_id=right.guardian_id, date=city.today, kind="absent",
        reason="consultation", note=NOTE, submitted_at=city.now(7, 20),
        idempotency_key=uuid4().hex, receipt_number="C-1",
    )  # fmt: skip
    return row


def row_for(actor, child, city):
    page = queries.class_page(
        actor, homeroom_id=child.homeroom_id, day=city.today, today=city.today
    )
    return next(row for row in page.rows if row.seat.student_id == child.student_id)


@pytest.mark.parametrize(
    "role", ["homeroom_teacher", "school_nurse", "vice_principal", "principal"]
)
def test_who_reads_the_word_of_a_consultation(city, child, role):
    row = row_for(city.actor(role, "midorigaoka"), child, city)
    assert (row.standing.reason, row.reports[0].note) == ("consultation", NOTE)


def test_academic_affairs_head_reads_other_and_no_note(city, child):
    row = row_for(city.actor("academic_affairs_head", "midorigaoka"), child, city)
    assert (row.standing.reason, row.reports[0].reason, row.reports[0].note) == (
        "other",
        "other",
        "",
    )
    assert row.standing.code == "absent_other"


def test_todays_cover_reads_other_and_no_note(city, child):
    teacher = city.membership("subject_teacher", "midorigaoka")
    Cover.objects.create(
        staff_member=StaffMember.objects.get(pk=teacher.person_id), date=city.today,
        homeroom_id=child.homeroom_id,
    )  # fmt: skip
    row = row_for(city.actor("subject_teacher", "midorigaoka"), child, city)
    assert (row.standing.reason, row.reports[0].note) == ("other", "")


def confirmed(city, child):
    services.confirm_day(
        actor=city.actor("homeroom_teacher", "midorigaoka"), homeroom_id=child.homeroom_id,
        day=city.today, entries=[], now=city.now(8, 30),
    )  # fmt: skip


def test_confirmed_mark_and_history_keep_the_secret_too(city, child):
    confirmed(city, child)
    assert AttendanceMark.objects.get(student_id=child.student_id, date=city.today).reason == (
        "consultation"
    )
    for role, reason in (("academic_affairs_head", "other"), ("school_nurse", "consultation")):
        actor = city.actor(role, "midorigaoka")
        assert row_for(actor, child, city).mark.reason == reason
        history = queries.child_history(actor, child.student_id, city.today)
        assert history.newest[0].reason == reason


@pytest.fixture
def head(city, scope, child):
    """Return the grade head of the child's grade, after the second factor of the day."""
    actor = city.actor("grade_head", "midorigaoka")
    Appointment.objects.filter(staff_member_id=actor.person_id, post="grade_head").update(
        grade_level=child.grade_level
    )
    return actor


def reasons(actor, child, city):
    page = queries.marks_page(actor, homeroom_id=child.homeroom_id, day=city.today)
    return {row.seat.student_id: row.reason for row in page.rows}[child.student_id]


def test_grade_head_sees_no_reason_until_the_school_decides_so(city, child, head):
    confirmed(city, child)
    AttendanceMark.objects.filter(student_id=child.student_id).update(reason="fever")
    assert reasons(head, child, city) == ""
    MorningSettings.objects.create(
        school_id=child.school_id, valid_from=city.today, grade_head_sees_reasons=True
    )
    assert reasons(head, child, city) == "発熱"


def test_grade_head_never_reads_a_consultation(city, child, head):
    confirmed(city, child)
    MorningSettings.objects.create(
        school_id=child.school_id, valid_from=city.today, grade_head_sees_reasons=True
    )
    assert reasons(head, child, city) == "その他"


def test_grade_head_sees_no_reason_of_another_grade(city, child, head):
    confirmed(city, child)
    MorningSettings.objects.create(
        school_id=child.school_id, valid_from=city.today, grade_head_sees_reasons=True
    )
    Appointment.objects.filter(staff_member_id=head.person_id).update(
        grade_level=child.grade_level + 1
    )
    assert reasons(head, child, city) == ""


def test_reading_reasons_as_a_grade_head_is_logged(city, child, head):
    confirmed(city, child)
    address = (
        f"/m/shirakabano/school/midorigaoka/attendance/marks/{child.homeroom_id}/{city.today}/"
    )
    client = city.client("grade_head", "midorigaoka")
    client.get(address)
    assert not AuditEntry.objects.filter(action="read:attendance-reasons").exists()
    MorningSettings.objects.create(
        school_id=child.school_id, valid_from=city.today, grade_head_sees_reasons=True
    )
    page = client.get(address).content.decode()
    assert "理由" in page
    entry = AuditEntry.objects.get(action="read:attendance-reasons")
    assert (entry.data_class, entry.subject_id) == (2, child.homeroom_id)
