"""The button that moves the demo's school clock on: who may, where to, and what stays."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import SCHOOL_ZONE, real_now, school_now
from manabiya.roster.models import CalendarDay

ADDRESS = "/demo/shirakabano/clock/"
ROLL_CALL = {"step": "roll-call", "day": "2026-11-20", "next": "/m/shirakabano/family/"}
NEXT_DAY = {"step": "next-school-day", "day": "2026-11-20"}
LITTLE = timedelta(minutes=5)


@pytest.fixture
def morning(city):
    """Set the school clock to 7:50 of 20 November, whatever ran before."""
    municipality = city.municipality()
    wanted = datetime(2026, 11, 20, 7, 50, tzinfo=SCHOOL_ZONE)
    municipality.clock_offset_seconds = int((wanted - real_now()).total_seconds())
    municipality.save()
    return city


def shown(city):
    return school_now(city.municipality())


def entries(city):
    with city.tenant():
        return list(AuditEntry.objects.filter(action="demo.clock:move"))


@pytest.mark.parametrize(
    ("role", "school"),
    [("guardian", ""), ("ict_supporter", "midorigaoka"), ("board_officer", "")],
)
def test_anybody_of_the_demo_moves_the_clock_to_roll_call(morning, role, school):
    answer = morning.client(role, school).post(ADDRESS, ROLL_CALL)
    assert (answer.status_code, answer["Location"]) == (302, "/m/shirakabano/family/")
    wanted = datetime(2026, 11, 20, 8, 41, tzinfo=SCHOOL_ZONE)
    assert wanted <= shown(morning) < wanted + LITTLE
    (entry,) = entries(morning)
    assert entry.details["to"] == "2026-11-20T08:41:00+09:00"
    assert entry.hat == morning.hat(role)
    assert abs(entry.at - real_now()) < LITTLE


def test_the_banner_offers_roll_call_and_after_it_the_next_school_day(morning):
    client = morning.client("guardian")
    page = client.get("/m/shirakabano/family/").content.decode()
    assert "8:41 へ進む" in page
    assert "つぎの授業日" not in page
    client.post(ADDRESS, ROLL_CALL)
    page = client.get("/m/shirakabano/family/").content.decode()
    assert "8:41 へ進む" not in page
    assert "つぎの朝へ進む" in page
    client.post(ADDRESS, NEXT_DAY)
    wanted = datetime(2026, 11, 24, 7, 50, tzinfo=SCHOOL_ZONE)  # the 23rd is a holiday
    assert wanted <= shown(morning) < wanted + LITTLE
    assert "8:41 へ進む" in client.get("/m/shirakabano/family/").content.decode()


def test_the_clock_never_goes_back(morning):
    client = morning.client("guardian")
    client.post(ADDRESS, NEXT_DAY)
    before = shown(morning)
    for stale in (ROLL_CALL, NEXT_DAY):
        assert client.post(ADDRESS, stale).status_code == 302
        assert before <= shown(morning) < before + LITTLE
    assert len(entries(morning)) == 1
    page = client.get("/m/shirakabano/family/").content.decode()
    assert "もうその時刻を過ぎています" in page


def test_without_a_further_school_day_the_clock_stays(morning):
    with morning.tenant():
        CalendarDay.objects.filter(date__gt=date(2026, 11, 20)).delete()
    before = shown(morning)
    morning.client("guardian").post(ADDRESS, NEXT_DAY)
    assert shown(morning) < before + LITTLE
    assert entries(morning) == []


def test_only_the_school_clock_of_this_municipality_moves(morning):
    other = school_now(morning.municipality("sawanose"))
    client = morning.client("vice_principal", "midorigaoka")
    expiry = client.session.get_expiry_date()
    client.post(ADDRESS, ROLL_CALL)
    assert abs(school_now(morning.municipality("sawanose")) - other) < LITTLE
    assert abs(client.session.get_expiry_date() - expiry) < LITTLE
    assert client.get("/m/shirakabano/school/midorigaoka/").status_code == 200


def refused(city, client, **headers):
    before = shown(city)
    status = client.post(ADDRESS, ROLL_CALL, **headers).status_code
    assert shown(city) < before + LITTLE
    assert entries(city) == []
    return status


def test_somebody_from_elsewhere_finds_nothing(morning):
    assert refused(morning, morning.client("principal", "sawanose", "sawanose")) == 404


def test_nobody_moves_it_without_login(morning):
    assert refused(morning, Client()) == 302


def test_through_a_proxy_or_from_afar_there_is_no_button(morning):
    client = morning.client("guardian")
    assert refused(morning, client, HTTP_X_FORWARDED_FOR="192.0.2.7") == 404
    assert refused(morning, client, REMOTE_ADDR="192.0.2.7") == 404
    page = client.get("/m/shirakabano/family/", REMOTE_ADDR="192.0.2.7").content.decode()
    assert "8:41 へ進む" not in page


def test_a_real_municipality_has_no_such_button(morning):
    municipality = morning.municipality()
    municipality.is_demo = False
    municipality.save()
    client = morning.client("guardian")
    assert client.post(ADDRESS, ROLL_CALL).status_code == 404
    assert morning.municipality().clock_offset_seconds == municipality.clock_offset_seconds
    assert entries(morning) == []


@pytest.mark.parametrize(
    "form", [{}, {"step": "yesterday", "day": "2026-11-20"}, {"step": "roll-call", "day": "x"}]
)
def test_what_is_no_step_is_not_found(morning, form):
    assert morning.client("guardian").post(ADDRESS, form).status_code == 404
    assert entries(morning) == []


def test_a_look_at_the_address_moves_nothing(morning):
    assert morning.client("guardian").get(ADDRESS).status_code == 405
    assert entries(morning) == []
