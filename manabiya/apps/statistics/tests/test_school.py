"""Every number of a school is what the register says, and every number opens the rows it sums."""

import re
from collections import Counter
from datetime import date

import pytest

from manabiya.apps.attendance.queries import read_month
from manabiya.apps.statistics import periods, queries
from manabiya.apps.statistics.queries.reading import count_school
from manabiya.apps.statistics.tests.conftest import SCHOOL
from manabiya.apps.statistics.tests.test_counting import numbers

LINK = re.compile(r'<a[^>]*href="([^"]*/rows/[^"]*)"[^>]*>([\d,.]+)<')
MONTHS = [date(2026, month, 1) for month in range(4, 12)]


def test_each_class_and_month_equals_the_register(year, city):
    spans = [periods.month_of(month) for month in MONTHS]
    counted = count_school(year.school_id, spans, city.today)
    compared = 0
    for place, month in enumerate(MONTHS):
        for room in year.rooms:
            register = numbers(read_month(room.id, month, city.today).total)
            tally = counted.by_room(place)[room.id]
            assert {kind: tally.of(kind) for kind in register} == register, (room.name, month)
            compared += sum(register.values())
    assert compared > 10_000


def of_rows(found):
    """Return the sum of the children of a page of rows, of each number it shows."""
    children = [child for room in found.classes for child in room.children]
    return sum(child.number for child in children), sum(c.tally.required for c in children)


@pytest.mark.parametrize("stretch", ["2026", "m2026-10", "2026-2"])
def test_every_number_of_the_page_opens_rows_of_the_same_sum(year, city, stretch):
    client = year.client("vice_principal")
    page = client.get(f"{SCHOOL}statistics/attendance/", {"stretch": stretch}).content.decode()
    links = LINK.findall(page)
    assert len(links) > 40
    seen = Counter()
    for address, text in links:
        *_, slug, _rows, quantity, where, _end = address.split("/")
        found = queries.rows_page(
            city.actor("vice_principal", "midorigaoka"),
            slug=slug, quantity=quantity, where=where, today=city.today,
        )  # fmt: skip
        number, required = of_rows(found)
        if quantity == "rate":
            tenths = (number * 2000 + required) // (required * 2)
            assert f"{tenths // 10}.{tenths % 10}" == text
            assert (number, required) == (found.tally.attended, found.tally.required)
        else:
            assert f"{number:,}" == text, address
            assert all(
                child.number == len(child.days)
                for room in found.classes
                for child in room.children
                if found.has_dates
            )
        seen[quantity] += 1
    assert {"rate", "required", "attended", "absent_other", "suspended"} <= set(seen)


def test_a_page_of_rows_names_children_days_and_the_sum_and_is_logged(year, city):
    from manabiya.kernel.audit.models import AuditEntry

    room = year.rooms[0]
    address = f"{SCHOOL}statistics/m2026-09/rows/absent_sick/{room.id}/"
    before = set(AuditEntry.objects.values_list("id", flat=True))
    answer = year.client("vice_principal").get(address)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "計 2" in text
    assert text.count('<span class="nowrap">9/') == 2
    [entry] = AuditEntry.objects.exclude(pk__in=before).filter(action="read:statistics-rows")
    assert (entry.data_class, entry.details["where"]) == (2, str(room.id))


def test_a_closed_month_is_final_and_an_open_one_is_not(year, city):
    from manabiya.apps.register.models import RegisterStep
    from manabiya.roster.models import Homeroom, StaffMember

    october = date(2026, 10, 1)
    actor = city.actor("vice_principal", "midorigaoka")
    rooms = Homeroom.objects.filter(school_id=year.school_id, school_year=2026)
    staff = StaffMember.objects.order_by("number")[0]

    def page():
        return queries.school_statistics(actor, slug="m2026-10", today=city.today)

    assert page().is_open
    for room in rooms[1:]:
        close(room, october, staff, city)
    found = page()
    assert found.is_open
    assert sum(line.is_open for line in found.lines) == 1
    close(rooms[0], october, staff, city)
    assert RegisterStep.objects.filter(month=october, kind="closed").count() == len(rooms)
    assert not page().is_open


def close(room, month, staff, city):
    from manabiya.apps.register.models import RegisterStep

    RegisterStep.objects.create(
        homeroom=room, month=month, kind="closed", sha256="0" * 64, taken_by=staff,
        taken_at=city.now(),
    )  # fmt: skip


def test_a_class_teacher_sees_the_own_class_only(year, city):
    actor = city.actor("homeroom_teacher", "midorigaoka")
    mine = {room for grant in actor.grants for room in grant.homeroom_ids}
    found = queries.school_statistics(actor, slug="", today=city.today)
    assert {line.card.id for line in found.lines} == mine
    others = [room for room in year.rooms if room.id not in mine]
    for room in others:
        address = f"{SCHOOL}statistics/2026/rows/absent_other/{room.id}/"
        assert year.client("homeroom_teacher").get(address).status_code == 404


def test_the_nurse_opens_illness_and_nothing_else(year):
    nurse = year.client("school_nurse")
    assert nurse.get(f"{SCHOOL}statistics/").headers["Location"].endswith("/statistics/illness/")
    for quantity, status in {"absent_sick": 200, "suspended": 200, "absent_other": 404,
                             "late": 404, "rate": 404}.items():  # fmt: skip
        address = f"{SCHOOL}statistics/2026/rows/{quantity}/all/"
        assert nurse.get(address).status_code == status, quantity
    assert nurse.get(f"{SCHOOL}statistics/attendance/").status_code == 403


@pytest.mark.parametrize("role", ["subject_teacher", "office_staff", "academic_affairs_head"])
def test_others_at_the_school_see_no_statistics(year, role):
    client = year.client(role)
    for path in ("statistics/", "statistics/attendance/", "statistics/2026/rows/late/all/",
                 "statistics/long-absence/", "statistics/2026/file/"):  # fmt: skip
        assert client.get(f"{SCHOOL}{path}").status_code == 403


@pytest.mark.parametrize(
    "path",
    ["statistics/2026/rows/none/all/", "statistics/2026/rows/late/g9/", "statistics/2024/rows/late/all/",
     "statistics/m2027-01/rows/late/all/", "statistics/x/rows/late/all/",
     "statistics/2026/rows/late/x/"],
)  # fmt: skip
def test_what_is_no_number_is_404(year, path):
    assert year.client("principal").get(f"{SCHOOL}{path}").status_code == 404


def test_the_queries_do_not_grow_with_classes_and_children(
    year, city, django_assert_max_num_queries
):
    actor = city.actor("principal", "midorigaoka")
    with django_assert_max_num_queries(12):
        queries.school_statistics(actor, slug="", today=city.today)
    with django_assert_max_num_queries(9):
        queries.rows_page(actor, slug="2026", quantity="late", where="all", today=city.today)
