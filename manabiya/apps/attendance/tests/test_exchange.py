"""交流学級: a child of one class comes to another; both teachers see and mark, one mark exists."""

import re
from datetime import timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.tests.test_class_days import report_for
from manabiya.apps.attendance.tests.test_query_counts import asked
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Appointment, Enrollment, ExchangePlacement, Homeroom, Post
from manabiya.roster.queries import seats_on, seats_with_guests

SCHOOL = "/m/shirakabano/school/midorigaoka/attendance/class/"


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


class Two:
    """ひまわり学級 (``home``), 1年1組 (``visited``) and the child of the one that comes to the other."""

    def __init__(self, scope):
        self.city = scope
        self.home = scope.homeroom_id("ひまわり学級")
        self.visited = scope.homeroom_id("1年1組")
        own = [s.student_id for s in seats_on(self.visited, scope.today)]
        homes = [s.student_id for s in seats_on(self.home, scope.today)]
        AbsenceReport.objects.filter(student_id__in=[*own, *homes]).delete()
        self.own, [self.child, *self.others] = own, homes
        ExchangePlacement.objects.filter(student_id=self.child).update(homeroom_id=self.visited)

    def actor(self, role="homeroom_teacher"):
        """Return the teacher of 1年1組; ``"home"``: the one of ひまわり学級."""
        from dataclasses import replace

        if role != "home":
            return self.city.actor(role, "midorigaoka")
        post = Appointment.objects.get(homeroom_id=self.home, post=Post.HOMEROOM_TEACHER)
        actor = self.city.actor("homeroom_teacher", "midorigaoka")
        grants = tuple(replace(g, homeroom_ids=frozenset([self.home])) for g in actor.grants)
        return replace(actor, person_id=post.staff_member_id, grants=grants)

    def confirm(self, homeroom_id, entries=(), *, role="homeroom_teacher", settled=(), **at):
        return services.confirm_day(
            actor=self.actor(role),
            homeroom_id=homeroom_id,
            day=at.get("day", self.city.today),
            entries=[rules.Entry(*entry) for entry in entries],
            settled=settled,
            now=self.city.now(8, at.get("minute", 30)),
        )

    def mark(self, child=None):
        return AttendanceMark.objects.filter(
            student_id=child or self.child, date=self.city.today
        ).first()

    def page(self, homeroom_id, role="homeroom_teacher", day=None):
        return queries.class_page(
            self.actor(role),
            homeroom_id=homeroom_id,
            day=day or self.city.today,
            today=self.city.today,
        )

    def row(self, homeroom_id, role="homeroom_teacher"):
        rows = self.page(homeroom_id, role).rows
        return next(row for row in rows if row.seat.student_id == self.child)

    def is_confirmed(self, homeroom_id):
        return ClassDay.objects.filter(homeroom_id=homeroom_id, date=self.city.today).exists()


@pytest.fixture
def two(scope):
    return Two(scope)


def test_guest_stands_on_both_pages_and_counts_in_the_own_class_only(two):
    there, home = two.page(two.visited), two.page(two.home, "home")
    guest = there.rows[-1]
    assert guest.seat.student_id == two.child
    assert (guest.is_guest, guest.seat.home.name) == (True, "ひまわり学級")
    assert [row.seat.student_id for row in there.own] == two.own
    own = next(row for row in home.rows if row.seat.student_id == two.child)
    assert (own.is_guest, own.seat.visits) == (False, "1年1組")
    assert len(home.own) == len(two.others) + 1
    assert two.confirm(two.visited).counts.enrolled == len(two.own)


def test_mark_of_the_visited_class_is_the_one_mark_and_confirms_the_own_class_not(two):
    done = two.confirm(two.visited, [(two.child, "present", "late")])
    mark = two.mark()
    assert (mark.homeroom_id, mark.late) == (two.home, True)
    assert mark.decided_by_id == two.actor().person_id
    assert (done.guests, done.changed) == (1, 0)
    assert (two.is_confirmed(two.visited), two.is_confirmed(two.home)) == (True, False)
    assert two.row(two.home, "home").standing.code == "late"
    assert two.row(two.visited).standing.code == "late"
    entry = AuditEntry.objects.get(action="attendance.day:confirm")
    assert entry.details["guests"] == [str(two.child)]

    two.confirm(two.home, [(two.child, "late", "absent")], role="home", minute=40)
    assert AttendanceMark.objects.filter(student_id=two.child, date=two.city.today).count() == 1
    assert two.mark().status == "absent_other"
    change = MarkChange.objects.get(student_id=two.child)
    assert (change.homeroom_id, change.old, change.new) == (
        two.home, {"code": "late"}, {"code": "absent_other"},
    )  # fmt: skip


def test_guest_nobody_marked_is_left_to_the_own_class(two):
    report = report_for(two.city, two.child)
    two.confirm(two.visited, [(two.child, "absent_sick", "absent_sick")])
    report.refresh_from_db()
    assert two.mark() is None
    assert report.status == "submitted"
    assert not two.row(two.visited).standing.is_decided
    two.confirm(two.home, [(two.child, "absent_sick", "absent_sick")], role="home")
    assert two.mark().status == "absent_sick"
    assert two.row(two.visited).standing.is_decided


def test_guest_who_came_in_spite_of_the_report_is_present_everywhere(two):
    report = report_for(two.city, two.child)
    two.confirm(two.visited, [(two.child, "absent_sick", "present")])
    report.refresh_from_db()
    assert report.status == "rejected"
    assert two.row(two.home, "home").standing.code == "present"


def test_both_teachers_meet_as_two_teachers_of_one_class(two):
    two.confirm(two.home, [(two.child, "present", "absent")], role="home")
    with pytest.raises(services.DayClash) as clash:
        two.confirm(two.visited, [(two.child, "present", "late"), (two.own[0], "present", "late")])
    assert [c.student_id for c in clash.value.clashes] == [two.child]
    assert two.mark(two.own[0]) is None
    assert not two.is_confirmed(two.visited)
    two.confirm(two.visited, [(two.child, "present", "present")])
    assert two.mark().status == "absent_other"


def test_late_report_of_a_guest_is_settled_from_either_page(two):
    two.confirm(two.home, role="home")
    report = report_for(two.city, two.child)
    AbsenceReport.objects.filter(pk=report.pk).update(status="conflict")
    two.confirm(two.visited, [(two.child, "present", "absent")], settled=[report.id], minute=50)
    report.refresh_from_db()
    assert (report.status, two.mark().status) == ("applied", "absent_other")
    assert MarkChange.objects.get(student_id=two.child).new == {"code": "absent_other"}


def test_visited_teacher_marks_no_other_child_of_the_own_class(two):
    with pytest.raises(services.AttendanceRefused, match="この学級にいない人"):
        two.confirm(two.visited, [(two.others[0], "present", "absent")])
    with pytest.raises(Http404):
        two.confirm(two.home, [(two.child, "present", "absent")])
    assert two.mark() is None
    assert two.mark(two.others[0]) is None
    seen = {row.seat.student_id for row in two.page(two.visited).rows}
    assert not seen & set(two.others)


def test_right_ends_with_the_placement_for_days_gone_by_too(two):
    yesterday = two.city.today - timedelta(days=1)
    two.confirm(two.visited, [(two.child, "present", "late")], day=yesterday)
    assert AttendanceMark.objects.get(student_id=two.child, date=yesterday).late
    ExchangePlacement.objects.filter(student_id=two.child).update(ends_on=yesterday)
    for day in (two.city.today, yesterday):
        with pytest.raises(services.AttendanceRefused, match="この学級にいない人"):
            two.confirm(two.visited, [(two.child, "present", "absent")], day=day)
        assert len(two.page(two.visited, day=day).own) == len(two.page(two.visited, day=day).rows)


def test_placement_that_begins_tomorrow_or_is_at_another_school_gives_nothing(two):
    placed = ExchangePlacement.objects.filter(student_id=two.child)
    placed.update(starts_on=two.city.today + timedelta(days=1))
    assert [
        s for s in seats_with_guests(two.visited, two.city.today, two.city.today) if s.home
    ] == []
    elsewhere = Homeroom.objects.filter(school__slug="higashikawabata")[0]
    placed.update(starts_on=two.city.today, homeroom=elsewhere)
    assert not [
        s for s in seats_with_guests(elsewhere.id, two.city.today, two.city.today) if s.home
    ]


@pytest.mark.parametrize("role", ["academic_affairs_head", "subject_teacher", "office_staff"])
def test_who_may_not_confirm_marks_no_guest(two, role):
    with pytest.raises(Refused):
        two.confirm(two.visited, [(two.child, "present", "absent")], role=role)
    assert two.mark() is None


def test_consultation_of_a_guest_is_read_by_the_own_teacher_only(two):
    report = report_for(two.city, two.child, reason="consultation")
    AbsenceReport.objects.filter(pk=report.pk).update(note="学校が不安です。")
    assert two.row(two.home, "home").reports[0].note == "学校が不安です。"
    [seen] = two.row(two.visited).reports
    assert (seen.reason, seen.note) == ("other", "")
    assert two.row(two.visited, "school_nurse").reports[0].reason == "consultation"


def test_page_shows_guests_apart_with_their_class_and_counts_without_them(two):
    client = two.city.client("homeroom_teacher", "midorigaoka")
    html = client.get(f"{SCHOOL}{two.visited}/2026-11-20/").content.decode()
    section = re.search(r'<section[^>]*aria-labelledby="guests">.*?</section>', html, re.S)[0]
    assert "交流学級で来る人" in section
    assert "在籍 ひまわり学級" in section
    assert section.count('<li class="pupil') == 1
    assert f"{len(two.own)}名の出欠を確定する" in html
    everybody = [*two.own, two.child]
    data = {"b": ",".join(i.hex for i in everybody), f"r{len(two.own)}": "late", "save": "1"}
    answer = client.post(f"{SCHOOL}{two.visited}/2026-11-20/", data, follow=True).content.decode()
    assert f"{len(two.own)}名の出欠を確定しました。" in answer
    assert "交流学級で来る1名の出欠を、在籍の学級に入れました。" in answer
    deputy = two.city.client("vice_principal", "midorigaoka")
    assert "交流 1年1組" in deputy.get(f"{SCHOOL}{two.home}/2026-11-20/").content.decode()


def test_several_grades_stand_apart_each_with_its_count(two):
    client = two.city.client("vice_principal", "midorigaoka")
    html = client.get(f"{SCHOOL}{two.home}/2026-11-20/").content.decode()
    heads = re.findall(r'<section class="grade"[^>]*><h2[^>]*>(\d年) <span[^>]*>(\d+)名', html)
    seats = Enrollment.objects.filter(homeroom_id=two.home, ends_on=None)
    grades = sorted(seats.values_list("grade_level", flat=True))
    assert heads == [(f"{g}年", str(grades.count(g))) for g in sorted(set(grades))]
    plain = client.get(f"{SCHOOL}{two.city.homeroom_id('2年1組')}/2026-11-20/").content.decode()
    assert '<section class="grade"' not in plain
    assert "交流学級で来る人" not in plain


def test_page_with_guests_asks_no_more(two):
    client = two.city.client("homeroom_teacher", "midorigaoka")
    address = f"{SCHOOL}{two.visited}/2026-11-20/"
    client.get(address)
    with_guest = len(asked(client, address))
    ExchangePlacement.objects.filter(student_id=two.child).delete()
    assert len(asked(client, address)) == with_guest
