"""Two web processes and a worker behind a TLS proxy, and an upgrade while they serve."""

import http.client
import re
import socket
import ssl
import sys
import threading
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest

from manabiya.site.demo import PASSWORD
from manabiya.site.launcher.children import Child
from manabiya.site.launcher.web import IDLE_SECONDS, web_command
from manabiya.site.tests.places import Place
from manabiya.site.tests.proxy import OURS, Proxy, make_certificate

NEW_IN_THIS_VERSION = ("founding", "backup")
"""Apps whose tables nobody asks for on the pages below: taken away to have something to add."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Street:
    """A place that serves: two web processes, a worker, the proxy, and a browser's door."""

    def __init__(self, folder):
        self.place = Place(folder / "data")
        self.place.do("migrate", "--verbosity", "0")
        self.place.do("demo", "--city", "small", "--today", "2026-11-20")
        self.place.do("collectstatic", "--noinput", "--verbosity", "0")
        self.certificate = make_certificate(folder)
        self.port, self.backends = free_port(), (free_port(), free_port())
        self.address = f"https://localhost:{self.port}"
        environ = self.place.environ | {
            "PUBLIC_ADDRESS": self.address,
            "TRUSTED_PROXIES": OURS,
            "MANABIYA_WORKER_HEARTBEAT": "1",
        }
        self.children = [
            Child(
                f"web {port}",
                web_command("127.0.0.1", port, workers=1, threads=2),
                environ,
            )
            for port in self.backends
        ]
        worker = [sys.executable, "-m", "manabiya", "worker"]
        self.children.append(Child("worker", worker, environ))
        self.proxy = Proxy(self.port, self.backends, self.certificate)

    def visitor(self):
        """Return a browser without cookies that trusts the certificate."""
        context = ssl.create_default_context(cafile=self.certificate)
        return urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )

    def log_in(self):
        """Log in as the vice-principal by name and password; return the browser and the answer."""
        ((name,),) = self.place.ask(
            "SELECT login_name FROM identity_account"
            " WHERE login_name LIKE 'vice-principal-%' ORDER BY login_name LIMIT 1"
        )
        visitor = self.visitor()
        page = visitor.open(f"{self.address}/login/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = {"login_name": name, "password": PASSWORD, "csrfmiddlewaretoken": token}
        request = urllib.request.Request(
            f"{self.address}/login/",
            urlencode(form).encode(),
            {"Origin": self.address, "Referer": f"{self.address}/login/"},
        )
        return visitor, visitor.open(request)

    def directly(self, path, backend=0, **headers):
        """Ask a web process past the proxy; return status and headers."""
        wire = http.client.HTTPConnection("127.0.0.1", self.backends[backend], timeout=30)
        wire.request("GET", path, headers=headers)
        answer = wire.getresponse()
        answer.read()
        wire.close()
        return answer.status, answer.headers

    def end(self):
        self.proxy.stop()
        for child in reversed(self.children):
            child.stop()
        self.place.end()


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def answers(street, backend):
    try:
        return street.directly("/health/ready/", backend)[0] == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    street = Street(tmp_path_factory.mktemp("street"))
    try:
        assert until(lambda: answers(street, 0) and answers(street, 1))
        yield street
    finally:
        street.end()


def test_login_at_one_process_holds_at_the_other(street):
    del street.proxy.asked[:]
    visitor, answer = street.log_in()
    assert answer.status == 200
    assert re.fullmatch(rf"{street.address}/m/shirakabano/school/\w+/", answer.url)
    for _ in range(4):
        page = visitor.open(answer.url)
        assert (page.status, page.url) == (200, answer.url)
    assert len(street.proxy.asked) >= 8
    assert set(street.proxy.asked) == set(street.backends)
    assert all(a != b for a, b in zip(street.proxy.asked, street.proxy.asked[1:], strict=False))


def test_connections_on_which_nothing_is_asked_keep_nobody_waiting(street):
    idle = [
        http.client.HTTPConnection("127.0.0.1", street.backends[0], timeout=IDLE_SECONDS / 3)
        for _ in range(300)
    ]
    try:
        for wire in idle:
            wire.request("GET", "/health/")
            assert wire.getresponse().read()
    finally:
        for wire in idle:
            wire.close()


def test_cookies_are_for_https_only_and_the_browser_is_told_so(street):
    answer = street.visitor().open(f"{street.address}/login/")
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    visitor, _ = street.log_in()
    jar = next(h for h in visitor.handlers if hasattr(h, "cookiejar")).cookiejar
    session = next(cookie for cookie in jar if cookie.name == "manabiya")
    assert session.secure
    assert session.has_nonstandard_attr("HttpOnly")


def test_https_is_believed_of_the_proxy_only(street):
    headers = {"Host": f"localhost:{street.port}", "X-Forwarded-Proto": "https"}
    status, found = street.directly("/login/", **headers)
    assert status == 200
    assert found["Strict-Transport-Security"] is None


def test_metrics_are_not_shown_through_the_proxy_and_count_both_processes(street):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        street.visitor().open(f"{street.address}/metrics/")
    before = logins_counted(street)
    for _ in range(4):
        street.visitor().open(f"{street.address}/login/").read()
    assert until(lambda: logins_counted(street) - before >= 4)


def logins_counted(street):
    """Return the GET requests of the login page that both processes know of together."""
    for backend in (0, 1):  # each writes its own numbers when it is asked
        wire = http.client.HTTPConnection("127.0.0.1", street.backends[backend], timeout=30)
        wire.request("GET", "/metrics/")
        text = wire.getresponse().read().decode()
        wire.close()
    found = re.search(
        r'^manabiya_requests_total\{route="login",method="GET",status="200"\} (\d+)', text, re.M
    )
    return int(found[1]) if found else 0


def test_one_worker_works_for_both(street):
    assert until(lambda: street.place.ask("SELECT 1 FROM procrastinate_workers"))
    answer = street.visitor().open(f"{street.address}/health/ready/")
    assert '"worker": "ok"' in answer.read().decode()
    assert until(lambda: street.place.ask("SELECT 1 FROM procrastinate_periodic_defers"))


class Visitors:
    """People who go on working: ``troubles`` are the answers that were none."""

    def __init__(self, street, count=3):
        self.statuses, self.troubles = [], []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(street,)) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def _work(self, street):
        try:
            while not self._over.is_set():
                visitor, answer = street.log_in()
                for _ in range(5):
                    self.statuses.append(visitor.open(answer.url).status)
        except Exception as error:
            self.troubles.append(repr(error))

    def stop(self):
        self._over.set()
        for thread in self._threads:
            thread.join(60)


def test_an_upgrade_migrates_while_people_work(street):
    place = street.place
    for app in NEW_IN_THIS_VERSION:
        place.do("migrate", app, "zero", "--verbosity", "0")
    assert place.ask("SELECT to_regclass('backup_backup')") == [(None,)]
    visitors = Visitors(street)
    try:
        assert until(lambda: len(visitors.statuses) > 10 or visitors.troubles)
        served = len(visitors.statuses)
        place.do("migrate", "--verbosity", "0")
        assert until(lambda: len(visitors.statuses) > served + 10 or visitors.troubles)
    finally:
        visitors.stop()
    assert visitors.troubles == []
    assert set(visitors.statuses) == {200}
    assert len(visitors.statuses) > served
    assert place.ask("SELECT to_regclass('backup_backup')") == [("backup_backup",)]
    assert place.run("migrate", "--check").returncode == 0
    assert isinstance(place.do("audit", "verify"), str)
