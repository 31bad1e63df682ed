"""A school closed, a class closed, a later start: what the families, the class page and the sums do."""

from datetime import date, time, timedelta

import pytest

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.jobs import counted, recount_school_day
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, SchoolDayCount
from manabiya.apps.attendance.queries.absences import days_of_absent_children
from manabiya.apps.attendance.queries.class_day import DayState
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY, Change
from manabiya.roster.calendar.services import ClassesConfirmed, set_day_change, withdraw_day_change
from manabiya.roster.models import School
from manabiya.roster.queries import children_of, seats_on

SCHOOL = "midorigaoka"
FRIDAY = date(2026, 11, 20)
TUESDAY = date(2026, 11, 24)
FEVER = services.Word(kind="absent", reason="fever")


@pytest.fixture
def decide(scope):
    """Return a function that decides a change of today at a school."""

    def of(kind, *, school=SCHOOL, room=None, minutes=120, last=FRIDAY, grade=0, first=FRIDAY):
        change = Change(
            kind, first, last, grade_level=grade, homeroom_id=room,
            minutes=minutes if kind == DELAYED else 0,
            ends_at=time(13, 30) if kind == EARLY else None,
            cause="infection" if room else "weather", note="気をつけて来てください。",
        )  # fmt: skip
        return set_day_change(
            actor=scope.actor("principal", school), change=change, now=scope.now(6, 30),
            says_again=True,
        )  # fmt: skip

    return of


def report(family, city, *, at=(7, 50), day=FRIDAY, key="1"):
    return services.submit_report(
        actor=family.actor, student_id=family.child.student_id, day=day, word=FEVER, key=key,
        now=city.now(*at),
    )  # fmt: skip


def page_of(city, role, path, monkeypatch, *moment):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(*moment))
    place = "" if role in ("guardian", "board_officer") else SCHOOL
    return city.client(role, place).get(path)


def test_the_cut_off_moves_with_the_start(family, city, decide):
    decide(DELAYED, school=family.school_slug)
    assert not report(family, city, at=(10, 15)).is_after_cutoff
    AbsenceReport.objects.filter(idempotency_key="1").delete()
    assert report(family, city, at=(10, 16), key="2").is_after_cutoff


def test_only_the_delayed_grade_has_more_time(family, city, decide):
    other = family.child.grade_level % 3 + 1
    decide(DELAYED, school=family.school_slug, grade=other)
    assert report(family, city, at=(8, 16)).is_after_cutoff


def test_a_report_can_be_changed_until_the_moved_cut_off(family, city, decide):
    mine = report(family, city)
    decide(DELAYED, school=family.school_slug)
    for at, may in (((10, 15), True), ((10, 16), False)):
        page = queries.report_page(family.actor, report_id=mine.id, now=city.now(*at))
        assert (page.line.may_change, page.line.cutoff) == (may, time(10, 15))
    services.change_report(actor=family.actor, report_id=mine.id, word=FEVER, now=city.now(9, 0))
    with pytest.raises(services.AttendanceRefused, match="10:15を過ぎた"):
        services.cancel_report(actor=family.actor, report_id=mine.id, now=city.now(10, 16))


def test_withdrawn_the_cut_off_is_as_before(family, city, decide):
    row = decide(DELAYED, school=family.school_slug)
    withdraw_day_change(
        actor=city.actor("principal", family.school_slug), change_id=row.id, now=city.now(7, 0)
    )
    assert report(family, city, at=(8, 16)).is_after_cutoff


def test_of_a_closed_day_no_report_is_needed_and_one_that_is_there_stays(family, city, decide):
    there = report(family, city, at=(6, 20))
    decide(CLOSED, school=family.school_slug)
    with pytest.raises(services.AttendanceRefused, match="連絡はいりません"):
        services.submit_report(
            actor=family.actor, student_id=family.child.student_id, day=FRIDAY,
            word=services.Word(kind="late", reason="clinic", expected_time=time(9, 30)), key="2",
            now=city.now(),
        )  # fmt: skip
    there.refresh_from_db()
    assert there.status == AbsenceReport.Status.SUBMITTED
    (card,) = queries.family_home(family.actor, now=city.now())
    assert (card.is_school_day, card.is_closed, card.next_school_day) == (False, True, TUESDAY)


def test_family_sees_the_later_start_first(family, city, decide, monkeypatch):
    child = children_of(city.membership("guardian").person_id, FRIDAY)[0]
    at = School.objects.get(pk=child.school_id).slug
    decide(DELAYED, school=at)
    decide(CLOSED, school=at, first=TUESDAY, last=TUESDAY)
    page = page_of(city, "guardian", "/m/shirakabano/family/", monkeypatch, 7, 0).content.decode()
    first = page.index("きょうは2時間おくれて始まります(10:25)。")
    assert page.index("<h1>") < first < page.index("11月24日(火)は休校です。")
    assert page.index("気をつけて来てください。") < page.index('class="child"')
    form = page_of(
        city, "guardian", f"/m/shirakabano/family/report/{child.student_id}/", monkeypatch, 7, 0
    ).content.decode()
    assert "きょうは2時間おくれて始まります(10:25)。" in form
    assert "今日の分の締切は 10:15 です。" in form


def test_family_of_a_closed_school_reads_that_nothing_is_needed(family, city, decide, monkeypatch):
    mine = children_of(city.membership("guardian").person_id, FRIDAY)
    for slug in {School.objects.get(pk=child.school_id).slug for child in mine}:
        decide(CLOSED, school=slug)
    path = f"/m/shirakabano/family/report/{mine[0].student_id}/"
    for address in ("/m/shirakabano/family/", path):
        page = page_of(city, "guardian", address, monkeypatch, 7, 0).content.decode()
        assert page.index("きょうは休校です。") < page.index("連絡はいりません。")
    assert "今日(" not in page


def test_class_page_of_a_closed_class_asks_nothing(scope, city, decide, monkeypatch):
    room = scope.homeroom_id("2年1組")
    decide(CLOSED, room=room, last=TUESDAY)
    address = f"/m/shirakabano/school/{SCHOOL}/attendance/class/{room}/{FRIDAY}/"
    page = page_of(city, "vice_principal", address, monkeypatch, 8, 30).content.decode()
    assert "学級閉鎖(感染症) 11月20日(金)〜11月24日(火)" in page
    assert "出欠は聞きません" in page
    assert 'name="save"' not in page
    found = queries.class_page(
        scope.actor("vice_principal", SCHOOL), homeroom_id=room, day=FRIDAY, today=FRIDAY
    )
    assert (found.state, found.rows) == (DayState.NO_SCHOOL, ())


def test_a_closed_class_can_not_be_confirmed(scope, city, decide):
    room = scope.homeroom_id("2年1組")
    decide(CLOSED, room=room)
    with pytest.raises(services.AttendanceRefused, match="休校・閉鎖"):
        services.confirm_day(
            actor=scope.actor("vice_principal", SCHOOL), homeroom_id=room, day=FRIDAY,
            entries=[], now=city.now(8, 30),
        )  # fmt: skip
    assert not ClassDay.objects.filter(homeroom_id=room, date=FRIDAY).exists()


def test_in_a_mixed_class_only_the_children_of_the_closed_grade_stay_away(scope, city, decide):
    room = scope.homeroom_id("ひまわり学級")
    decide(CLOSED, grade=3)
    page = queries.class_page(
        scope.actor("vice_principal", SCHOOL), homeroom_id=room, day=FRIDAY, today=FRIDAY
    )
    assert [row.seat.grade_level for row in page.rows] == [1, 5]
    done = services.confirm_day(
        actor=scope.actor("vice_principal", SCHOOL), homeroom_id=room, day=FRIDAY, entries=[],
        now=city.now(8, 30),
    )  # fmt: skip
    assert done.counts.enrolled == 2


def november(scope, room):
    return queries.register_month(
        scope.actor("vice_principal", SCHOOL), homeroom_id=room, first=date(2026, 11, 1),
        today=FRIDAY,
    )  # fmt: skip


def test_register_counts_a_closed_class_as_excused_without_a_mark(scope, city, decide):
    room = scope.homeroom_id("2年1組")
    before = november(scope, room)
    decide(CLOSED, room=room)
    after = november(scope, room)
    assert after.school_day_count == before.school_day_count, "the day stays a 授業日"
    for old, new in zip(before.rows, after.rows, strict=True):
        assert (new.cells[19].symbol, new.cells[19].cause) == ("閉", "S4")
        assert new.summary.suspension_days == old.summary.suspension_days + 1
        assert new.summary.unconfirmed_days == old.summary.unconfirmed_days - 1
    assert FRIDAY not in after.unconfirmed_dates
    assert after.days[19].label == "学級閉鎖"
    assert not AttendanceMark.objects.filter(homeroom_id=room, date=FRIDAY).exists()


def test_register_of_a_closed_grade_has_a_day_less(scope, decide):
    room = scope.homeroom_id("2年1組")
    before = november(scope, room)
    row = decide(CLOSED, grade=2)
    after = november(scope, room)
    assert after.school_day_count == before.school_day_count - 1
    assert {row.summary.school_day_count for row in after.rows} == {
        row.summary.school_day_count - 1 for row in before.rows
    }
    assert after.days[19].is_off
    withdraw_day_change(
        actor=scope.actor("principal", SCHOOL), change_id=row.id, now=scope.now(9, 0)
    )
    assert november(scope, room) == before


def test_a_child_suspended_anyway_stays_so_in_a_closed_class(scope, city, decide):
    room = scope.homeroom_id("2年1組")
    seats = seats_on(room, FRIDAY)
    put_period(city, seats[0].student_id)
    services.confirm_day(
        actor=scope.actor("vice_principal", SCHOOL), homeroom_id=room, day=FRIDAY,
        entries=[rules.Entry(seats[1].student_id, "present", "absent_other")],
        now=city.now(8, 30),
    )  # fmt: skip
    decide(CLOSED, room=room)
    cells = [row.cells[19] for row in november(scope, room).rows]
    assert [cells[0].cause, cells[1].cause, cells[2].cause] == ["S1", "S4", "S4"]


def test_the_counts_leave_a_closed_class_to_the_calendar(scope, city, decide):
    room = scope.homeroom_id("2年1組")
    school = School.objects.get(slug=SCHOOL)
    AbsenceReport.objects.filter(date=FRIDAY).delete()
    services.confirm_day(
        actor=scope.actor("vice_principal", SCHOOL),
        homeroom_id=room,
        day=FRIDAY,
        entries=[],
        now=city.now(8, 30),
    )
    size = len(seats_on(room, FRIDAY))
    assert counted(school.id, FRIDAY)["present", ""] == size
    recount_school_day(school.id, FRIDAY)
    row = decide(CLOSED, room=room)
    assert counted(school.id, FRIDAY)["present", ""] == 0
    recount_school_day(school.id, FRIDAY)
    line = line_of(scope, school)
    assert (line.counts.suspended, line.counts.present) == (size, 0)
    assert line.classes == 12, "the closed one of thirteen is not asked for"
    assert line.changed.closed_classes == 1
    withdraw_day_change(
        actor=scope.actor("principal", SCHOOL), change_id=row.id, now=city.now(9, 0)
    )
    recount_school_day(school.id, FRIDAY)
    assert line_of(scope, school).counts.present == size


def line_of(scope, school):
    page = queries.city_day(scope.actor("board_officer"), day=FRIDAY)
    return next(line for line in page.lines if line.school.id == school.id)


def test_deciding_and_withdrawing_let_the_counts_be_made_anew(scope, decide, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "manabiya.roster.calendar.services.publish", lambda *a, **keys: heard.append(keys["date"])
    )
    row = decide(CLOSED)
    decide(CLOSED, first=TUESDAY, last=TUESDAY)
    withdraw_day_change(actor=scope.actor("principal", SCHOOL), change_id=row.id, now=scope.now())
    assert heard == [FRIDAY, FRIDAY], "a day to come has nothing to count"


def test_board_sees_which_schools_are_closed_or_start_later_in_numbers(
    scope, city, decide, monkeypatch
):
    decide(CLOSED, school="higashikawabata")
    decide(DELAYED, grade=1)
    page = page_of(city, "board_officer", "/m/shirakabano/board/attendance/", monkeypatch, 8, 0)
    text = page.content.decode()
    for words in ("休校 1校", "始業の繰下げ 1校", "繰下げ 2時間"):
        assert words in text
    found = queries.city_day(scope.actor("board_officer"), day=FRIDAY)
    assert (found.closed_schools, found.delayed_schools) == (1, 1)
    assert {line.school.slug: line.is_open for line in found.lines} == {
        SCHOOL: True,
        "higashikawabata": False,
    }


def test_lists_of_classes_show_what_is_closed(scope, decide):
    room = scope.homeroom_id("2年1組")
    decide(CLOSED, room=room)
    decide(DELAYED, grade=3, minutes=60)
    lines = queries.homeroom_lines(scope.actor("vice_principal", SCHOOL), day=FRIDAY)
    found = {line.card.name: line for line in lines}
    closed, later = found["2年1組"], found["3年2組"]
    assert (closed.is_school_day, closed.is_excused) == (False, True)
    assert closed.counts.suspended == closed.counts.enrolled > 0
    assert later.delay == timedelta(hours=1)
    assert found["ひまわり学級"].delay == timedelta(hours=1), "it starts with its last grade"
    assert found["1年1組"].delay == timedelta()


def test_days_of_a_closed_class_are_among_those_a_child_was_not_seen(scope, city, decide):
    room = scope.homeroom_id("2年1組")
    child = seats_on(room, FRIDAY)[0].student_id
    past = ClassDay.objects.filter(homeroom_id=room, date__lt=FRIDAY).order_by("-date")
    for day in past.values_list("date", flat=True)[:3]:
        AttendanceMark.objects.update_or_create(
            student_id=child, date=day,
            defaults={
                "homeroom_id": room, "status": "absent_sick", "source": "teacher",
                "decided_by_id": scope.actor("vice_principal", SCHOOL).person_id,
                "decided_at": city.now(),
            },
        )  # fmt: skip
    decide(CLOSED, room=room)
    days = days_of_absent_children(
        [child], first=FRIDAY - timedelta(days=10), last=FRIDAY, in_a_row=3, in_all=30
    )[child]
    assert [(day.status.value, day.cause) for day in days[-2:]] == [
        ("absent_sick", None),
        ("attendance_suspension", "S4"),
    ]


def test_children_of_a_closed_class_are_no_suspensions_of_the_projection(scope, decide):
    decide(CLOSED, room=scope.homeroom_id("2年1組"))
    school = School.objects.get(slug=SCHOOL)
    recount_school_day(school.id, FRIDAY)
    rows = SchoolDayCount.objects.filter(school=school, date=FRIDAY)
    kept = {kind: count for kind, count in rows.values_list("kind", "count") if count}
    children = len(seats_on(scope.homeroom_id("2年1組"), FRIDAY))
    assert kept == {"closed_classes": 1, "kept_at_home": children}


def test_a_class_confirmed_today_has_to_be_said_again(scope, city):
    room = scope.homeroom_id("2年1組")
    principal = scope.actor("principal", SCHOOL)
    services.confirm_day(
        actor=principal, homeroom_id=room, day=FRIDAY, entries=[], now=city.now(8, 30)
    )
    with pytest.raises(ClassesConfirmed, match=r"確定した学級があります\(2年1組\)"):
        set_day_change(actor=principal, change=Change(CLOSED, FRIDAY, FRIDAY), now=city.now(8, 40))
    set_day_change(actor=principal, change=Change(CLOSED, TUESDAY, TUESDAY), now=city.now(8, 40))
