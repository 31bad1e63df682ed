"""A form sent after the login ended stays on the page that says so."""

from django.test import Client

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
CLASS_LIST = "/m/shirakabano/school/midorigaoka/cover/"


def test_posted_fields_stay_and_the_login_opens_beside_them(city):
    answer = Client().post(
        CLASS_LIST, {"homeroom": "1年1組", "password": "yukimichi"}, HTTP_ACCEPT=HTML
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "ログインが切れました" in page
    assert '<input type="hidden" name="homeroom" value="1年1組">' in page
    assert f'action="{CLASS_LIST}"' in page
    assert 'href="/login/?next=%2F" target="_blank"' in page
    assert "yukimichi" not in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_programs_and_empty_forms_are_sent_to_the_login(city):
    for fields, accept in (({}, HTML), ({"homeroom": "1"}, "*/*")):
        answer = Client().post(CLASS_LIST, fields, HTTP_ACCEPT=accept)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/login/?next=")
    assert Client().get(CLASS_LIST, HTTP_ACCEPT=HTML).status_code == 302


def test_second_factor_of_the_day_is_asked_for_beside_the_form(city):
    weak = city.client("vice_principal", "midorigaoka", is_strong=False)
    with city.tenant():
        room = city.homeroom_id("1年1組")
    address = f"/m/shirakabano/school/midorigaoka/attendance/class/{room}/2026-11-20/"
    answer = weak.post(address, {"r0": "late"}, HTTP_ACCEPT=HTML)
    assert answer.status_code == 401
    assert 'name="r0" value="late"' in answer.content.decode()
