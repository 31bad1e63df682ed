"""Settings that follow from the environment, read in a process of their own."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from django.conf import settings
from django.http.request import validate_host
hosts = ["localhost", "127.0.0.1", "manabiya.example.jp", "old.example.jp", "evil.example.com"]
print(json.dumps([host for host in hosts if validate_host(host, settings.ALLOWED_HOSTS)]))
"""


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ({}, ["localhost", "127.0.0.1"]),
        (
            {"PUBLIC_ADDRESS": "https://manabiya.example.jp"},
            ["localhost", "127.0.0.1", "manabiya.example.jp"],
        ),
        (
            {
                "PUBLIC_ADDRESS": "https://manabiya.example.jp",
                "ALLOWED_HOSTS": "old.example.jp",
            },
            ["localhost", "127.0.0.1", "manabiya.example.jp", "old.example.jp"],
        ),
    ],
)
def test_public_host_and_loopback_are_always_answered(given, accepted, tmp_path):
    environ = {k: v for k, v in os.environ.items() if k not in ("PUBLIC_ADDRESS", "ALLOWED_HOSTS")}
    environ |= {
        "DJANGO_SETTINGS_MODULE": "manabiya.site.settings",
        "MANABIYA_DATA_DIR": str(tmp_path),
        **given,
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environ, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == accepted
