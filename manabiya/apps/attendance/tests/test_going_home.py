"""A child of a confirmed class goes home sick: who writes it down, what stays of before."""

from datetime import time, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Cover, GuardianRight, Homeroom, Student
from manabiya.roster.queries import seats_on

SCHOOL = "/m/shirakabano/school/midorigaoka/"
MAY_NOT = (
    "academic_affairs_head", "grade_head", "subject_teacher", "office_staff", "ict_supporter",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_half_past_ten(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(10, 30))


@pytest.fixture
def room(scope):
    """Return the class of the demo's 学級担任, confirmed with everybody present."""
    teacher = scope.actor("homeroom_teacher", "midorigaoka")
    [homeroom_id] = {i for g in teacher.grants for i in g.homeroom_ids if g.school_id == teacher.at}
    ids = [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    AttendanceMark.objects.filter(homeroom_id=homeroom_id, date=scope.today).delete()
    ClassDay.objects.filter(homeroom_id=homeroom_id, date=scope.today).delete()
    services.confirm_day(
        actor=teacher, homeroom_id=homeroom_id, day=scope.today, entries=[], now=scope.now(8, 31)
    )
    return homeroom_id, ids


def actor_for(scope, who, homeroom_id):
    if who != "cover":
        return scope.actor(who, "midorigaoka")
    member = scope.membership("subject_teacher", "midorigaoka")
    Cover.objects.create(
        homeroom_id=homeroom_id, staff_member_id=member.person_id, date=scope.today
    )
    return scope.actor("subject_teacher", "midorigaoka")


def send(scope, actor, student_id, **changed):
    said = {"reason": "fever", "left_at": time(10, 20), "note": "37.8度", "now": scope.now(10, 30)}
    return services.send_home(actor=actor, student_id=student_id, **(said | changed))


@pytest.mark.parametrize(
    "who",
    ["homeroom_teacher", "assistant_homeroom_teacher", "cover", "school_nurse", "vice_principal",
     "principal"],
)  # fmt: skip
def test_those_who_confirm_write_it_down_with_history(scope, room, who, heard):
    homeroom_id, ids = room
    if who == "assistant_homeroom_teacher":
        actor = scope.actor(who, "midorigaoka")
        held = {i for g in actor.grants for i in g.homeroom_ids}
        if homeroom_id not in held:
            pytest.skip("the demo's 副担任 helps another class")
    actor = actor_for(scope, who, homeroom_id)
    change = send(scope, actor, ids[3])
    mark = AttendanceMark.objects.get(student_id=ids[3], date=scope.today)
    assert (mark.status, mark.late, mark.left_early) == ("present", False, True)
    assert (mark.left_time, mark.reason, mark.note) == (time(10, 20), "fever", "37.8度")
    assert change.old == {"code": "present"}
    assert change.new == {
        "code": "left_early", "reason": "fever", "note": "37.8度", "left_time": "10:20",
    }  # fmt: skip
    assert (change.changed_by_id, change.changed_at) == (actor.person_id, scope.now(10, 30))
    assert AuditEntry.objects.get(action="attendance.mark:send-home").subject_id == ids[3]


@pytest.mark.parametrize("who", MAY_NOT)
def test_others_of_the_school_may_not(scope, room, who):
    with pytest.raises(Refused):
        send(scope, scope.actor(who, "midorigaoka"), room[1][3])
    assert not MarkChange.objects.filter(student_id=room[1][3]).exists()


def test_another_class_and_another_school_do_not_exist(scope, room):
    teacher = scope.actor("homeroom_teacher", "midorigaoka")
    elsewhere = Homeroom.objects.filter(school_id=teacher.at).exclude(pk=room[0])
    stranger = seats_on(elsewhere.order_by("position")[0].id, scope.today)[0].student_id
    there = scope.actor("school_nurse", "higashikawabata")
    for actor, student in ((teacher, stranger), (there, room[1][3])):
        with pytest.raises(Http404):
            send(scope, actor, student)
    assert not AttendanceMark.objects.filter(student_id=room[1][3]).exists()


def test_a_late_child_stays_late_and_keeps_its_arrival(scope, room):
    homeroom_id, ids = room
    nurse = scope.actor("school_nurse", "midorigaoka")
    services.confirm_day(
        actor=nurse, homeroom_id=homeroom_id, day=scope.today,
        entries=[rules.Entry(ids[0], "present", "late")], now=scope.now(9, 5),
    )  # fmt: skip
    send(scope, nurse, ids[0])
    mark = AttendanceMark.objects.get(student_id=ids[0], date=scope.today)
    assert (mark.late, mark.left_early, mark.arrived_time) == (True, True, time(9, 5))
    page = queries.child_day(nurse, student_id=ids[0], day=scope.today)
    assert [(c.old.code, c.new.code, c.new.left_time) for c in page.changes] == [
        ("present", "late", ""),
        ("late", "late_left_early", "10:20"),
    ]


def test_refused_before_confirming_for_a_child_away_and_for_a_time_ahead(scope, room):
    homeroom_id, ids = room
    nurse = scope.actor("school_nurse", "midorigaoka")
    with pytest.raises(services.AttendanceRefused, match="これからの時刻"):
        send(scope, nurse, ids[0], left_at=time(10, 31))
    with pytest.raises(services.AttendanceRefused, match="具合を選んで"):
        send(scope, nurse, ids[0], reason="consultation")
    services.confirm_day(
        actor=nurse, homeroom_id=homeroom_id, day=scope.today,
        entries=[rules.Entry(ids[1], "present", "absent_sick")], now=scope.now(9, 0),
    )  # fmt: skip
    with pytest.raises(services.AttendanceRefused, match="病欠"):
        send(scope, nurse, ids[1])
    ClassDay.objects.filter(homeroom_id=homeroom_id, date=scope.today).delete()
    with pytest.raises(services.AttendanceRefused, match="まだ確定していません"):
        send(scope, nurse, ids[0])
    assert not AttendanceMark.objects.filter(student_id=ids[0]).exists()


def late_report(scope, student_id):
    guardian_id = GuardianRight.objects.filter(student_id=student_id)[0].guardian_id
    return AbsenceReport.objects.create(
        student_id=student_id, guardian_id=guardian_id, date=scope.today, kind="left_early",
        reason="clinic", status="conflict", submitted_at=scope.now(9, 0),
        idempotency_key=f"late-{student_id}", receipt_number=f"L{student_id.hex[-12:]}",
    )  # fmt: skip


def test_a_late_report_of_the_same_is_applied_with_it(scope, room):
    report = late_report(scope, room[1][2])
    send(scope, scope.actor("school_nurse", "midorigaoka"), room[1][2])
    report.refresh_from_db()
    assert report.status == "applied"


def test_three_taps_from_the_class_page_and_the_history_is_on_the_page(city, room):
    homeroom_id, ids = room
    client = city.client("homeroom_teacher", "midorigaoka")
    address = f"{SCHOOL}attendance/class/{homeroom_id}/{city.today}/"
    panel = client.post(address, {"b": "", "open": "3"}, headers={"X-Fragment": "1"})
    day = f"{SCHOOL}attendance/child/{ids[3]}/{city.today}/"
    assert f'href="{day}"' in panel.content.decode()
    page = client.get(day).content.decode()
    assert 'name="reason" value="fever"' in page
    assert 'value="10:30"' in page
    done = client.post(
        day, {"left_at": "10:25", "note": "", "reason": "stomach_ache"}, follow=True
    ).content.decode()
    with city.tenant():
        name = Student.objects.get(pk=ids[3]).display_name
    assert f"{name}さんを早退にしました。" in done
    teacher = city.membership("homeroom_teacher", "midorigaoka").person_id
    with city.tenant():
        from manabiya.roster.models import StaffMember

        who = StaffMember.objects.get(pk=teacher).name
    for word in ("<td>出席</td>", "早退 10:25 腹痛", who, "11/20 10:30"):
        assert word in done


def test_nurse_finds_the_child_by_kana_from_her_board(city, room):
    client = city.client("school_nurse", "midorigaoka")
    search = f"{SCHOOL}attendance/going-home/"
    assert f'href="{search}"' in client.get(f"{SCHOOL}health/").content.decode()
    with city.tenant():
        child = Student.objects.get(pk=room[1][0])
    found = client.get(search, {"q": child.display_kana}, follow=True).content.decode()
    assert child.display_name in found
    assert "あてはまる人はいません" not in found
    assert "あてはまる人はいません" in client.get(search, {"q": "んんん"}).content.decode()


def test_what_was_typed_stays_and_other_days_are_refused(city, room):
    client = city.client("school_nurse", "midorigaoka")
    day = f"{SCHOOL}attendance/child/{room[1][3]}/{city.today}/"
    wrong = client.post(day, {"left_at": "11:40", "note": "吐き気", "reason": "other"})
    assert wrong.status_code == 409
    assert "吐き気" in wrong.content.decode()
    assert client.post(day, {"left_at": "", "note": "", "reason": "x"}).status_code == 422
    before = f"{SCHOOL}attendance/child/{room[1][3]}/{city.today - timedelta(days=1)}/"
    said = {"left_at": "10:00", "note": "", "reason": "fever"}
    assert client.post(before, said).status_code == 409
    with city.tenant():
        assert not MarkChange.objects.filter(student_id=room[1][3]).exists()


@pytest.mark.parametrize("who", MAY_NOT)
def test_the_page_is_not_for_others(city, room, who):
    client = city.client(who, "midorigaoka")
    day = f"{SCHOOL}attendance/child/{room[1][3]}/{city.today}/"
    assert client.get(day).status_code == 403
    assert client.post(day, {"left_at": "10:00", "reason": "fever"}).status_code == 403


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("homeroom_teacher", ""),
        ("school_nurse", ""),
        ("vice_principal", ""),
        ("principal", ""),
        ("homeroom_teacher", "attendance/"),
        ("vice_principal", "attendance/"),
    ],
)
def test_a_report_after_the_confirmation_is_told_with_its_count(city, room, who, path):
    with city.tenant():
        late_report(city, room[1][0])
        late_report(city, room[1][1])
    page = city.client(who, "midorigaoka").get(f"{SCHOOL}{path}").content.decode()
    word = "確定後の連絡 2" if path else "確定したあとに届いた連絡 2件"
    assert word in page


@pytest.mark.parametrize("who", ["office_staff", "subject_teacher", "ict_supporter"])
def test_those_who_cannot_decide_are_not_told_of_it(city, room, who):
    with city.tenant():
        late_report(city, room[1][0])
    page = city.client(who, "midorigaoka").get(SCHOOL).content.decode()
    assert "確定したあとに届いた連絡" not in page
