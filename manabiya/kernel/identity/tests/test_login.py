"""Coming in: password, second factor, demo buttons, limits, sessions."""

import re
import threading
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client

from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.models import Account, DemoLogin, Membership, Throttle
from manabiya.kernel.identity.throttle import Limit
from manabiya.site.demo import PASSWORD

STUDENTS = "/m/shirakabano/school/midorigaoka/students/"
CLASS_II = "/m/shirakabano/school/midorigaoka/invitations/"


def name_of(city, role, school="midorigaoka"):
    return city.membership(role, school).account.login_name


def log_in(name, password=PASSWORD, **extra):
    client = Client()
    return client, client.post("/login/", {"login_name": name, "password": password, **extra})


def test_vice_principal_logs_in_and_lands_at_the_school(city):
    client, answer = log_in(name_of(city, "vice_principal").upper())
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").url == "/m/shirakabano/school/midorigaoka/"


def test_wrong_password_is_told_in_japanese_and_the_name_stays(city):
    name = name_of(city, "vice_principal")
    _, answer = log_in(name, "wrong")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ログイン名かパスワードがちがいます" in page
    assert f'value="{name}"' in page
    assert "wrong" not in page


def test_unknown_name_gets_the_same_words(city):
    _, answer = log_in("nobody-at-all", "wrong")
    assert "ログイン名かパスワードがちがいます" in answer.content.decode()


def test_ten_failures_lock_the_account_also_for_the_right_password(city):
    name = name_of(city, "vice_principal")
    for _ in range(10):
        log_in(name, "wrong")
    _, answer = log_in(name)
    assert answer.status_code == 422
    assert "まで入れません" in answer.content.decode()
    Throttle.objects.update(
        window_ends_at=Throttle.objects.get(key=f"login:{name}").window_ends_at - timedelta(hours=1)
    )
    assert log_in(name)[1].status_code == 302


@pytest.mark.django_db(transaction=True)
def test_limit_counts_over_several_connections():
    limit = Limit("test", 40, timedelta(minutes=1))

    def attempts():
        for _ in range(10):
            limit.hit("somebody")
        connection.close()

    threads = [threading.Thread(target=attempts) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Throttle.objects.get(key="test:somebody").count == 40
    assert limit.locked_until("somebody") is not None
    assert limit.locked_until("somebody else") is None


def test_password_alone_opens_class_three_but_not_class_two(city):
    client, _ = log_in(name_of(city, "vice_principal"))
    assert client.get(STUDENTS).status_code == 200
    answer = client.get(CLASS_II)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/strong/?next=")


def test_first_second_factor_is_set_up_then_asked_again_on_a_new_device(city):
    name = name_of(city, "vice_principal")
    client, _ = log_in(name)
    page = client.get(f"/account/strong/?next={CLASS_II}")
    secret = client.session["mfa.totp.secret"]
    assert "認証アプリ" in page.content.decode()
    wrong = client.post("/account/strong/", {"code": "000000", "next": CLASS_II})
    assert wrong.status_code == 422
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    done = client.post("/account/strong/", {"code": code, "next": CLASS_II})
    assert "控えの文字" in done.content.decode()
    assert client.get(CLASS_II).status_code == 200

    other, _ = log_in(name)
    assert other.get(CLASS_II).status_code == 302
    assert other.post("/account/strong/", {"code": "123456", "next": CLASS_II}).status_code == 422
    counters = list(totp.yield_hotp_counters_from_time())
    fresh = totp.format_hotp_value(totp.hotp_value(secret, counters[-1]))
    answer = other.post("/account/strong/", {"code": fresh, "next": CLASS_II})
    assert (answer.status_code, answer.url) == (302, CLASS_II)
    assert other.get(CLASS_II).status_code == 200


def test_recovery_code_works_once(city):
    account = city.membership("principal", "midorigaoka").account
    client = city.client("principal", "midorigaoka", is_strong=False)
    client.get("/account/strong/")
    secret = client.session["mfa.totp.secret"]
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    page = client.post("/account/strong/", {"code": code}).context["codes"]
    for status in (302, 422):
        other = Client()
        other.force_login(account)
        assert other.post("/account/strong/", {"code": page[0]}).status_code == status


def test_strong_session_ends_with_the_day(city):
    client = city.client("vice_principal", "midorigaoka")
    assert client.get(CLASS_II).status_code == 200
    session = client.session
    session["strong_on"] = "2020-01-01"
    session.save()
    assert client.get(CLASS_II).status_code == 302


def test_demo_button_logs_in_strongly_with_one_press(city):
    demo = DemoLogin.objects.get(account=city.membership("vice_principal", "midorigaoka").account)
    client = Client()
    answer = client.post(f"/login/demo/{demo.account_id}/")
    assert answer.url == demo.landing
    assert client.get(CLASS_II).status_code == 200


@pytest.mark.parametrize("barrier", ["remote", "relayed", "bound", "not_demo"])
def test_demo_buttons_exist_only_on_a_demo_on_loopback(city, settings, barrier):
    demo = DemoLogin.objects.all()[0]
    client = Client(REMOTE_ADDR="192.0.2.7" if barrier == "remote" else "127.0.0.1")
    if barrier == "relayed":
        client.defaults["HTTP_X_FORWARDED_FOR"] = "192.0.2.7"
    if barrier == "bound":
        settings.IS_DEMO_ALLOWED = False
    if barrier == "not_demo":
        demo.municipality.is_demo = False
        demo.municipality.save()
    assert client.post(f"/login/demo/{demo.account_id}/").status_code == 404
    assert f"/login/demo/{demo.account_id}/" not in client.get("/login/").content.decode()


def test_demo_buttons_stand_under_their_school(city):
    page = Client().get("/login/").content.decode()
    places = re.findall(r'<h3 id="demo-\d">(\S+)</h3>(.*?)</ul>', page, re.DOTALL)
    labels = {place: re.findall(r'submit">([^<]+)<', buttons) for place, buttons in places}
    assert list(labels) == ["白樺野市", "緑が丘小学校", "東川端中学校", "沢ノ瀬町", "沢ノ瀬小学校"]
    assert labels["沢ノ瀬小学校"] == ["学級担任", "校長"]
    assert labels["白樺野市"][0] == "教育委員会 担当"
    assert "保護者(きょうだい)" in labels["白樺野市"]


def test_next_leads_nowhere_else(city):
    _, answer = log_in(name_of(city, "principal"), next="https://example.org/")
    assert answer.url == "/"


def test_person_with_several_hats_chooses(city):
    client = city.client("subject_teacher", "midorigaoka")
    page = client.get("/").content.decode()
    for place in ("緑が丘小学校", "/m/shirakabano/family/", "/m/sawanose/family/"):
        assert place in page
    assert client.get("/m/sawanose/school/sawanose/").status_code == 404


def test_person_without_a_right_today_is_told_calmly(db):
    client = Client()
    client.force_login(Account.objects.create_account(login_name="nobody-1", password="x"))
    assert "今日入れるところがありません" in client.get("/").content.decode()


def test_rights_end_at_midnight_of_the_last_day_also_in_an_open_session(city):
    from manabiya.roster.models import Appointment

    client = city.client("school_nurse", "midorigaoka")
    person = city.membership("school_nurse", "midorigaoka").person_id
    with city.tenant():
        Appointment.objects.filter(staff_member_id=person).update(ends_on=city.today)
    assert client.get(STUDENTS).status_code == 200
    municipality = city.municipality()
    late = city.now(23, 50) - real_now()
    municipality.clock_offset_seconds = int(late.total_seconds())
    municipality.save()
    assert client.get(STUDENTS).status_code == 200
    municipality.clock_offset_seconds += 11 * 60
    municipality.save()
    assert client.get(STUDENTS).status_code == 404


def test_sessions_are_listed_and_ended(city):
    account = city.membership("principal", "midorigaoka").account
    name = account.login_name
    here, _ = log_in(name)
    there, _ = log_in(name)
    page = here.get("/account/").content.decode()
    assert page.count("ログアウトさせる") == 1
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another(city):
    victim, _ = log_in(name_of(city, "principal"))
    session = UserSession.objects.get(session_key=victim.session.session_key)
    client = city.client("vice_principal", "midorigaoka")
    assert client.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert victim.get("/account/").status_code == 200


def test_password_change_ends_other_sessions(city):
    name = name_of(city, "principal")
    here, _ = log_in(name)
    there, _ = log_in(name)
    form = {
        "old_password": PASSWORD,
        "new_password1": "kawara-no-suzume-3",
        "new_password2": "kawara-no-suzume-3",
    }
    assert here.post("/account/password/", form).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_logout_needs_a_post(city):
    client = city.client("principal", "midorigaoka")
    client.post("/logout/")
    assert client.get("/account/").status_code == 302


def test_revoked_membership_opens_nothing(city):
    from manabiya.kernel.clock import real_now

    client = city.client("principal", "midorigaoka")
    Membership.objects.filter(account=city.membership("principal", "midorigaoka").account).update(
        revoked_at=real_now()
    )
    assert client.get(STUDENTS).status_code == 404
