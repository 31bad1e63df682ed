"""Links for staff: who may issue them, for whom, and whose login they end."""

import pytest
from django.test import Client

from manabiya.apps.founding.models import StaffInvitation
from manabiya.apps.founding.queries import lines
from manabiya.apps.founding.services import issue_links
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.models import Membership
from manabiya.roster.models import Appointment, School
from manabiya.roster.models.dated import on_day

pytestmark = pytest.mark.django_db
PASSWORD = "kasumi-no-asagohan"


def without_login(city, school="midorigaoka"):
    """Return a person of the school whom the demo gave no login; inside the tenant."""
    known = Membership.objects.values("person_id")
    rows = Appointment.objects.filter(on_day(city.today), school__slug=school)
    return rows.exclude(staff_member_id__in=known).order_by("staff_member__number")[0].staff_member


def issue(city, person, role="principal", school="midorigaoka", **options):
    return issue_links(
        actor=city.actor(role, school), staff_member_ids=[person.id], now=real_now(), **options
    )


def test_principal_gives_a_teacher_a_link_and_the_teacher_comes_in(city):
    with city.tenant():
        person = without_login(city)
        (link,) = issue(city, person)
        entry = AuditEntry.objects.filter(action="founding.staff_invitation:issue").get()
        assert entry.details == {"staff_members": [str(person.id)]}
    client = Client()
    path = "/welcome/" + link.code + "/"
    assert person.name in client.get(path).content.decode()
    typed = {"login_name": "new.teacher", "password": PASSWORD, "again": PASSWORD}
    assert client.post(path, typed).status_code == 302
    member = Membership.objects.get(account__login_name="new.teacher")
    assert (member.hat, member.person_id) == ("staff", person.id)
    assert client.get("/m/shirakabano/school/midorigaoka/").status_code == 200
    assert client.get("/m/shirakabano/school/higashikawabata/").status_code == 404


@pytest.mark.parametrize(
    "role",
    ["homeroom_teacher", "school_nurse", "office_staff", "academic_affairs_head", "ict_supporter"],
)
def test_others_at_school_may_not(city, role):
    with city.tenant():
        person = without_login(city)
        with pytest.raises(Refused):
            issue(city, person, role)
        assert not StaffInvitation.objects.exists()
    address = "/m/shirakabano/school/midorigaoka/staff-logins/"
    assert city.client(role, "midorigaoka").get(address).status_code == 403
    answer = city.client(role, "midorigaoka").post(address + "issue/", {"person": person.id})
    assert answer.status_code == 403


def test_principal_may_not_for_another_school(city):
    with city.tenant():
        person = without_login(city, "higashikawabata")
        assert issue(city, person) == []
        assert not StaffInvitation.objects.exists()


def test_board_of_another_municipality_may_not(city):
    with city.tenant():
        person = without_login(city)
    with city.tenant("sawanose"):
        actor = city.actor("board_administrator", slug="sawanose")
        assert issue_links(actor=actor, staff_member_ids=[person.id], now=real_now()) == []


def test_who_has_a_login_is_passed_over_and_keeps_it(city):
    with city.tenant():
        member = city.membership("school_nurse", "midorigaoka")
        person = Appointment.objects.filter(staff_member_id=member.person_id)[0].staff_member
        assert issue(city, person) == []
    member.refresh_from_db()
    assert member.revoked_at is None


def test_only_an_administrator_of_the_board_replaces_a_login(city):
    with city.tenant():
        member = city.membership("school_nurse", "midorigaoka")
        person = Appointment.objects.filter(staff_member_id=member.person_id)[0].staff_member
        for role, school in (("principal", "midorigaoka"), ("board_officer", "")):
            with pytest.raises(Refused):
                issue(city, person, role, school, ends_login=True)
    member.refresh_from_db()
    assert member.revoked_at is None
    nurse = city.client("school_nurse", "midorigaoka")
    assert nurse.get("/m/shirakabano/school/midorigaoka/").status_code == 200
    with city.tenant():
        (link,) = issue(city, person, "board_administrator", "", ends_login=True)
    assert nurse.get("/m/shirakabano/school/midorigaoka/").status_code == 404
    typed = {"login_name": "nurse.again", "password": PASSWORD, "again": PASSWORD}
    client = Client()
    assert client.post(f"/welcome/{link.code}/", typed).status_code == 302
    assert client.get("/m/shirakabano/school/midorigaoka/").status_code == 200


def test_officer_gives_no_login_of_the_board(city):
    with city.tenant():
        Membership.objects.filter(hat="board").update(revoked_at=real_now())
        member = city.membership("board_administrator")
        Membership.objects.filter(hat="board").exclude(pk=member.pk).update(revoked_at=None)
        person = Appointment.objects.filter(staff_member_id=member.person_id)[0].staff_member
        assert issue(city, person, "board_officer", "") == []


def test_logged_in_person_adds_the_hat_to_the_login_that_is_open(city):
    with city.tenant():
        person = without_login(city)
        (link,) = issue(city, person)
    client = city.client("guardian")
    page = client.get(f"/welcome/{link.code}/").content.decode()
    assert "このログインに足す" in page
    assert client.post(f"/welcome/{link.code}/").status_code == 302
    account = city.membership("guardian").account
    assert Membership.objects.filter(account=account, person_id=person.id, hat="staff").exists()


def test_link_of_somebody_whose_post_ended_is_refused(city):
    with city.tenant():
        person = without_login(city)
        (link,) = issue(city, person)
        Appointment.objects.filter(staff_member=person).update(
            starts_on=city.today.replace(year=2020), ends_on=city.today.replace(year=2021)
        )
    assert Client().get(f"/welcome/{link.code}/").status_code == 410


def test_pages_list_people_with_the_state_of_their_login(city):
    client = city.client("vice_principal", "midorigaoka")
    base = "/m/shirakabano/school/midorigaoka/staff-logins/"
    with city.tenant():
        person = without_login(city)
        states = {line.id: line.state for line in lines(
            city.actor("vice_principal", "midorigaoka"),
            School.objects.get(slug="midorigaoka").id,
        )}  # fmt: skip
    assert states[person.id] == "none"
    assert "used" in states.values()
    page = client.get(base).content.decode()
    assert person.name in page
    links = client.post(base + "issue/", {"person": str(person.id)})
    assert links.status_code == 200
    assert "/welcome/" in links.content.decode()
    assert "リンクを出しました" in client.get(base).content.decode()
    nothing = client.post(base + "issue/", {})
    assert nothing.status_code == 422
    assert "選ばれていません" in nothing.content.decode()


def test_board_chooses_a_school(city):
    client = city.client("board_officer")
    base = "/m/shirakabano/board/staff-logins/"
    with city.tenant():
        person = without_login(city)
    assert person.name not in client.get(base).content.decode()
    assert person.name in client.get(base, {"school": "midorigaoka"}).content.decode()
