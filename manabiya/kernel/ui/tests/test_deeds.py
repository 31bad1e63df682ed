"""A deed of a form: done and led on, or the page with why not; nothing is swallowed."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from manabiya.kernel.ui.deeds import do_and_answer


class Refusal(Exception):
    """Why it can't be done."""


class ReasonForm(forms.Form):
    reason = forms.CharField(error_messages={"required": "理由を書いてください。"})


def answer(deed, typed="雪", said="決めました。"):
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    response = do_and_answer(
        request,
        ReasonForm({"reason": typed}),
        deed,
        refusals=Refusal,
        show=lambda words, status: HttpResponse(words, status=status),
        said=said,
        onward="/onward/",
    )
    return response, [str(message) for message in get_messages(request)]


def test_what_was_done_is_said_and_leads_on():
    response, said = answer(lambda data: data["reason"], said=lambda done: f"{done}と書きました。")
    assert (response.status_code, response["Location"]) == (302, "/onward/")
    assert said == ["雪と書きました。"]
    assert answer(lambda data: None)[1] == ["決めました。"]


def test_a_form_that_is_not_filled_in_does_nothing():
    done = []
    response, said = answer(done.append, typed="")
    assert (response.status_code, response.content.decode()) == (422, "理由を書いてください。")
    assert (done, said) == ([], [])


def test_a_refusal_is_shown_and_any_other_error_is_not_hidden():
    def refuse(_data):
        raise Refusal("もう決めました。")

    response, said = answer(refuse)
    assert (response.status_code, response.content.decode()) == (409, "もう決めました。")
    assert said == []

    def fail(_data):
        raise LookupError

    with pytest.raises(LookupError):
        answer(fail)
