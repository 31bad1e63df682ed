"""長期欠席: 30 days of A and S, by the cause the school judged, never by a computed one."""

import re

import pytest
from django.http import Http404

from manabiya.apps.statistics import queries, services
from manabiya.apps.statistics.models import LongAbsenceCause
from manabiya.apps.statistics.tests.conftest import SCHOOL

LINK = re.compile(r'<a[^>]*href="([^"]*/long-absence/[^/"]+/[^/"]+/)"[^>]*>([\d,]+)(?:名)?<')


def actor(city, role="principal"):
    return city.actor(role, "midorigaoka")


def decide(city, student_id, cause="non_attendance", role="principal"):
    return services.decide_cause(
        actor=actor(city, role), student_id=student_id, cause=cause, now=city.now()
    )


def test_children_of_thirty_days_are_found_with_both_parts(year, city):
    found = queries.long_absence_rows(
        actor(city), slug="2026", where="all", cause="all", today=city.today
    )
    assert {row.child.student_id for row in found.rows} == {s.student_id for s in year.long_absent}
    assert all(row.child.absent_days >= 28 and row.child.excused_days >= 5 for row in found.rows)
    assert {row.child.cause for row in found.rows} == {"undecided"}


def test_twenty_nine_days_are_not_long(year, city):
    from manabiya.apps.attendance.models import AttendanceMark

    child = year.long_absent[0].student_id
    marks = AttendanceMark.objects.filter(student_id=child).exclude(status="present")
    extra = marks.order_by("date").values_list("pk", flat=True)[29:]
    AttendanceMark.objects.filter(pk__in=list(extra)).delete()
    found = queries.long_absence_page(actor(city), slug="", today=city.today)
    assert found.total == len(year.long_absent) - 1


def test_every_number_opens_the_children_it_counts(year, city):
    decide(city, year.long_absent[0].student_id)
    decide(city, year.long_absent[1].student_id, "illness")
    client = year.client("principal")
    links = LINK.findall(client.get(f"{SCHOOL}statistics/long-absence/").content.decode())
    assert len(links) >= 9
    for address, text in links:
        assert len(client.get(address).context["page"].rows) == int(text), address


def test_a_cause_is_kept_once_with_one_entry_and_may_change(year, city):
    from manabiya.kernel.audit.models import AuditEntry

    child = year.long_absent[0].student_id
    decide(city, child)
    decide(city, child, "illness")
    [row] = LongAbsenceCause.objects.filter(student_id=child)
    assert (row.cause, row.school_year) == ("illness", 2026)
    entries = AuditEntry.objects.filter(
        action="statistics.long-absence:decide-cause", subject_id=child
    )
    assert entries.count() == 2
    assert "illness" not in str([entry.details for entry in entries])


@pytest.mark.parametrize("cause", ["", "undecided", "家庭"])
def test_an_unknown_cause_is_refused(year, city, cause):
    with pytest.raises(services.CauseRefused, match="理由を選んでください"):
        decide(city, year.long_absent[0].student_id, cause)
    assert not LongAbsenceCause.objects.exists()


def test_a_child_that_was_not_away_for_long_is_refused(year, city):
    from manabiya.roster.models import Enrollment

    seat = Enrollment.objects.filter(homeroom=year.rooms[0], ends_on=None).order_by("-roll_number")
    with pytest.raises(services.CauseRefused, match="30日になっていません"):
        decide(city, seat[0].student_id)


def test_who_may_not_decide(year, city):
    from manabiya.kernel.access.policies import Refused

    child = year.long_absent[0].student_id
    for role in ("school_nurse", "assistant_homeroom_teacher", "office_staff", "subject_teacher"):
        with pytest.raises(Refused):
            decide(city, child, role=role)
    teacher = actor(city, "homeroom_teacher")
    mine = {room for grant in teacher.grants for room in grant.homeroom_ids}
    other = next(seat for seat in year.long_absent if seat.homeroom_id not in mine)
    with pytest.raises(Http404):
        decide(city, other.student_id, role="homeroom_teacher")
    with pytest.raises(Http404):
        services.decide_cause(
            actor=city.actor("principal", "higashikawabata"),
            student_id=child,
            cause="illness",
            now=city.now(),
        )
    assert not LongAbsenceCause.objects.exists()


def test_the_page_keeps_a_cause_and_says_why_not(year):
    client = year.client("principal")
    child = year.long_absent[0].student_id
    address = f"{SCHOOL}statistics/long-absence/{child}/cause/"
    page = client.post(address, {"cause": "economic"}, follow=True).content.decode()
    assert "長期欠席の理由を保存しました。" in page
    assert '<option value="economic" selected>' in page
    page = client.post(address, {"cause": ""}, follow=True).content.decode()
    assert "理由を選んでください。" in page
    assert LongAbsenceCause.objects.get(student_id=child).cause == "economic"
