"""Error pages: what happened, what is kept, what to do; never a secret."""

from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import reverse

from manabiya.kernel.ui import errors

TYPED = {"note": "熱が 38.2度 あります", "reason": "fever", "password": "himitsu-no-kotoba"}


def posted(**extra):
    return RequestFactory().post("/m/x/report/?child=1", {**TYPED, **extra})


def raised(error, request):
    try:
        raise error
    except type(error):
        return errors.server_error(request)


def test_503_needs_no_database_and_holds_every_field_but_secrets(django_assert_num_queries, db):
    request = posted(csrfmiddlewaretoken="token-of-the-form")
    with django_assert_num_queries(0):
        answer = raised(OperationalError("gone"), request)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Cache-Control"] == "no-store"
    assert 'name="note" value="熱が 38.2度 あります"' in page or ">熱が 38.2度 あります<" in page
    assert 'name="reason" value="fever"' in page
    assert "token-of-the-form" in page
    assert 'action="/m/x/report/?child=1"' in page
    assert "himitsu" not in page


def test_500_says_what_is_kept(db):
    answer = raised(ValueError("x"), posted())
    assert answer.status_code == 500
    assert "熱が 38.2度 あります" in answer.content.decode()
    assert "himitsu" not in answer.content.decode()


def test_what_was_typed_is_shown_as_text_never_as_markup():
    page = raised(ValueError("x"), posted(note="<script>alert(1)</script> です")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_ids_with_a_choice_are_kept_but_not_shown_as_words():
    kept = f"{uuid4().hex} absent_sick"
    page = raised(OperationalError("gone"), posted(b=kept, note="あとで行きます")).content.decode()
    assert f'value="{kept}"' in page
    assert page.count('class="slip pencil"') == 1


def test_403_says_who_can(city):
    answer = city.client("homeroom_teacher", "midorigaoka").get(
        "/m/shirakabano/school/midorigaoka/cover/"
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "校長" in page
    assert "教頭" in page


@pytest.mark.parametrize("address", ["/nowhere/", "/m/nowhere/family/", "/m/shirakabano/x/"])
def test_404_tells_nothing(city, address):
    answer = city.client("principal", "midorigaoka").get(address)
    assert answer.status_code == 404
    assert "shirakabano" not in answer.content.decode().replace(address, "")


def test_form_with_an_old_token_keeps_what_was_typed(city):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("login"), {"login_name": "momiji-usagi-42", "password": "x" * 12})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "momiji-usagi-42" in page
    assert "x" * 12 not in page


def test_nothing_inline_is_allowed_and_pages_are_not_kept(city):
    answer = city.client("principal", "midorigaoka").get("/m/shirakabano/school/midorigaoka/")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
