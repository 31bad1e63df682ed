"""Devices are named in words people know."""

import pytest

from manabiya.kernel.identity.devices import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0",
         "Windows の Edge"),
        (f"Mozilla/5.0 (X11; CrOS x86_64) {WEBKIT} Chrome/130.0 Safari/537.36",
         "Chromebook の Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "iPhone の Safari"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:130.0) Firefox/130.0",
         "Mac の Firefox"),
        ("curl/8.0", "わからない端末"),
        ("", "わからない端末"),
    ],
)  # fmt: skip
def test_device_is_named_by_system_and_browser(user_agent, name):
    assert device_name(user_agent) == name
