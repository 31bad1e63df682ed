"""The database is gone for a minute while a guardian writes and a teacher takes attendance."""

import fcntl
import os
import signal
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from playwright.sync_api import expect

from manabiya.kernel.database.pgembed import is_running
from tests.journeys.families import TODAY
from tests.journeys.house import until
from tests.journeys.papers import join, paper_for

OUTAGE_SECONDS = 60
NOTE = "夜から38.5度あります。\n病院に行ってから、また連絡します。"
AGAIN = "もう一度送る"


def health(house):
    try:
        with urllib.request.urlopen(f"{house.address}/health/", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@contextmanager
def outage(house, seconds):
    """Stop PostgreSQL and let nobody start it again; every look inside must find it gone."""
    folder = house.database_folder
    with open(folder / "start.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        os.kill(house.postmaster, signal.SIGINT)
        assert until(lambda: not is_running(folder))
        gone = time.monotonic()
        yield
        until(lambda: health(house) != 503, seconds - (time.monotonic() - gone))
        assert time.monotonic() - gone >= seconds
    assert until(lambda: health(house) == 200)


def press(person, name):
    """Press a button; return the status of the page that follows."""
    with person.page.expect_navigation() as answer:
        person.press(name)
    return answer.value.status


def hidden(person):
    """Return the fields the page of the outage keeps."""
    return person.page.locator("form input[type=hidden]").evaluate_all(
        "fields => fields.filter((f) => f.name !== 'csrfmiddlewaretoken').map((f) => [f.name, f.value])"
    )


def test_a_minute_without_database_loses_nothing(house, families, desk, phone):
    family, class_of = families.take("3年2組"), families.take("3年1組")
    other_class = families.take("5年2組")
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    write_report(guardian)
    teacher, colleague = desk().demo("教頭"), desk().demo("校長")
    count, chosen = choose_exceptions(teacher, class_of)
    other_count, other_chosen = choose_exceptions(colleague, other_class)

    with outage(house, OUTAGE_SECONDS):
        for button in ("欠席の連絡を送る", AGAIN):
            assert press(guardian, button) == 503
            guardian.reads("いま保存できません")
            guardian.sees("保存していません。まだ届いていません。", *NOTE.splitlines())
            kept = dict(hidden(guardian))
            assert (kept["kind"], kept["reason"], kept["date"]) == ("absent", "fever", str(TODAY))
            assert kept["note"].replace("\r\n", "\n") == NOTE
        assert press(teacher, f"{count}名の出欠を確定する") == 503
        assert chosen <= set(map(tuple, hidden(teacher)))
        assert teacher.page.locator(".slip").count() == 0
        with colleague.page.expect_navigation() as answer:
            colleague.page.locator(".pupil").first.get_by_text("他", exact=True).click()
        assert answer.value.status == 503
        assert other_chosen <= set(map(tuple, hidden(colleague)))

    assert press(guardian, AGAIN) == 200
    guardian.reads("届きました")
    guardian.sees(*NOTE.splitlines())
    [report] = house.ask(
        "SELECT kind, reason, note, status FROM attendance_absencereport WHERE student_id = %s",
        family.student,
    )
    assert report.note.replace("\r\n", "\n") == NOTE
    assert (report.kind, report.reason, report.status) == ("absent", "fever", "submitted")

    assert press(teacher, AGAIN) == 200
    teacher.sees(f"{count}名の出欠を確定しました。")
    assert press(colleague, AGAIN) == 200
    for name, value in other_chosen:
        box = colleague.page.locator(f".pupil input[name={name}]:checked")
        expect(box).to_have_attribute("value", "absent_other" if value == "absent" else value)
    colleague.press(f"{other_count}名の出欠を確定する")
    colleague.sees(f"{other_count}名の出欠を確定しました。")
    for group in (class_of, other_class):
        assert exceptions_of_teacher(house, group) == [
            ("absent_other", False),
            ("not_arrived", False),
            ("present", True),
        ]
    check_worker_goes_on(house, class_of)


def write_report(guardian):
    guardian.open("/m/shirakabano/family/")
    guardian.follow("欠席")
    guardian.page.get_by_text("発熱", exact=True).click()
    guardian.page.get_by_text("学校に伝えたいこと").first.click()
    guardian.page.get_by_label("学校に伝えたいこと").fill(NOTE)


def choose_exceptions(teacher, family):
    """Press 欠席, 遅刻 and 未着 for three children nobody reported; return size and posted values."""
    teacher.open(family.class_path)
    rows = teacher.page.locator(".pupil:not([data-proposed])")
    posted = set()
    for place, word in ((0, "欠席"), (1, "遅刻"), (2, "未着")):
        rows.nth(place).get_by_text(word, exact=True).click()
        box = rows.nth(place).locator("input:checked")
        posted.add((box.get_attribute("name"), box.get_attribute("value")))
    assert {value for _, value in posted} == {"absent", "late", "not_arrived"}
    return teacher.page.locator(".pupil").count(), posted


def exceptions_of_teacher(house, family):
    rows = house.ask(
        "SELECT status, late FROM attendance_attendancemark"
        " WHERE homeroom_id = %s AND date = %s AND source = 'teacher' ORDER BY status",
        family.homeroom,
        TODAY,
    )
    return [tuple(row) for row in rows]


def check_worker_goes_on(house, family):
    """The worker outlived the outage: the counts of the school follow the confirmation."""
    confirmed = house.number(
        "SELECT count(*) FROM attendance_classday d JOIN roster_homeroom h ON h.id = d.homeroom_id"
        " WHERE h.school_id = %s AND d.date = %s AND d.confirmed_at IS NOT NULL",
        family.school,
        TODAY,
    )
    counted = "SELECT count FROM attendance_schooldaycount WHERE school_id = %s AND date = %s AND kind = 'confirmed_classes'"
    assert until(lambda: house.number(counted, family.school, TODAY) == confirmed)
