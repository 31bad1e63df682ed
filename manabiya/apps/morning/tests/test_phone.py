"""A report at the telephone: who may take it, what is kept, and where it appears."""

from datetime import time, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries as attendance
from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, Pickup
from manabiya.apps.attendance.services import PickupWord, Word
from manabiya.apps.attendance.services.phone import take_phone_report
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Enrollment, GuardianRight, Student
from manabiya.roster.queries import seats_on

BASE = f"/m/shirakabano/school/{SCHOOL}/attendance/phone/"
FEVER = Word("absent", "fever", note="母から")
MAY = ["principal", "vice_principal", "office_staff", "homeroom_teacher", "school_nurse"]
MAY_NOT = [
    "academic_affairs_head",
    "grade_head",
    "assistant_homeroom_teacher",
    "subject_teacher",
    "ict_supporter",
]


@pytest.fixture
def child(scope):
    """Return id of a child of 2年1組 about whom nobody has written."""
    homeroom_id = scope.homeroom_id("2年1組")
    ids = [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    return ids[3]


def take(city, child, word=FEVER, *, role="office_staff", at=(7, 55), day=None, key="k1"):
    return take_phone_report(
        actor=city.actor(role, SCHOOL),
        student_id=child,
        day=day or city.today,
        word=word,
        key=key,
        now=city.now(*at),
    )


def standing(city, child):
    page = attendance.class_page(
        city.actor("vice_principal", SCHOOL),
        homeroom_id=city.homeroom_id("2年1組"),
        day=city.today,
        today=city.today,
    )
    return next(row for row in page.rows if row.seat.student_id == child)


@pytest.mark.parametrize("role", MAY)
def test_those_who_answer_the_telephone_take_a_report_about_any_child_of_the_school(
    scope, child, role
):
    report = take(scope, child, role=role)
    assert report.staff_member_id == scope.actor(role, SCHOOL).person_id
    assert (report.guardian_id, report.status) == (None, "submitted")
    assert not report.is_after_cutoff
    entry = AuditEntry.objects.get(action="attendance.report:take-by-phone")
    assert (entry.subject_id, entry.data_class) == (child, 2)
    assert entry.details == {"report": str(report.id), "date": "2026-11-20"}


@pytest.mark.parametrize("role", MAY_NOT)
def test_others_at_school_may_not_and_nothing_is_kept(scope, child, role):
    with pytest.raises(Refused):
        take(scope, child, role=role)
    assert not AbsenceReport.objects.filter(student_id=child).exists()
    assert scope.client(role, SCHOOL).get(BASE).status_code == 403


def test_child_of_another_school_does_not_exist(scope, child):
    with pytest.raises(Http404):
        take_phone_report(
            actor=scope.actor("vice_principal", "higashikawabata"),
            student_id=child,
            day=scope.today,
            word=FEVER,
            key="k1",
            now=scope.now(),
        )


def test_report_is_proposed_on_the_class_page_with_the_name_of_who_took_it(scope, child):
    take(scope, child)
    row = standing(scope, child)
    assert row.is_proposed
    assert row.standing.code == "absent_sick"
    clerk = scope.client("office_staff", SCHOOL).get(BASE).context["request"].actor
    assert row.standing.by == clerk.name


def test_same_key_and_same_words_return_the_first_report(scope, child):
    first = take(scope, child)
    assert take(scope, child).id == first.id
    assert take(scope, child, key="k2").id == first.id
    assert AbsenceReport.objects.filter(student_id=child).count() == 1


def test_key_of_another_child_is_refused(scope, child):
    take(scope, child)
    other = seats_on(scope.homeroom_id("2年1組"), scope.today)[5].student_id
    with pytest.raises(services.AttendanceRefused, match="古くなりました"):
        take(scope, other)


def test_what_a_guardian_sent_already_is_shown_instead_of_written_twice(scope, child):
    right = GuardianRight.objects.filter(student_id=child).order_by("call_order")[0]
    sent = AbsenceReport.objects.create(
        student_id=child,
        date=scope.today,
        kind="late",
        reason="clinic",
        guardian_id=right.guardian_id,
        submitted_at=scope.now(7, 44),
        idempotency_key="g" * 32,
        receipt_number="1120-0744-TEST",
    )
    with pytest.raises(services.AlreadyReported) as refused:
        take(scope, child)
    assert refused.value.report.id == sent.id


def test_after_the_cutoff_it_is_taken_and_marked(scope, child):
    assert take(scope, child, at=(8, 16)).is_after_cutoff


def test_after_the_confirmation_it_is_a_conflict_and_changes_no_mark(scope, child):
    services.confirm_day(
        actor=scope.actor("vice_principal", SCHOOL),
        homeroom_id=scope.homeroom_id("2年1組"),
        day=scope.today,
        entries=[rules.Entry(child, "present", rules.NOT_ARRIVED)],
        now=scope.now(8, 31),
    )
    report = take(scope, child, at=(8, 45))
    assert report.status == "conflict"
    mark = AttendanceMark.objects.get(student_id=child, date=scope.today)
    assert mark.status == "not_arrived"
    page = scope.client("vice_principal", SCHOOL).get(BASE.replace("phone", "staff-room"))
    [line] = page.context["room"].cases.open
    assert line.said.is_conflict


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "14日先"), (15, "14日先"), (2, "授業がありません")]
)
def test_days_out_of_reach_and_days_off_are_refused(scope, child, days, words):
    with pytest.raises(services.AttendanceRefused, match=words):
        take(scope, child, day=scope.today + timedelta(days=days))
    assert not AbsenceReport.objects.filter(student_id=child).exists()


def test_child_that_leaves_early_needs_the_word_who_comes(scope, child):
    right = GuardianRight.objects.filter(student_id=child, can_pick_up=True)[0]
    word = Word("left_early", "clinic", time(13, 0))
    with pytest.raises(services.AttendanceRefused, match="迎えに来る"):
        take(scope, child, word)
    known = Word(
        "left_early", "clinic", time(13, 0), pickup=PickupWord("somebody", right.guardian.name)
    )
    report = take(scope, child, known)
    found = Pickup.objects.get(report=report)
    assert (found.guardian_id, found.state) == (right.guardian_id, "registered")


def test_stranger_who_fetches_a_child_waits_for_a_call_back(scope, child):
    word = Word("left_early", "clinic", time(13, 0), pickup=PickupWord("somebody", "知らない人"))
    found = Pickup.objects.get(report=take(scope, child, word))
    assert (found.name, found.state) == ("知らない人", "call_needed")


@pytest.fixture
def clock(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(7, 55))


def test_from_the_kana_to_the_list_of_the_class_by_the_pages(scope, child, clock):
    student = Student.objects.get(pk=child)
    client = scope.client("office_staff", SCHOOL)
    found = client.get(BASE, {"q": student.family_kana})
    page = found.content.decode() if found.status_code == 200 else found.url
    assert str(child) in page
    address = f"{BASE}{child}/"
    form = client.get(address)
    assert student.display_name in form.content.decode()
    sent = {
        "kind": "absent",
        "reason": "fever",
        "date": scope.today.isoformat(),
        "temperature": "38",
        "note": "母から",
        "key": form.context["form"]["key"].value(),
    }
    done = client.post(address, sent, follow=True)
    report = AbsenceReport.objects.get(student_id=child)
    assert f"受付 {report.receipt_number}" in done.content.decode()
    assert (report.reason, report.temperature, report.note) == ("fever", "38", "母から")
    client.post(address, sent)
    assert AbsenceReport.objects.filter(student_id=child).count() == 1
    again = client.post(address, {**sent, "key": "another", "kind": "late"})
    assert again.status_code == 409
    assert "もう届いています" in again.content.decode()
    assert standing(scope, child).is_proposed


def test_only_child_that_is_found_opens_at_once_and_nothing_typed_finds_nobody(scope, child, clock):
    student = Student.objects.get(pk=child)
    student.family_kana = "わわわた"
    student.save()
    client = scope.client("office_staff", SCHOOL)
    answer = client.get(BASE, {"q": "ワワワ"})
    assert (answer.status_code, answer.url) == (302, f"{BASE}{child}/")
    assert client.get(BASE, {"q": " "}).context["lines"] == []
    assert client.get(BASE, {"q": "わわが"}).context["lines"] == []


def test_wrong_form_keeps_what_was_typed(scope, child, clock):
    client = scope.client("office_staff", SCHOOL)
    sent = {"kind": "left_early", "date": scope.today.isoformat(), "note": "母から", "key": "k"}
    answer = client.post(f"{BASE}{child}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reason", "expected_time", "pickup"}
    assert "学校を出る時刻を聞いて、書いてください。" in page
    assert "母から" in page


def test_form_says_what_an_early_leaving_asks_for_and_asks_no_time_of_a_late_child(
    scope, child, clock
):
    client = scope.client("office_staff", SCHOOL)
    page = client.get(f"{BASE}{child}/").content.decode()
    for name in ("時刻(遅刻・早退)", "迎えに来る人(早退)"):
        assert "早退のときは必ず" in page.split(name)[1][:80]
    sent = {"kind": "late", "reason": "clinic", "date": scope.today.isoformat(), "key": "k"}
    assert client.post(f"{BASE}{child}/", sent).status_code == 302


def test_words_that_do_not_belong_to_the_kind_are_left_out(scope, child, clock):
    client = scope.client("office_staff", SCHOOL)
    sent = {
        "kind": "absent",
        "reason": "family",
        "date": scope.today.isoformat(),
        "disease": "influenza",
        "temperature": "39",
        "expected_time": "9:30",
        "pickup": "alone",
        "key": "k",
    }
    assert client.post(f"{BASE}{child}/", sent).status_code == 302
    report = AbsenceReport.objects.get(student_id=child)
    assert (report.disease, report.temperature, report.expected_time) == ("", "", None)
    assert not Pickup.objects.filter(report=report).exists()


def test_child_who_left_the_school_is_not_found(scope, child, clock):
    Enrollment.objects.filter(student_id=child).update(ends_on=scope.today - timedelta(days=1))
    assert scope.client("office_staff", SCHOOL).get(f"{BASE}{child}/").status_code == 404


def test_those_who_open_the_page_are_those_who_may_take_a_report():
    from manabiya.apps.attendance.policies import PHONE_TAKE
    from manabiya.apps.morning.policies import PHONE_OPEN

    assert PHONE_OPEN.holders == PHONE_TAKE.holders
