"""The student's page and the pages below it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.roster.families.siblings import siblings_for
from manabiya.roster.models import (
    Address,
    Enrollment,
    ExchangePlacement,
    FormerName,
    GuardianRight,
    Homeroom,
    Student,
)

SCHOOL = "/m/shirakabano/school/midorigaoka/"


def page_of(city, role, student_id):
    answer = city.client(role, "midorigaoka").get(f"{SCHOOL}students/{student_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "may"),
    [("principal", True), ("vice_principal", True), ("office_staff", True),
     ("homeroom_teacher", False), ("school_nurse", False)],
)  # fmt: skip
def test_who_reads_and_who_is_offered_to_change(city, right, role, may):
    page = page_of(city, role, right.student_id)
    assert right.guardian.name in page
    assert (f"/guardians/{right.id}/" in page) is may
    assert ("/guardians/add/" in page) is may


def test_office_changes_a_right_and_the_page_says_from_when(city, right):
    client = city.client("office_staff", "midorigaoka")
    address = f"{SCHOOL}students/{right.student_id}/guardians/{right.id}/"
    assert "令和8年11月20日" in client.get(address).content.decode()
    sent = {
        "relationship": "母", "may": ["can_view"], "call_order": "1", "call_from": "",
        "call_until": "17:00", "work": ["never_at_work"], "starts_on": "R8.12.1",
    }  # fmt: skip
    assert client.post(address, {**sent, "starts_on": "R8.13.1"}).status_code == 422
    assert client.post(address, {**sent, "starts_on": "R8.11.1"}).status_code == 422
    with city.tenant():
        assert GuardianRight.objects.filter(guardian_id=right.guardian_id).count() == 1
    assert client.post(address, sent).status_code == 302
    page = client.get(f"{SCHOOL}students/{right.student_id}/").content.decode()
    assert "12月1日から変わります" in page
    assert "できることを変えました" in page


def test_office_ends_a_right(city, right):
    client = city.client("office_staff", "midorigaoka")
    address = f"{SCHOOL}students/{right.student_id}/guardians/{right.id}/end/"
    assert client.post(address, {"last_day": "R8.11.1"}).status_code == 422
    assert client.post(address, {"last_day": "R8.11.20"}).status_code == 302
    page = client.get(f"{SCHOOL}students/{right.student_id}/").content.decode()
    assert "11月20日まで" in page


def test_office_adds_a_person_and_what_is_wrong_stays_in_the_form(city, right):
    client = city.client("office_staff", "midorigaoka")
    address = f"{SCHOOL}students/{right.student_id}/guardians/add/"
    sent = {
        "who": "new", "family_name": "祖母山", "given_name": "たね", "family_kana": "ソボヤマ",
        "given_kana": "ﾀﾈ", "kind": "person", "facility_name": "", "phone": "12",
        "relationship": "祖母", "may": ["may_be_called"], "call_order": "2", "starts_on": "R8.11.20",
    }  # fmt: skip
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'value="祖母山"' in answer.content.decode()
    assert "電話番号は0で始まる" in answer.content.decode()
    assert client.post(address, {**sent, "phone": "０９０−００００−８８８８"}).status_code == 302
    page = client.get(f"{SCHOOL}students/{right.student_id}/").content.decode()
    for word in ("祖母山 たね", "そぼやま たね", "090-0000-8888", "祖母"):
        assert word in page


def test_number_of_a_protected_family_is_on_no_page_of_it(city, right, protect):
    with city.tenant():
        number = right.guardian.phone
        protect(right.student_id, name="某")
    client = city.client("office_staff", "midorigaoka")
    for path in ("", f"guardians/{right.id}/", "guardians/add/", f"guardians/{right.id}/end/"):
        page = client.get(f"{SCHOOL}students/{right.student_id}/{path}")
        assert page.status_code == 200
        assert number not in page.content.decode()


def test_excluded_guardian_is_on_no_page(city, pair, protect):
    younger, _ = pair
    with city.tenant():
        name = younger.guardian.name
        protect(younger.student_id, guardian_id=younger.guardian_id)
    client = city.client("office_staff", "midorigaoka")
    base = f"{SCHOOL}students/{younger.student_id}/"
    for path in ("", "guardians/add/"):
        answer = client.get(f"{base}{path}")
        assert answer.status_code == 200
        assert name not in answer.content.decode()
    for path in ("", "end/"):
        address = f"{base}guardians/{younger.id}/{path}"
        assert client.get(address).status_code == client.post(address, {}).status_code == 404


def test_page_tells_names_addresses_exchange_and_history(city, right):
    with city.tenant():
        student = Student.objects.get(pk=right.student_id)
        student.preferred_family_name, student.preferred_given_name = "通称沢", student.given_name
        student.preferred_used_in = ["report_card"]
        student.save()
        FormerName.objects.create(
            student=student, family_name="旧姓山", given_name=student.given_name,
            family_kana="きゅうせいやま", given_kana="", starts_on=date(2020, 1, 1),
            ends_on=date(2025, 3, 31),
        )  # fmt: skip
        Address.objects.create(student=student, text="緑町9番地", starts_on=date(2026, 4, 1))
        Address.objects.create(
            student=student, text="古町1番地", starts_on=date(2020, 4, 1), ends_on=date(2026, 3, 31)
        )
        other = Homeroom.objects.get(name="1年2組", school__slug="midorigaoka")
        ExchangePlacement.objects.create(
            student=student, homeroom=other, starts_on=date(2026, 4, 1)
        )
    page = page_of(city, "homeroom_teacher", right.student_id)
    for word in ("通称沢", "通知表", "旧姓山", "2025年3月31日", "緑町9番地", "交流学級", "1年2組"):
        assert word in page, word
    assert "古町1番地" not in page


def test_former_names_of_guardians_are_read_by_managers_and_office_only(city, right, protect):
    with city.tenant():
        for person, name in (("guardian", "旧姓谷"), ("student", "旧姓山")):
            FormerName.objects.create(
                **{person: getattr(right, person)}, family_name=name, given_name="名",
                family_kana="きゅうせい", given_kana="な", starts_on=date(2020, 1, 1),
                ends_on=date(2025, 3, 31),
            )  # fmt: skip
    found = {
        role: ["旧姓山" in page, "旧姓谷" in page]
        for role in ("principal", "office_staff", "homeroom_teacher", "school_nurse")
        for page in [page_of(city, role, right.student_id)]
    }
    assert found == {
        "principal": [True, True],
        "office_staff": [True, True],
        "homeroom_teacher": [True, False],
        "school_nurse": [True, False],
    }
    with city.tenant():
        protect(right.student_id, guardian_id=right.guardian_id)
    page = page_of(city, "principal", right.student_id)
    assert "旧姓谷" not in page, "nothing of who is excluded"


def test_address_of_a_protected_child_says_whom_to_ask(city, right, protect):
    with city.tenant():
        Address.objects.create(
            student_id=right.student_id, text="緑町9番地", starts_on=date(2026, 4, 1)
        )
        protect(right.student_id, name="某")
    page = page_of(city, "homeroom_teacher", right.student_id)
    assert "緑町9番地" not in page
    section = re.search(r'aria-labelledby="addresses".*?</section>', page, re.DOTALL)[0]
    assert "連絡前に管理職へ" in section


def test_sibling_at_another_school_is_only_counted(city, pair):
    younger, elder = pair
    with city.tenant():
        elder_name = Student.objects.get(pk=elder.student_id).display_name
    page = page_of(city, "office_staff", younger.student_id)
    section = re.search(r'aria-labelledby="siblings".*?</section>', page, re.DOTALL)[0]
    assert "ほかの学校に" in section
    assert elder_name not in section
    assert "東川端中学校" not in section


def test_sibling_of_the_same_school_is_named_and_a_protected_one_is_not(city, right, protect):
    with city.tenant():
        seat = Enrollment.objects.filter(homeroom_id=city.homeroom_id("3年1組"))[0]
        GuardianRight.objects.create(
            guardian_id=right.guardian_id, student_id=seat.student_id, relationship="母",
            starts_on=date(2026, 4, 1),
        )  # fmt: skip
        teacher = city.actor("homeroom_teacher", "midorigaoka")
        [line] = siblings_for(teacher, right.student_id).lines
        assert (line.student_id, line.place) == (seat.student_id, "緑が丘小学校 3年1組")
        assert line.may_open is False
        office = city.actor("office_staff", "midorigaoka")
        assert siblings_for(office, right.student_id).lines[0].may_open is True
        protect(seat.student_id, name="某")
        for viewer in (teacher, office):
            found = siblings_for(viewer, right.student_id)
            assert (found.lines, found.elsewhere) == ([], 0)
            mirrored = siblings_for(viewer, seat.student_id)
            assert (mirrored.lines, mirrored.elsewhere) == ([], 0)


def asked(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_students_page_asks_the_same_for_one_and_for_many_of_everything(city, right):
    client = city.client("principal", "midorigaoka")
    address = f"{SCHOOL}students/{right.student_id}/"
    with city.tenant():
        Address.objects.create(
            student_id=right.student_id, text="緑町9番地", starts_on=date(2026, 4, 1)
        )
        seats = list(Enrollment.objects.filter(homeroom_id=city.homeroom_id("3年1組"))[:8])
        sibling(right, seats[0])
    asked(client, address)
    few = asked(client, address)
    with city.tenant():
        for number, seat in enumerate(seats[1:]):
            sibling(right, seat)
            Address.objects.create(
                student_id=right.student_id, text=f"{number}丁目", starts_on=date(2026, 4, 1)
            )
    assert asked(client, address) == few
    assert few <= 55


def sibling(right, seat):
    GuardianRight.objects.create(
        guardian_id=right.guardian_id, student_id=seat.student_id, relationship="母",
        starts_on=date(2026, 4, 1),
    )  # fmt: skip
