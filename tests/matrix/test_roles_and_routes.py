"""Role × route: one golden file, and every denied cell really requested.

The file is written anew with ``WRITE_GOLDEN=1`` and read by people: a difference is a decision.
"""

import os
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from manabiya.apps.monitor import services as monitor
from manabiya.kernel.access.devices import Device, DevicePolicy
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, unguarded
from manabiya.kernel.clock import real_now
from manabiya.kernel.registry import registry
from tests.matrix.samples import foreign, samples

GOLDEN = Path(__file__).with_name("roles_and_routes.txt")
BIG = ("shirakabano", "midorigaoka")
SMALL = ("sawanose", "sawanose")
ROLES = {
    **{
        role: (role, *BIG)
        for role in (
            "principal",
            "vice_principal",
            "academic_affairs_head",
            "grade_head",
            "homeroom_teacher",
            "assistant_homeroom_teacher",
            "subject_teacher",
            "school_nurse",
            "office_staff",
            "ict_supporter",
            "board_officer",
            "board_administrator",
            "guardian",
        )
    },
    "small school: principal": ("principal", *SMALL),
    "small school: homeroom_teacher": ("homeroom_teacher", *SMALL),
    "monitor": ("monitor", *BIG),
}
GUARDED = {
    name: r for name, r in registry.routes.items() if isinstance(r.policy, Policy | DevicePolicy)
}
CITYWIDE = {
    "board-settings-drop",
    *("board-protection-set", "board-protection-review", "board-protection-end"),
    *("board-transfer-accept", "board-transfer-cancel", "board-departure-cancel"),
    *("board-checklist-sheet", "board-checklist-sheet-reopen", "board-checklist-school"),
    *("board-checklist-set", "board-checklist-set-figures"),
    *("board-checklist-set-answers", "board-checklist-set-answers-pattern"),
    *("board-paperwork-paper", "board-paperwork-propose", "board-paperwork-retire"),
    "board-paperwork-withdraw",
    *(name for name in registry.routes if name.startswith("board-dx-plan")),
}
"""Where the board answers for every child and school of the city; only another municipality's is a stranger."""
IN_SCHOOL = [r for r in ROLES if not r.startswith(("board", "guardian", "monitor"))]


def lives_in(role):
    return {
        Area.BOARD: role.startswith("board"),
        Area.FAMILY: role == "guardian",
        Area.SCHOOL: role in IN_SCHOOL,
        Area.DEVICE: role == "monitor",
    }


def pair(city):
    """Return the browser of a screen nobody has logged in on, and the screen as a device."""
    with city.tenant():
        office = city.actor("office_staff", "midorigaoka")
        started = monitor.start_pairing(actor=office, name="職員室", now=real_now())
        paired = monitor.pair_device(code=started.code, now=real_now())
        row = paired.device
    browser = Client(raise_request_exception=False)
    browser.cookies["manabiya-wall"] = paired.token
    return browser, Device(row.id, row.municipality_id, row.school_id, "monitor")


def actor_of(city, role):
    key, slug, school = ROLES[role]
    if key == "monitor":
        return pair(city)[1]
    with city.tenant(slug):
        return city.actor(key, school if role in IN_SCHOOL else "", slug)


def client_of(city, role):
    key, slug, school = ROLES[role]
    if key == "monitor":
        return pair(city)[0]
    return city.client(key, school if role in IN_SCHOOL else "", slug)


def address(route, values, slug, school):
    names = set(re.findall(r"<\w+:(\w+)>", route.area.value + route.path))
    unknown = names - {"municipality", "school"} - values.keys()
    assert not unknown, f"{route.name}: give samples for {unknown} in tests/matrix/samples.py"
    known = {**values, "municipality": slug, "school": school}
    return reverse(route.name, kwargs={name: known[name] for name in names})


def table(city):
    lines = ["route\t" + "\t".join(ROLES)]
    actors = {role: actor_of(city, role) for role in ROLES}
    for name, route in sorted(GUARDED.items()):
        cells = []
        for role, actor in actors.items():
            is_allowed = lives_in(role)[route.area] and route.policy.may(actor)
            cells.append(route.policy.permission.name if is_allowed else "-")
        lines.append(f"{name}\t" + "\t".join(cells))
    return "\n".join(lines) + "\n"


def test_golden_file_is_what_the_house_allows(city):
    found = table(city)
    if os.environ.get("WRITE_GOLDEN"):
        GOLDEN.write_text(found)
    assert GOLDEN.read_text() == found


def test_every_address_carries_a_policy():
    from manabiya.site.urls import urlpatterns

    assert list(unguarded(urlpatterns)) == []


def snapshot():
    """Return a digest of every table a person's deed could change, the log of deeds left out."""
    skip = (
        "audit_",
        "django_session",
        "usersessions",
        "identity_throttle",
        "procrastinate",
        "django_",
    )
    digests = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [t for (t,) in cursor.fetchall() if not t.startswith(skip)]
        for slug in ("shirakabano", "sawanose"):
            cursor.execute(
                "SELECT set_config('app.municipality_id',"
                " (SELECT id::text FROM tenancy_municipality WHERE slug = %s), true)",
                [slug],
            )
            for name in tables:
                cursor.execute(
                    f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t"
                )
                digests[slug, name] = cursor.fetchone()
        cursor.execute("SELECT set_config('app.municipality_id', '', true)")
    return digests


@pytest.mark.parametrize("role", ROLES)
def test_denied_cells_answer_403_or_404_and_change_nothing(city, role):
    _, slug, school = ROLES[role]
    values = samples(city, slug, school)
    actor, client = actor_of(city, role), client_of(city, role)
    before = snapshot()
    denied = 0
    for route in GUARDED.values():
        if lives_in(role)[route.area] and route.policy.may(actor):
            continue
        if role == "subject_teacher" and route.area is Area.FAMILY:
            continue  # this teacher of the demo is also a guardian
        denied += 1
        for found in (values.own, values.other):
            url = address(route, found, slug, school)
            for answer in (client.get(url), client.post(url, {"text": "x"})):
                assert answer.status_code in (403, 404) or (
                    role == "monitor" and answer.url.startswith("/login/")
                ), (role, url, answer.status_code)
    assert denied > 0
    assert snapshot() == before


@pytest.mark.parametrize("role", ROLES)
def test_allowed_pages_with_anothers_ids_answer_404_and_change_nothing(city, role):
    key, slug, school = ROLES[role]
    values = samples(city, slug, school)
    strangers = [values.other, foreign(city) if slug == "shirakabano" else values.other]
    actor, client = actor_of(city, role), client_of(city, role)
    before = snapshot()
    for route in GUARDED.values():
        has_ids = re.search(r"<uuid:(?!school)", route.path)
        if not (lives_in(role)[route.area] and route.policy.may(actor) and has_ids):
            continue
        for found in strangers[route.name in CITYWIDE :]:
            url = address(route, found, slug, school)
            for answer in (client.get(url), client.post(url, {"text": "x"})):
                assert answer.status_code in (403, 404, 405), (key, url, answer.status_code)
    assert snapshot() == before


@pytest.mark.parametrize("role", ROLES)
def test_allowed_pages_open_with_own_ids(city, role):
    _, slug, school = ROLES[role]
    values = samples(city, slug, school)
    actor, client = actor_of(city, role), client_of(city, role)
    opened = 0
    for route in GUARDED.values():
        if not (lives_in(role)[route.area] and route.policy.may(actor)):
            continue
        answer = client.get(address(route, values.own, slug, school))
        assert answer.status_code in (200, 302, 404, 405), (role, route.name, answer.status_code)
        opened += answer.status_code == 200
    assert opened > 0


def test_anonymous_is_sent_to_the_login_everywhere(city):
    values = samples(city)
    before = snapshot()
    for route in GUARDED.values():
        url = address(route, values.own, *BIG)
        for answer in (Client().get(url), Client().post(url)):
            if route.area is Area.DEVICE:
                assert answer.status_code == 404, url
                continue
            assert answer.status_code == 302, url
            assert answer.url.startswith("/login/")
    assert snapshot() == before


@pytest.mark.parametrize("role", ["principal", "vice_principal", "board_administrator", "guardian"])
def test_another_municipality_does_not_exist_for_them(city, role):
    client = client_of(city, role)
    there = foreign(city)
    before = snapshot()
    for route in GUARDED.values():
        url = address(route, there, "sawanose", "sawanose")
        for answer in (client.get(url), client.post(url, {"text": "x"})):
            assert answer.status_code == 404, (role, url, answer.status_code)
    assert snapshot() == before


def test_principal_of_a_school_with_three_staff_wears_every_empty_hat(city):
    actor = actor_of(city, "small school: principal")
    assert {"principal", "vice_principal", "school_nurse", "office_staff"} <= actor.roles()
    assert "school_nurse" not in actor_of(city, "principal").roles()


def test_cover_opens_only_the_covered_class_only_today(city):
    from manabiya.roster import services
    from manabiya.roster.models import Homeroom

    base = "/m/shirakabano/school/midorigaoka/attendance/class/"
    with city.tenant():
        manager = city.actor("vice_principal", "midorigaoka")
        teacher = city.actor("subject_teacher", "midorigaoka")
        first, second = Homeroom.objects.filter(school_id=manager.school_id).order_by("position")[
            1:3
        ]
    client = city.client("subject_teacher", "midorigaoka")
    assert client.get(f"{base}{first.id}/{city.today}/").status_code == 403
    with city.tenant():
        services.name_cover(
            actor=manager, homeroom_id=first.id, staff_member_id=teacher.person_id, day=city.today
        )
    assert client.get(f"{base}{first.id}/{city.today}/").status_code == 200
    assert client.get(f"{base}{second.id}/{city.today}/").status_code == 404
    municipality = city.municipality()
    municipality.clock_offset_seconds += 24 * 3600
    municipality.save()
    assert client.get(f"{base}{first.id}/{city.today}/").status_code == 403


def test_board_administrator_sees_a_school_only_in_a_support_session(city):
    students = "/m/shirakabano/school/midorigaoka/students/"
    client = city.client("board_administrator")
    assert client.get(students).status_code == 404
    with city.tenant():
        school = city.actor("principal", "midorigaoka").school_id
    form = {"school": str(school), "minutes": "15", "reason": "短い"}
    assert client.post("/m/shirakabano/board/support/", form).status_code == 422
    form["reason"] = "名簿が開かないとの相談"
    assert client.post("/m/shirakabano/board/support/", form).url == students
    page = client.get(students)
    assert page.status_code == 200
    assert "教育委員会の支援として見ています" in page.content.decode()
    assert client.get("/m/shirakabano/school/higashikawabata/students/").status_code == 404
    assert client.get("/m/shirakabano/school/midorigaoka/cover/").status_code == 403
    from manabiya.kernel.access.models import SupportSession
    from manabiya.kernel.audit.models import AuditEntry

    with city.tenant():
        session = SupportSession.objects.get()
        logged = AuditEntry.objects.filter(
            support_session_id=session.id, action__prefix="support:"
        ).values_list("action", flat=True)
        assert list(logged) == ["support:GET:roster-students"]
        assert AuditEntry.objects.filter(
            support_session_id=session.id, action="refused:roster.cover:name"
        ).exists()
    visits = city.client("principal", "midorigaoka").get(
        "/m/shirakabano/school/midorigaoka/support-visits/"
    )
    assert "名簿が開かないとの相談" in visits.content.decode()
    assert client.post(f"/m/shirakabano/board/support/{session.id}/end/").status_code == 302
    assert client.get(students).status_code == 404


def test_route_without_a_policy_refuses_to_start():
    from django.core.exceptions import ImproperlyConfigured

    from manabiya.kernel.access.routes import route

    with pytest.raises(TypeError):
        route("x/", lambda request: None, name="x")
    with pytest.raises(ImproperlyConfigured):
        route("x/", lambda request: None, policy=None, name="x")
    with pytest.raises(ImproperlyConfigured):
        route("x/", lambda request: None, policy=GUARDED["roster-staff"].policy, name="x")


def test_page_of_a_device_keeps_to_its_area_and_its_class_or_refuses_to_start():
    from dataclasses import replace

    from django.core.exceptions import ImproperlyConfigured

    from manabiya.kernel.access.policies import PUBLIC, DataClass
    from manabiya.kernel.access.routes import route

    device, people = GUARDED["wall-board"].policy, GUARDED["roster-staff"].policy
    grave = replace(device, permission=replace(device.permission, data_class=DataClass.II))
    for policy, area in (
        (device, Area.PUBLIC),
        (device, Area.SCHOOL),
        (people, Area.DEVICE),
        (PUBLIC, Area.DEVICE),
        (grave, Area.DEVICE),
    ):
        with pytest.raises(ImproperlyConfigured):
            route("x/", lambda request: None, policy=policy, name="x", area=area)


def test_no_person_is_a_device_and_no_device_a_person(city):
    device = GUARDED["wall-board"].policy
    assert device.may(actor_of(city, "monitor"))
    assert not any(device.may(actor_of(city, role)) for role in ROLES if role != "monitor")


def test_a_plain_address_is_found_by_the_start_check():
    from django.urls import path

    assert list(unguarded([path("open/", lambda request: None)])) == ["open/"]
