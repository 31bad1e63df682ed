"""Infections by week, each number with its children; days of 病欠 with theirs."""

import re

from manabiya.apps.statistics import queries
from manabiya.apps.statistics.tests.conftest import SCHOOL

LINK = re.compile(r'<a[^>]*href="([^"]*/statistics/[^"]*/illness/[^"]*)"[^>]*>([\d,]+)(?:名)?<')
SICK = re.compile(r'<a[^>]*href="([^"]*/rows/absent_sick/all/)"[^>]*>([\d,]+)<')


def test_weeks_hold_the_decided_suspensions_by_disease(year, city):
    actor = city.actor("school_nurse", "midorigaoka")
    page = queries.illness_page(actor, slug="m2026-10", today=city.today)
    assert page.diseases == (("covid19", "新型コロナウイルス感染症"),)
    assert {line.week.label: line.total for line in page.weeks if line.total} == {
        "10/19の週": len(year.rooms)
    }
    assert page.total == len(year.rooms)


def test_every_number_opens_rows_of_the_same_count(year, city):
    nurse = year.client("school_nurse")
    page = nurse.get(f"{SCHOOL}statistics/illness/", {"stretch": "2026"}).content.decode()
    links = [link for link in LINK.findall(page) if not link[0].endswith("/file/")]
    assert len(links) >= 5
    for address, text in links:
        found = nurse.get(address).context["page"]
        assert len(found.rows) == int(text), address
    sick = SICK.findall(page)
    assert len(sick) > 2
    for address, text in sick:
        found = nurse.get(address).context["page"]
        assert found.number == sum(c.number for room in found.classes for c in room.children)
        assert f"{found.number:,}" == text, address


def test_a_class_teacher_sees_the_children_of_the_own_class(year, city):
    actor = city.actor("homeroom_teacher", "midorigaoka")
    mine = {room for grant in actor.grants for room in grant.homeroom_ids}
    found = queries.suspension_rows(actor, slug="2026", disease="all", today=city.today)
    assert found.rows
    assert {row.seat.homeroom_id for row in found.rows} == mine


def test_what_is_not_decided_is_not_counted(year, city):
    from manabiya.apps.attendance.models import ExcusedPeriod

    actor = city.actor("school_nurse", "midorigaoka")
    before = queries.illness_page(actor, slug="m2026-10", today=city.today).total
    period = ExcusedPeriod.objects.filter(disease="covid19", school_id=year.school_id)[0]
    ExcusedPeriod.objects.filter(pk=period.pk).update(status="proposed")
    assert queries.illness_page(actor, slug="m2026-10", today=city.today).total == before - 1


def test_no_such_disease_is_404(year):
    address = f"{SCHOOL}statistics/2026/illness/none/"
    assert year.client("school_nurse").get(address).status_code == 404
