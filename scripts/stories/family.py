"""Stories of a guardian on the phone."""

import signal
import subprocess
from pathlib import Path

from camera import PHONE, Camera
from playwright.sync_api import Page

from manabiya.kernel.database.pgembed import stop_server
from stories.places import FAMILY


def family(camera: Camera) -> None:
    """A guardian on the phone: home, report, mistake, sent, change, cancel, other languages."""
    page = camera.as_role("保護者(きょうだい)", "白樺野市", "360")
    camera.shoot("family-home", page)
    narrow(camera, "family-home", page)
    page.get_by_role("link", name="欠席").first.click()
    camera.shoot("report", page)
    page.get_by_role("button", name="欠席の連絡を送る").click()
    camera.shoot("report-error", page)
    page.get_by_text("発熱").click()
    narrow(camera, "report-chosen", page)
    page.get_by_role("button", name="欠席の連絡を送る").click()
    camera.shoot("report-sent", page)
    page.get_by_role("link", name="取り消す").click()
    camera.shoot("report-cancel", page)
    page.goto(FAMILY)
    camera.shoot("family-home-sent", page)
    page.goto(f"{FAMILY}reports/")
    camera.shoot("report-history", page)
    for language, word in (("ja-simple", "やさしい日本語"), ("en", "English")):
        page.goto(FAMILY)
        page.locator("header summary").click()
        page.get_by_role("button", name=word).click()
        camera.shoot(f"family-home-{language}", page)
        narrow(camera, f"family-home-{language}", page)
        page.goto(f"{FAMILY}reports/")
        page.locator("main a").first.click()
        camera.shoot(f"report-sent-{language}", page)
        outside = camera.window("360")
        outside.goto("/login/")
        outside.locator("header summary").click()
        outside.get_by_role("button", name=word).click()
        camera.shoot(f"login-{language}", outside)
    alone = camera.as_role("保護者(ひとり)", "白樺野市", "360")
    alone.goto(f"{FAMILY}reports/")
    camera.shoot("report-history-empty", alone)


def narrow(camera: Camera, name: str, page: Page) -> None:
    """Take the picture on the narrowest phone, then put the width back."""
    page.set_viewport_size({"width": 320, "height": 680})
    camera.shoot(name, page)
    page.set_viewport_size(PHONE["viewport"])  # type: ignore[arg-type]


def broken(camera: Camera, folder: Path, process: subprocess.Popen[str]) -> None:
    """Stop the database in the middle of a report: nothing typed is lost."""
    page = camera.as_role("保護者(ひとり)", "白樺野市", "360")
    page.get_by_role("link", name="欠席").first.click()
    page.get_by_text("発熱").click()
    page.get_by_text("学校に伝えたいこと").first.click()
    page.locator("textarea").fill("けさ38.4度ありました。病院へ行きます。")
    desk = camera.window("1280")
    process.send_signal(signal.SIGSTOP)  # or the launcher would bring it back at once
    stop_server(folder / "postgres")
    page.get_by_role("button", name="欠席の連絡を送る").click()
    camera.shoot("503", page)
    desk.goto("/login/")
    camera.shoot("503", desk)
