"""Somebody with a device of their own: a fresh browser context, a page, and what they did."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import expect

TIMEOUT = 20_000
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
COUNT_TOUCHES = """
const count = (name) => sessionStorage.setItem(name, Number(sessionStorage.getItem(name)) + 1);
addEventListener("pointerdown", (event) => event.isTrusted && count("taps"), true);
addEventListener("keydown", (event) => event.isTrusted && count("keys"), true);
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Person:
    """A browser of one's own; ``page`` is Playwright's page."""

    def __init__(self, browser, house, viewport, **options):
        self.house = house
        is_phone = viewport is PHONE
        self.context = browser.new_context(
            viewport=viewport,
            base_url=house.address,
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            has_touch=is_phone,
            **options,
        )
        self.context.set_default_timeout(TIMEOUT)
        self.troubles = []
        if options.get("java_script_enabled", True):
            self.context.add_init_script(COUNT_TOUCHES)
        self.page = self.new_tab()

    def new_tab(self):
        """Open another page of the same browser."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._hear)
        return page

    def _hear(self, message):
        """Keep what the browser complains about; answers of 4xx and 5xx are looked at by tests."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def open(self, path):
        """Go to an address of the product."""
        return self.page.goto(path)

    def demo(self, role, place="緑が丘小学校"):
        """Log in with the demo's button of a role at a place."""
        self.open("/login/")
        buttons = self.page.get_by_role("button").filter(has_text=role).filter(has_text=place)
        buttons.click()
        self.page.wait_for_url("**/m/**")
        return self

    def log_in(self, name, password="manabiya-demo"):
        """Log in with name and password."""
        self.open("/login/")
        self.page.get_by_label("ログイン名").fill(name)
        self.page.get_by_label("パスワード", exact=True).fill(password)
        self.press("ログインする")
        return self

    def press(self, name):
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        """Follow the link of this name; the page it leads to stands afterwards."""
        self.page.get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def sees(self, *texts):
        """Expect words on the page."""
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def reads(self, heading):
        """Expect the one first heading of the page."""
        expect(self.page.locator("h1")).to_have_text(heading)

    @property
    def path(self):
        return self.page.url.removeprefix(self.house.address)

    def touches(self):
        """Return how often the screen was tapped and a key was pressed since ``forget_touches``."""
        return tuple(
            self.page.evaluate("['taps', 'keys'].map((n) => Number(sessionStorage.getItem(n)))")
        )

    def forget_touches(self):
        self.page.evaluate("sessionStorage.clear()")

    def with_passkeys(self):
        """Give the browser an authenticator: finger or face of this device, always agreeing."""
        cdp = self.context.new_cdp_session(self.page)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        return self


def totp(secret, at=None):
    """Return the six digits an authenticator app shows for a secret (RFC 6238)."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
