"""``manabiya init``: a municipality from nothing, once, and the link of its first officer."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from manabiya.apps.founding.models import StaffInvitation
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.models import Account, Hat, Membership
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.models import Appointment, School, SchoolYear, StaffMember, Student

pytestmark = pytest.mark.django_db
OPTIONS = {
    "slug": "aobashi",
    "code": "012041",
    "name": "青葉市",
    "officer": "青葉 花子",
    "officer_kana": "あおば はなこ",
}
PASSWORD = "kasumi-no-asagohan"


@pytest.fixture(autouse=True)
def _no_demo():
    """Let the demo told for other tests count as real for this one."""
    Municipality.objects.update(is_demo=False)


def init(capsys, **options):
    """Run the command; return the address it prints."""
    capsys.readouterr()
    call_command("init", **(OPTIONS | options))
    return re.search(r"http\S+(/welcome/\S+)", capsys.readouterr().out)[1]


def typed(**changes):
    return {
        "login_name": "aoba.hanako",
        "password": PASSWORD,
        "again": PASSWORD,
    } | changes


def municipality():
    return Municipality.objects.get(slug="aobashi")


def test_makes_a_real_municipality_with_one_officer_and_nothing_else(capsys):
    init(capsys)
    found = municipality()
    assert (found.code, found.name, found.is_demo) == ("012041", "青葉市", False)
    assert found.clock_offset_seconds == 0
    with tenant(found.id):
        assert [person.name for person in StaffMember.objects.all()] == ["青葉 花子"]
        assert [post.post for post in Appointment.objects.all()] == ["board_administrator"]
        assert SchoolYear.objects.count() == 1
        assert (School.objects.count(), Student.objects.count()) == (0, 0)
        actions = list(AuditEntry.objects.values_list("action", flat=True))
    assert actions == ["founding.municipality:found"]
    assert not Membership.objects.filter(municipality=found).exists()


def test_officer_comes_in_by_the_link_and_sets_a_second_factor(capsys):
    address = init(capsys)
    client = Client()
    page = client.get(address).content.decode()
    assert "青葉 花子" in page
    assert "教育委員会 管理者" in page
    answer = client.post(address, typed(), follow=True)
    assert answer.redirect_chain[-1][0] == "/account/strong/"
    assert "認証アプリ" in answer.content.decode()
    member = Membership.objects.get(municipality=municipality())
    assert (member.hat, member.account.login_name) == (Hat.BOARD, "aoba.hanako")
    behind = client.get("/m/aobashi/board/staff-logins/")
    assert behind.status_code == 302
    assert behind.url.startswith("/account/strong/")


def test_link_works_once(capsys):
    address = init(capsys)
    Client().post(address, typed())
    again = Client().get(address)
    assert again.status_code == 410
    assert "青葉" not in again.content.decode()
    assert Account.objects.filter(login_name="aoba.hanako").count() == 1


def test_link_ends_after_72_hours(capsys):
    address = init(capsys)
    with tenant(municipality().id):
        link = StaffInvitation.objects.get()
        assert link.expires_at - link.issued_at == timedelta(hours=72)
        StaffInvitation.objects.update(expires_at=real_now())
    assert Client().get(address).status_code == 410
    assert Client().post(address, typed()).status_code == 410
    assert not Membership.objects.filter(municipality=municipality()).exists()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"login_name": "あおば"}, "半角の英数字"),
        ({"login_name": "abc"}, "4文字から"),
        ({"password": "short", "again": "short"}, "短すぎ"),
        ({"again": "another-one-entirely"}, "二つのパスワードがちがいます"),
    ],
)
def test_what_was_typed_wrong_is_said_and_the_link_stays_good(capsys, changes, word):
    address = init(capsys)
    answer = Client().post(address, typed(**changes))
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not Membership.objects.filter(municipality=municipality()).exists()
    assert Client().post(address, typed()).status_code == 302


def test_taken_login_name_is_said(capsys):
    address = init(capsys)
    Account.objects.create_account(login_name="aoba.hanako", password=PASSWORD)
    answer = Client().post(address, typed())
    assert answer.status_code == 422
    assert "使われています" in answer.content.decode()
    assert not Membership.objects.filter(municipality=municipality()).exists()


@pytest.mark.parametrize("options", [{}, {"slug": "other"}, {"code": "131016"}])
def test_same_code_or_address_is_refused_the_second_time(capsys, options):
    init(capsys)
    with pytest.raises(CommandError, match="もうあります"):
        call_command("init", **(OPTIONS | options))
    assert Municipality.objects.filter(name="青葉市").count() == 1


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"code": "012042"}, "団体コードではありません"),
        ({"code": "12"}, "団体コードではありません"),
        ({"officer": "青葉花子"}, "姓と名の間"),
        ({"name": ""}, "--name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(options, word):
    with pytest.raises(CommandError, match=word):
        call_command("init", **(OPTIONS | options))
    assert not Municipality.objects.filter(slug="aobashi").exists()


def test_no_real_municipality_beside_a_demo():
    Municipality.objects.create(code="131016", slug="tameshi", name="試し市", is_demo=True)
    with pytest.raises(CommandError, match="試し用の市があります"):
        call_command("init", **OPTIONS)
    assert not Municipality.objects.filter(slug="aobashi").exists()


def test_new_first_link_ends_the_former_and_is_refused_once_somebody_is_in(capsys):
    former = init(capsys)
    capsys.readouterr()
    call_command("init", slug="aobashi", new_link=True)
    fresh = re.search(r"http\S+(/welcome/\S+)", capsys.readouterr().out)[1]
    assert Client().get(former).status_code == 410
    assert Client().post(fresh, typed()).status_code == 302
    with pytest.raises(CommandError, match="ログインはもうあります"):
        call_command("init", slug="aobashi", new_link=True)


def test_guessing_links_is_stopped():
    client = Client()
    for _ in range(30):
        assert client.get("/welcome/0123456789abcdef/").status_code == 410
    assert "15分待って" in client.get("/welcome/0123456789abcdef/").content.decode()
