"""A printed paper brings a guardian in, once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from manabiya.apps.invitations.codes import grouped, new_code, plain
from manabiya.apps.invitations.models import Invitation, InvitationAddress
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.models import Account, Membership
from manabiya.roster.models import Guardian, GuardianRight

BASE = "/m/shirakabano/school/midorigaoka/invitations/"
GOOD = "kawara-no-suzume-3"


def a_right(city, homeroom="3年1組"):
    """Return a right of a guardian who has no login yet."""
    taken = Membership.objects.values_list("person_id", flat=True)
    return (
        GuardianRight.objects.filter(
            student__enrollments__homeroom__name=homeroom,
            student__enrollments__school__slug="midorigaoka",
        )
        .exclude(guardian_id__in=list(taken))
        .select_related("student", "guardian")
        .order_by("student__kana_key", "call_order")[0]
    )


def issue(city, right, role="vice_principal", **extra):
    client = city.client(role, "midorigaoka")
    answer = client.post(
        f"{BASE}issue/", {"pair": f"{right.student_id}:{right.guardian_id}", **extra}
    )
    assert answer.status_code in (200, 422)
    found = re.search(r'<b class="num">([0-9A-Z-]{14})</b>', answer.content.decode())
    return plain(found.group(1)) if found else None


@pytest.fixture
def right(city):
    with city.tenant():
        return a_right(city)


@pytest.fixture
def code(city, right):
    return issue(city, right)


def join(client, code, birth_date, password=GOOD):
    first = client.post(f"/join/{code}/", {"birth_date": birth_date})
    if first.status_code != 302:
        return first
    return client.post("/join/choose/", {"password": password})


def test_paper_shows_names_expiry_and_code_but_the_database_only_a_hash(city, right, code):
    client = city.client("vice_principal", "midorigaoka")
    page = client.post(
        f"{BASE}issue/", {"pair": f"{right.student_id}:{right.guardian_id}"}
    ).content.decode()
    for words in (
        right.student.name,
        right.guardian.name,
        "data:image/svg+xml;base64,",
        "緑が丘小学校",
    ):
        assert words in page
    with city.tenant():
        assert Invitation.objects.filter(code_hash__contains=code[:8]).count() == 0
        assert AuditEntry.objects.filter(action="invitations.invitation:issue").count() == 2


def test_guardian_joins_with_birth_date_and_password(city, right, code):
    client = Client()
    page = client.get(f"/join/{code}/").content.decode()
    assert right.guardian.name in page
    done = join(client, code, f"{right.student.birth_date:%Y年%-m月%-d日}")
    assert done.status_code == 200
    name = done.context["account"].login_name
    assert name in done.content.decode()
    member = Membership.objects.get(account__login_name=name)
    assert (member.hat, member.person_id) == ("guardian", right.guardian_id)
    again = Client()
    assert again.post("/login/", {"login_name": name, "password": GOOD}).status_code == 302
    with city.tenant():
        assert (
            AuditEntry.objects.get(action="invitations.invitation:use").account_id
            == member.account_id
        )


def test_first_use_binds_and_a_second_person_is_refused(city, right, code):
    born = right.student.birth_date.isoformat()
    assert join(Client(), code, born).status_code == 200
    second = Client().get(f"/join/{code}/")
    assert second.status_code == 410
    assert "使えません" in second.content.decode()
    assert Membership.objects.filter(person_id=right.guardian_id).count() == 1


def test_two_people_who_proved_the_same_paper_bind_only_once(city, right, code):
    born = right.student.birth_date.isoformat()
    first, second = Client(), Client()
    for client in (first, second):
        client.post(f"/join/{code}/", {"birth_date": born})
    accounts = Account.objects.count()
    assert first.post("/join/choose/", {"password": GOOD}).status_code == 200
    refused = second.post("/join/choose/", {"password": GOOD})
    assert refused.status_code == 422
    assert "もう使われました" in refused.content.decode()
    assert Account.objects.count() == accounts + 1


@pytest.mark.parametrize("what", ["unknown", "expired", "revoked"])
def test_unusable_codes_get_the_same_words(city, right, code, what):
    if what == "unknown":
        code = new_code()
    with city.tenant():
        if what == "expired":
            Invitation.objects.update(expires_at=real_now() - timedelta(seconds=1))
        if what == "revoked":
            Invitation.objects.update(revoked_at=real_now())
    page = Client().get(f"/join/{code}/")
    assert page.status_code == 410
    assert "学校に新しい紙を頼んでください" in page.content.decode()
    assert right.guardian.name not in page.content.decode()


def test_reissue_revokes_the_older_paper(city, right, code):
    newer = issue(city, right)
    assert newer != code
    assert Client().get(f"/join/{code}/").status_code == 410
    assert Client().get(f"/join/{newer}/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2017年15月3日", "15月はありません"),
        ("令和8年2月30日", "2月30日はありません"),
        ("", "生年月日を入れてください"),
        ("2001-01-01", "生年月日とちがいます"),
    ],
)
def test_wrong_birth_dates_say_why_and_keep_what_was_typed(city, right, code, typed, words):
    answer = Client().post(f"/join/{code}/", {"birth_date": typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode() or not typed


def test_five_wrong_birth_dates_close_the_paper(city, right, code):
    client = Client()
    for _ in range(5):
        client.post(f"/join/{code}/", {"birth_date": "2001-01-01"})
    answer = client.post(f"/join/{code}/", {"birth_date": right.student.birth_date.isoformat()})
    assert answer.status_code == 422
    assert "新しい紙" in answer.content.decode()


def test_choosing_without_proof_leads_back(city):
    assert Client().post("/join/choose/", {"password": GOOD}).url == "/join/"


def test_weak_password_is_refused_and_nothing_is_made(city, right, code):
    accounts = Account.objects.count()
    answer = join(Client(), code, right.student.birth_date.isoformat(), password="12345")
    assert answer.status_code == 422
    assert Account.objects.count() == accounts


def test_guardian_logged_in_adds_a_sibling_to_the_same_account(city, right, code):
    with city.tenant():
        guardian = Guardian.objects.get(pk=city.membership("guardian").person_id)
        own = GuardianRight.objects.filter(guardian=guardian).select_related("student")[0]
    own_code = issue(city, own) or code
    client = city.client("guardian")
    client.post(f"/join/{own_code}/", {"birth_date": own.student.birth_date.isoformat()})
    answer = client.post("/join/choose/", {})
    assert answer.status_code in (302, 422)
    assert Membership.objects.filter(person_id=guardian.id).count() == 1


def test_guardian_logged_in_cannot_use_the_paper_of_another_guardian(city, right, code):
    client = city.client("guardian")
    client.post(f"/join/{code}/", {"birth_date": right.student.birth_date.isoformat()})
    answer = client.post("/join/choose/", {})
    assert answer.status_code == 422
    assert "この紙は、ほかの保護者の方のものです。" in answer.content.decode()
    assert not Membership.objects.filter(person_id=right.guardian_id).exists()
    with city.tenant():
        assert Invitation.objects.get(guardian_id=right.guardian_id).used_at is None


def test_recovery_ends_the_old_login_and_says_how_the_person_was_checked(city, right, code):
    done = join(Client(), code, right.student.birth_date.isoformat())
    old = done.context["account"]
    newer = issue(city, right, ends_login="yes", checked="call")
    assert not Membership.objects.filter(account=old, revoked_at=None).exists()
    assert join(Client(), newer, right.student.birth_date.isoformat()).status_code == 200
    with city.tenant():
        entry = AuditEntry.objects.get(action="invitations.invitation:reissue")
        assert entry.details == {"checked": "call"}


def test_guardian_whose_login_was_ended_comes_back_with_the_same_account(city, right, code):
    client = Client()
    account = join(client, code, right.student.birth_date.isoformat()).context["account"]
    newer = issue(city, right, ends_login="yes", checked="face")
    assert client.get("/m/shirakabano/family/").status_code == 404
    assert client.post(f"/join/{newer}/", {"birth_date": right.student.birth_date.isoformat()})
    assert client.post("/join/choose/").status_code == 302
    assert client.get("/m/shirakabano/family/").status_code == 200
    assert Membership.objects.get(person_id=right.guardian_id).account_id == account.id


@pytest.mark.parametrize("checked", ["", "somehow"])
def test_login_is_not_ended_unless_somebody_was_checked(city, right, code, checked):
    account = join(Client(), code, right.student.birth_date.isoformat()).context["account"]
    pair = f"{right.student_id}:{right.guardian_id}"
    answer = city.client("vice_principal", "midorigaoka").post(
        f"{BASE}issue/", {"pair": pair, "ends_login": "yes", "checked": checked}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "本人をどう確かめたかを選んでください" in page
    assert Membership.objects.filter(account=account, revoked_at=None).exists()


def test_nobody_chosen_is_told(city):
    answer = city.client("vice_principal", "midorigaoka").post(f"{BASE}issue/", {})
    assert answer.status_code == 422
    assert "一人以上選んでください" in answer.content.decode()


def test_paper_is_worthless_once_the_right_has_ended(city, right, code):
    proven = Client()
    birth_date = right.student.birth_date.isoformat()
    assert proven.post(f"/join/{code}/", {"birth_date": birth_date}).status_code == 302
    with city.tenant():
        GuardianRight.objects.filter(pk=right.pk).update(ends_on=city.today - timedelta(days=1))
    for answer in (
        Client().get(f"/join/{code}/"),
        proven.get("/join/choose/"),
        proven.post("/join/choose/", {"password": GOOD}),
    ):
        assert answer.status_code in (410, 422)
        assert right.student.name not in answer.content.decode()
    assert not Membership.objects.filter(person_id=right.guardian_id).exists()


def test_homeroom_teacher_issues_only_for_the_own_class(city, right):
    with city.tenant():
        own = a_right(city, "1年1組")
    assert issue(city, own, role="homeroom_teacher") is not None
    assert issue(city, right, role="homeroom_teacher") is None
    with city.tenant():
        assert Invitation.objects.filter(student_id=right.student_id).count() == 0


@pytest.mark.parametrize("role", ["school_nurse", "subject_teacher", "academic_affairs_head"])
def test_others_cannot_issue(city, right, role):
    client = city.client(role, "midorigaoka")
    answer = client.post(f"{BASE}issue/", {"pair": f"{right.student_id}:{right.guardian_id}"})
    assert answer.status_code == 403
    assert InvitationAddress.objects.count() == 0


def test_office_of_another_school_cannot_issue_for_our_child(city, right):
    client = city.client("office_staff", "higashikawabata")
    client.post(
        "/m/shirakabano/school/higashikawabata/invitations/issue/",
        {"pair": f"{right.student_id}:{right.guardian_id}"},
    )
    assert InvitationAddress.objects.count() == 0


def test_codes_are_read_back_from_what_people_type():
    code = new_code()
    assert plain(grouped(code).lower().replace("-", " - ")) == code
    assert len(code) == 12
    assert not set(code) & set("01IOSBGQ58")
