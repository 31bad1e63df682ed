"""The worker stands still: words and confirmations are kept, and the board says what is late."""

from django.db import connection

from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.models import AbsenceReport, ClassDay
from manabiya.kernel.jobs.testing import run_jobs

CITY = "/m/shirakabano/board/attendance/"
BOARD = "/m/shirakabano/board/"
SAID = "この数は 4分ほど前のものです"


def aged(seconds):
    """Let every waiting event be so old, as after so many seconds without a worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s)", [seconds]
        )


def confirm(city):
    homeroom_id = city.homeroom_id("1年1組")
    services.confirm_day(
        actor=city.actor("vice_principal", "midorigaoka"),
        homeroom_id=homeroom_id,
        day=city.today,
        entries=[],
        now=city.now(8, 30),
    )
    return homeroom_id


def test_board_says_how_old_its_numbers_are_until_they_are_right_again(family, city):
    run_jobs()
    homeroom_id = confirm(city)
    services.submit_report(
        actor=family.actor,
        student_id=family.child.student_id,
        day=city.today,
        word=services.Word(kind=rules.ABSENT, reason="fever"),
        key="without-a-worker",
        now=city.now(),
    )
    assert AbsenceReport.objects.filter(idempotency_key="without-a-worker").exists()
    assert ClassDay.objects.filter(homeroom_id=homeroom_id, date=city.today).exists()
    officer = city.client("board_officer")
    assert "分ほど前のものです" not in officer.get(CITY).content.decode()
    aged(240)
    for address in (CITY, BOARD):
        page = officer.get(address).content.decode()
        assert SAID in page
        assert "連絡と確定は届いて保存されています。" in page
    run_jobs()
    page = officer.get(CITY).content.decode()
    assert "分ほど前のものです" not in page


def test_other_municipality_is_not_told(scope, city):
    run_jobs()
    confirm(city)
    aged(240)
    other = city.client("board_officer", slug="sawanose").get("/m/sawanose/board/attendance/")
    assert other.status_code == 200
    assert "分ほど前のものです" not in other.content.decode()
