"""Stories of coming in: login, second factor, the paper for a guardian."""

import base64
import hashlib
import hmac
import re
import time

from camera import Camera, paper
from playwright.sync_api import Page

from stories.places import PASSWORD, SCHOOL


def entry(camera: Camera) -> None:
    """Login, second factor, components, refusals."""
    for size in ("360", "1280"):
        page = camera.window(size)
        page.goto("/login/")
        camera.shoot("login", page)
        page.get_by_label("ログイン名").fill("homeroom-teacher-1")
        page.get_by_label("パスワード").fill("ちがうことば")
        page.get_by_role("button", name="ログインする", exact=True).click()
        camera.shoot("login-error", page)
        page.goto("/components/")
        camera.shoot("components", page, full=size == "1280")
        page = camera.as_role("学級担任", "緑が丘小学校", size)
        page.goto(f"{SCHOOL}cover/")
        camera.shoot("403", page)
        page.goto("/nowhere/")
        camera.shoot("404", page)
        page.goto("/account/")
        camera.shoot("account", page)


def second_factor(camera: Camera) -> None:
    """A member of staff prepares the app with the six digits, and proves it another time."""
    page = camera.window("1280")
    log_in(page, "subject-teacher-8")
    page.goto("/account/strong/")
    secret = re.sub(r"\s", "", page.locator(".num.strong").first.inner_text())
    camera.shoot("set-up", page)
    page.get_by_label("6けたの数字").fill(six_digits(secret))
    page.get_by_role("button", name="認証アプリを登録する").click()
    camera.shoot("recovery-codes", page)
    for size in ("360", "1280"):
        page = camera.window(size)
        log_in(page, "subject-teacher-8")
        page.goto("/account/strong/")
        camera.shoot("prove", page)
        page.get_by_label("6けたの数字").fill("000000")
        page.get_by_role("button", name="数字で確認する").click()
        camera.shoot("prove-error", page)


def log_in(page: Page, name: str) -> None:
    """Log in with name and password, without the second factor."""
    page.goto("/login/")
    page.get_by_label("ログイン名").fill(name)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログインする", exact=True).click()


def six_digits(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, (int(time.time()) // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def joining(camera: Camera) -> None:
    """A paper for a guardian, and how the guardian comes in with it."""
    page = camera.as_role("学級担任", "緑が丘小学校")
    page.goto(f"{SCHOOL}invitations/")
    page.get_by_role("button", name="選んだ人の紙を作る").click()
    paper(camera, "invitation-print", page, pages=1)
    code = page.locator(".qr b").first.inner_text()
    phone = camera.window("360")
    phone.goto("/join/")
    camera.shoot("join", phone)
    phone.get_by_role("textbox").fill(code)
    phone.get_by_role("button", name="つぎへ").click()
    camera.shoot("join-birth-date", phone)
    phone.get_by_role("textbox").first.fill("2017年15月3日")
    phone.get_by_role("button", name="つぎへ").click()
    camera.shoot("join-birth-date-error", phone)
    phone.goto("/join/AAAA-BBBB-CCCC/")
    camera.shoot("join-refused", phone)
