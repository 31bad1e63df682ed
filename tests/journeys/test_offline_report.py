"""A guardian writes without a network; the phone sends the report once, whatever happens between."""

import os
import shutil
import signal
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import FLAGS
from tests.journeys.house import House, until
from tests.journeys.papers import join, paper_for
from tests.journeys.people import PHONE
from tests.journeys.wire import Wire

HOME = "/m/shirakabano/family/"
KEPT = """
async () => {
  const cache = await caches.open("family");
  return navigator.serviceWorker.controller?.state === "activated" && (await cache.keys()).length;
}
"""
WAITING = """
() => new Promise((resolve) => {
  const asked = indexedDB.open("manabiya", 1);
  asked.onsuccess = () => {
    const rows = asked.result.transaction("outbox").objectStore("outbox").getAll();
    rows.onsuccess = () => { asked.result.close(); resolve(rows.result); };
  };
})
"""


@pytest.fixture
def own_house(tmp_path):
    """Return a product that only this test starts and kills."""
    house = House(tmp_path / "電波").start()
    yield house
    house.stop()


@pytest.fixture
def open_phone(tmp_path, playwright):
    """Return a phone that keeps what it keeps while its browser is closed."""
    folder = tmp_path / "phone"

    @contextmanager
    def opened(wire):
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=shutil.which("chromium"),
            args=FLAGS,
            viewport=PHONE,
            base_url=wire.address,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(20_000)
        try:
            yield context.pages[0]
        finally:
            context.close()

    return opened


def reports(house):
    """Return the reports of today that no demo wrote: they have the phone's time."""
    return house.ask(
        "SELECT receipt_number, reason, status, claimed_at, submitted_at"
        " FROM attendance_absencereport WHERE claimed_at IS NOT NULL"
    )


def log_in(page):
    page.goto("/login/")
    page.get_by_role("button").filter(has_text="保護者(ひとり)").first.click()
    page.wait_for_url("**/family/")


def write_without_network(page):
    page.goto(HOME)
    expect(page.locator("h1")).to_have_text("電波がないときの連絡")
    page.get_by_text("発熱", exact=True).click()
    page.get_by_role("button", name="預ける").click()
    expect(page.locator("#outbox-list")).to_contain_text("まだ届いていません")
    expect(page.locator("#outbox-list")).to_contain_text("欠席 発熱")
    expect(page.locator("#outbox-list")).to_contain_text("急ぐときは電話してください。")


def kill(house):
    """End the product as a power cut would: every process of it, at once."""
    while processes := house.processes():
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        house.process.wait(30)


def test_report_kept_on_the_phone_arrives_exactly_once(own_house, open_phone):
    wire = Wire(own_house.port).up()
    with open_phone(wire) as page:
        log_in(page)
        assert until(lambda: page.evaluate(KEPT))
    wire.cut()

    with open_phone(wire) as page:
        write_without_network(page)
    with open_phone(wire) as page:  # the browser was closed meanwhile
        page.goto(HOME)
        expect(page.locator("#outbox-list")).to_contain_text("まだ届いていません")
    assert reports(own_house) == []

    wire.lose_answer(b"X-Outbox: 1", then=lambda: kill(own_house))
    wire.up()
    with open_phone(wire) as page:
        page.goto(HOME)
        assert until(lambda: own_house.process.poll() is not None, 30)
        expect(page.locator("#outbox-list")).to_contain_text("まだ届いていません")
        assert len(page.evaluate(WAITING)) == 1

    own_house.start()
    [first] = reports(own_house)
    assert (first.reason, first.status) == ("fever", "submitted")
    assert first.claimed_at < first.submitted_at
    with open_phone(wire) as page:
        page.goto(HOME)
        done = page.locator("#outbox-list")
        expect(done).to_contain_text("預かっていた連絡が届きました")
        expect(done).to_contain_text(first.receipt_number)
        assert [set(item) for item in page.evaluate(WAITING)] == [
            {"key", "account", "state", "receipt", "at", "to"}
        ]
        page.get_by_role("button", name="わかりました").click()
        expect(done).to_be_empty()
        assert page.evaluate(WAITING) == []
    assert [row.receipt_number for row in reports(own_house)] == [first.receipt_number]
    wire.cut()


AGE = """
(day) => navigator.locks.request("outbox", () => new Promise((resolve) => {
  const asked = indexedDB.open("manabiya", 1);
  asked.onsuccess = () => {
    const store = asked.result.transaction("outbox", "readwrite").objectStore("outbox");
    const rows = store.getAll();
    rows.onsuccess = () => {
      for (const row of rows.result) store.put({ ...row, lastDay: day });
      store.transaction.oncomplete = () => { asked.result.close(); resolve(rows.result.length); };
    };
  };
}))
"""


UNDER_WAY = """
() => void navigator.locks.request("outbox", () => new Promise((done) => { window.arrive = done; }))
"""
ARRIVED = """
(item) => new Promise((resolve) => {
  const asked = indexedDB.open("manabiya", 1);
  asked.onsuccess = () => {
    const transaction = asked.result.transaction("outbox", "readwrite");
    transaction.objectStore("outbox").put(item);
    transaction.oncomplete = () => { asked.result.close(); window.arrive(); resolve(); };
  };
})
"""


def ready_for_no_network(guardian):
    """Open the family's page and wait until the phone keeps what it needs without a network."""
    guardian.open(HOME)
    assert until(lambda: guardian.page.evaluate(KEPT))


def write_while_cut_off(guardian, family):
    """Write a report on the ordinary page; the network goes before the button is pressed."""
    page = guardian.page
    page.goto(f"{HOME}report/{family.student}/?kind=absent")
    page.get_by_text("腹痛・吐き気", exact=True).click()
    guardian.context.set_offline(True)
    guardian.press("欠席の連絡を送る")
    expect(page.locator("#outbox-list")).to_contain_text("まだ届いていません")
    expect(page.locator("#outbox-list")).to_contain_text(family.name)


def count_of(house, family):
    return house.number(
        "SELECT count(*) FROM attendance_absencereport WHERE student_id = %s", family.student
    )


def test_report_of_one_account_is_not_sent_or_shown_under_another(house, families, desk, phone):
    family, other = families.take("4年1組"), families.take("4年2組")
    office = desk().demo("事務職員")
    guardian = phone()
    join(guardian, family, paper_for(office, family))
    paper = paper_for(office, other)
    ready_for_no_network(guardian)
    write_while_cut_off(guardian, family)
    guardian.page.evaluate("document.getElementById('outbox').remove()")
    guardian.context.clear_cookies()  # before the network is back: else it is sent as it should be
    guardian.context.set_offline(False)
    join(guardian, other, paper)
    guardian.page.goto(HOME)
    kept = lambda: [item["state"] for item in guardian.page.evaluate(WAITING)]  # noqa: E731
    assert until(lambda: kept() == ["other"])
    expect(guardian.page.locator("#outbox-list")).to_be_empty()
    assert count_of(house, family) == 0


def test_report_whose_day_is_over_says_so_loudly_and_is_not_sent(house, families, desk, phone):
    family = families.take("4年1組")
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    ready_for_no_network(guardian)
    write_while_cut_off(guardian, family)
    assert guardian.page.evaluate(AGE, "2026-11-19") == 1
    guardian.context.set_offline(False)
    guardian.page.goto(HOME)
    loud = guardian.page.get_by_role("alert").filter(has_text="届かないまま、その日が終わりました")
    expect(loud).to_contain_text(family.name)
    expect(loud).to_contain_text("学校に電話で伝えてください。")
    assert count_of(house, family) == 0
    loud.get_by_role("button", name="わかりました").click()
    expect(loud).to_have_count(0)
    assert guardian.page.evaluate(WAITING) == []


def test_report_taken_back_while_it_arrives_is_shown_as_arrived(house, families, desk, phone):
    family = families.take("4年2組")
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    ready_for_no_network(guardian)
    write_while_cut_off(guardian, family)
    page = guardian.page
    page.evaluate(UNDER_WAY)
    page.get_by_role("button", name="連絡を取り消す").click()  # waits: a delivery is under way
    [kept] = page.evaluate(WAITING)
    page.evaluate(ARRIVED, {**kept, "state": "sent", "receipt": "1120-0801-TEST", "at": "8:01"})
    expect(page.locator("#outbox-list")).to_contain_text("1120-0801-TEST")
    page.get_by_role("button", name="わかりました").click()
    expect(page.locator("#outbox-list")).to_be_empty()
    assert page.evaluate(WAITING) == []


def test_report_is_sent_by_itself_when_the_network_is_back(house, families, desk, phone):
    family = families.take("4年2組")
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    ready_for_no_network(guardian)
    write_while_cut_off(guardian, family)
    assert count_of(house, family) == 0
    guardian.context.set_offline(False)
    guardian.page.evaluate("dispatchEvent(new Event('online'))")
    expect(guardian.page.locator("#outbox-list")).to_contain_text("預かっていた連絡が届きました")
    [(receipt,)] = house.ask(
        "SELECT receipt_number FROM attendance_absencereport WHERE student_id = %s", family.student
    )
    expect(guardian.page.locator("#outbox-list")).to_contain_text(receipt)


def test_phone_that_keeps_no_page_of_ours_says_so_on_the_form(house, families, desk, phone):
    family = families.take("4年2組")
    guardian = phone(service_workers="block")
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    write_while_cut_off(guardian, family)
    expect(guardian.page.get_by_role("button", name="欠席の連絡を送る")).to_be_hidden()
    assert count_of(house, family) == 0
    guardian.context.set_offline(False)
    expect(guardian.page.locator("#outbox-list")).to_contain_text("預かっていた連絡が届きました")
    assert count_of(house, family) == 1
