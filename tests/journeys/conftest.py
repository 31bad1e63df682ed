"""Fixtures of the journeys: one house for all, one browser, and as many people as a test needs.

The house is started once (database, demo city of 2026-11-20, web, worker). Tests share it, so each
takes children, classes and schools of its own: ``families`` never gives the same child twice.
"""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.families import Families
from tests.journeys.house import ROOT, House
from tests.journeys.people import DESK, PHONE, Person

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys/" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def house(tmp_path_factory):
    """Return the running product; its folder has a space and Japanese letters."""
    house = House(tmp_path_factory.mktemp("journeys") / "試し フォルダー").start()
    yield house
    house.stop()


@pytest.fixture(scope="package")
def playwright():
    """Return what drives browsers; there is one for all tests."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright):
    """Return Debian's Chromium; without it the journeys fail and say what to install."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("chromium がありません: sudo apt-get install -y chromium", pytrace=False)
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def axe():
    """Return the source of axe-core, installed by npm."""
    if not AXE.exists():
        pytest.fail("axe-core がありません: make setup-test", pytrace=False)
    return AXE.read_text()


@pytest.fixture(scope="package")
def families(house):
    """Return children with their guardians, each given once."""
    return Families(house)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
        if report.failed:
            for number, person in enumerate(item.stash.get(PEOPLE, [])):
                _keep(item, report, number, person)
    return report


FAILED = pytest.StashKey[bool]()
PEOPLE = pytest.StashKey[list]()


def _keep(item, report, number, person):
    """Keep picture and text of a page for whoever reads the failure."""
    folder = item.config.stash.setdefault(SCREENS, ROOT / ".stamps/journeys")
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{item.name}-{number}.png"
    try:
        person.page.screenshot(path=picture, full_page=True)
        text = person.page.locator("body").inner_text()[:3000]
    except Exception as error:  # the page may be gone with what failed
        text = f"({error})"
    report.sections.append((f"page {number}: {person.page.url} {picture}", text))


SCREENS = pytest.StashKey()


@pytest.fixture
def people(request, browser, house):
    """Return a function that brings somebody with a device: ``people(PHONE)``."""
    found = request.node.stash[PEOPLE] = []

    def bring(viewport, *, at=None, **options):
        found.append(Person(browser, at or house, viewport, **options))
        return found[-1]

    yield bring
    troubles = [trouble for person in found for trouble in person.troubles]
    for person in found:
        person.context.close()
    assert troubles == [] or request.node.stash.get(FAILED, True), troubles


@pytest.fixture
def phone(people):
    """Return a function that brings somebody with a phone."""
    return lambda **options: people(PHONE, **options)


@pytest.fixture
def desk(people):
    """Return a function that brings somebody at a desk."""
    return lambda **options: people(DESK, **options)
