"""Limits count by the person's address, and believe only a trusted proxy about it."""

import pytest
from django.test import RequestFactory

from manabiya.kernel.identity.addresses import client_address
from manabiya.kernel.identity.throttle import LOGIN_FAILURES_OF_ADDRESS


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "found"),
    [
        ([], "192.0.2.7", "198.51.100.9", "192.0.2.7"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.9", "198.51.100.9"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "198.51.100.9, 10.1.2.3", "198.51.100.9"),
        (["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "nonsense", "127.0.0.1"),
        (["::1"], "::1", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_address_of_the_device(settings, trusted, remote, forwarded, found):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == found


def test_wrong_passwords_of_one_device_do_not_lock_out_the_proxy(client, db, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    form = {"login_name": "nobody-1", "password": "wrong-password"}
    client.post("/login/", form, HTTP_X_FORWARDED_FOR="198.51.100.9")
    with_count = LOGIN_FAILURES_OF_ADDRESS.hit("198.51.100.9")
    assert with_count == 2
    assert LOGIN_FAILURES_OF_ADDRESS.hit("127.0.0.1") == 1
