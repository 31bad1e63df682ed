"""The screen of the staff room: paired by a code, always up to date, taken away in a moment."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_accessibility import violations

WALL = {"width": 1920, "height": 1080}
POLLED = 25_000
"""Longer than the fifteen seconds between two questions of the screen."""


@pytest.fixture
def office(desk):
    return desk().demo("事務職員")


@pytest.fixture
def screen(people, office):
    """Return a screen that somebody has paired with a code of the office."""
    return pair(people(WALL), office)


def pair(screen, office, name="職員室 北側のテレビ"):
    office.open("/m/shirakabano/school/midorigaoka/monitors/")
    office.page.get_by_label("置き場所").fill(name)
    office.press("番号を作る")
    code = office.page.locator(".secret").inner_text()
    shown = office.page.locator(".notice b").inner_text()
    assert shown == f"localhost:{office.house.port}/m/shirakabano/wall/"
    screen.open("/m/shirakabano/wall/")
    screen.page.get_by_label("番号").fill(code)
    screen.press("この画面をつなぐ")
    screen.page.wait_for_url("**/wall/screen/")
    return screen


def line(screen, name):
    return screen.page.get_by_role("row").filter(has=screen.page.get_by_text(name, exact=True))


def test_screen_follows_the_morning_by_itself_and_goes_when_it_is_revoked(
    house, families, desk, screen, office
):
    family = families.take("6年2組")
    teacher = desk().demo("教頭")
    expect(line(screen, "6年2組")).to_contain_text("未確定")
    teacher.open(family.class_path)
    pupils = teacher.page.locator(".pupil")
    missing = pupils.nth(1).locator(".name").inner_text()
    present = pupils.nth(3).locator(".name").inner_text()
    pupils.nth(1).get_by_text("未着", exact=True).click()
    teacher.press(f"{pupils.count()}名の出欠を確定する")

    expect(line(screen, "6年2組")).not_to_contain_text("未確定", timeout=POLLED)
    wall = screen.page.locator("#wall")
    expect(wall).to_contain_text(missing)
    expect(wall).not_to_contain_text(present)
    assert re.search(r"最後の通信 \d{1,2}:\d\d", wall.inner_text())
    assert screen.page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")
    assert screen.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")

    office.open("/m/shirakabano/school/midorigaoka/monitors/")
    row = office.page.get_by_role("row").filter(has_text="職員室 北側のテレビ")
    expect(row).to_contain_text("つながっています")
    row.get_by_role("button").click()
    office.sees("「職員室 北側のテレビ」の画面を止めました。15秒ほどで消えます。")
    screen.page.wait_for_url("**/m/shirakabano/wall/", timeout=POLLED)
    screen.sees("職員室の画面をつなぐ")


def test_screen_is_clean_for_axe_and_its_cookie_is_out_of_reach_of_scripts(screen, axe):
    assert violations(screen.page, axe) == []
    (cookie,) = [c for c in screen.context.cookies() if c["name"] == "manabiya-wall"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert cookie["path"] == "/m/shirakabano/wall/"
    assert "manabiya-wall" not in screen.page.evaluate("document.cookie")


def test_lost_contact_is_said_and_found_again(screen):
    screen.context.set_offline(True)
    expect(screen.page.locator("#wall")).to_have_class("silent", timeout=POLLED)
    screen.context.set_offline(False)
    expect(screen.page.locator("#wall")).not_to_have_class("silent", timeout=POLLED)


def test_without_javascript_the_board_is_there_and_comes_back_by_itself(people, office):
    plain = pair(people(WALL, java_script_enabled=False), office, "図書室")
    expect(plain.page.locator("#wall")).to_contain_text("緑が丘小学校")
    again = plain.page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]")
    assert again.first.get_attribute("content") == "30; url=/m/shirakabano/wall/"
