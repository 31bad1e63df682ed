"""Imports and everybody else at once: locks, the sealer, two imports, a killed process."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection, connections

from manabiya.apps.imports import jobs, lock
from manabiya.apps.imports.files import Upload
from manabiya.apps.imports.models import ImportRun
from manabiya.apps.imports.terminal import import_roster
from manabiya.apps.imports.tests.conftest import Importer, text_of, wide_rows
from manabiya.kernel.audit.models import AuditEntry, AuditLink
from manabiya.kernel.audit.sealer import seal
from manabiya.kernel.identity.models import DemoLogin, Membership
from manabiya.roster.models import Enrollment, Guardian, GuardianRight, Student
from tests.matrix.forms_in_page import forms_of

ROOT = Path(__file__).parents[4]
PATIENCE = 60


@pytest.fixture
def board(city):
    return Importer(city)


def ready_run(board, rows):
    """Return a run that is tried and told to be applied; its job waits."""
    run = board.try_files(("名簿.csv", text_of(rows)))
    answer = board.client.post(f"{board.address(run)}apply/", {"digest": run.digest})
    assert answer.status_code == 302
    return board.again(run)


class Beside(threading.Thread):
    """Work on a connection of its own, that stops at a point until it is let on."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.error = work, None
        self.arrived, self.go_on = threading.Event(), threading.Event()

    def run(self):
        try:
            self.work(self)
        except Exception as error:
            self.error = error
        finally:
            self.arrived.set()
            connections.close_all()

    def stop_here(self):
        self.arrived.set()
        assert self.go_on.wait(PATIENCE)


@contextmanager
def beside(work):
    thread = Beside(work)
    thread.start()
    assert thread.arrived.wait(PATIENCE)
    try:
        yield thread
    finally:
        thread.go_on.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()
        if thread.error:
            raise thread.error


def impatient():
    """Let our own statements fail instead of waiting for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")


@pytest.mark.django_db(transaction=True)
def test_a_report_and_a_confirmation_succeed_while_an_import_is_being_applied(board, city):
    """Every child of the class changes: name, number, phones. Nobody waits for it."""
    family, child, slug, homeroom = family_with_a_child(city)
    with city.tenant():
        rows = wide_rows(city, slug)
        room_name = homeroom.name
    for place, row in enumerate(r for r in rows if r["組"] == room_name):
        row |= {"番号": str(200 + place), "保護者1電話": f"090-5000-{place:04d}"}
        row["氏名"] = f"改{row['氏名']}"
    run = ready_run(board, rows)

    def apply(thread):
        with city.tenant():
            jobs.apply.task.func.__wrapped__(str(run.municipality_id), run_id=str(run.id))
            assert ImportRun.objects.get(pk=run.id).state == "applied"
            thread.stop_here()

    with beside(apply) as thread:
        assert thread.error is None
        impatient()
        report_page = f"/m/shirakabano/family/report/{child}/"
        form = next(
            f for f in forms_of(family.get(report_page).content.decode()) if "kind" in f.values
        )
        sent = {n: v[0] for n, v in form.values.items()}
        sent |= {"kind": "absent", "reason": "fever", "date": str(city.today)}
        answer = family.post(report_page, sent)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        teacher = city.client("vice_principal", slug)
        url = f"/m/shirakabano/school/{slug}/attendance/class/{homeroom.id}/{city.today}/"
        form = next(f for f in forms_of(teacher.get(url).content.decode()) if "b" in f.values)
        answer = teacher.post(url, {n: v if n == "b" else v[0] for n, v in form.values.items()})
        assert answer.status_code in (200, 302)
        sealed = seal(run.municipality_id)
        with city.tenant():
            unsealed = AuditEntry.objects.count() - AuditLink.objects.count()
        assert unsealed > 0, "an entry younger than the open import can't be in the chain yet"
        assert sealed >= 0
    seal(run.municipality_id)
    with city.tenant():
        assert AuditEntry.objects.count() == AuditLink.objects.count()
        assert AuditEntry.objects.filter(action="imports.run:apply").count() == 1
        assert AuditEntry.objects.filter(action__prefix="attendance.report:").exists()


def family_with_a_child(city):
    """Return client, child, school and homeroom of a guardian of the demo."""
    logins = DemoLogin.objects.filter(
        municipality__slug="shirakabano", account__login_name__startswith="guardian-"
    ).order_by("position")
    member = Membership.objects.get(
        account_id=logins[0].account_id, municipality__slug="shirakabano", hat="guardian"
    )
    with city.tenant():
        right = GuardianRight.objects.filter(guardian_id=member.person_id).order_by("id")[0]
        seat = Enrollment.objects.select_related("homeroom", "school").get(
            student_id=right.student_id, ends_on=None
        )
    return city.client("guardian"), right.student_id, seat.school.slug, seat.homeroom


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_the_second_is_told(board, city):
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    rows[0]["番号"] = "77"
    run = ready_run(board, rows)

    def hold(thread):
        with city.tenant():
            assert lock.try_lock(run.municipality_id)
            thread.stop_here()

    with beside(hold):
        jobs.apply.task.func(str(run.municipality_id), run_id=str(run.id))
        found = board.again(run)
        assert found.state == "ready"
        assert found.message == (
            "ほかの取り込みを反映しています。反映していません。"
            "終わってから、もう一度反映してください。"
        )
        assert "ほかの取り込みを反映しています" in board.page(run)
    assert board.apply(found).state == "applied"


@pytest.mark.django_db(transaction=True)
def test_the_command_waits_for_another_import(board, city):
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    rows[0]["番号"] = "77"
    municipality_id = city.municipality().id
    said = []

    def command(thread):
        with city.tenant():
            import_roster(
                municipality_id=municipality_id,
                uploads=[Upload("a.csv", text_of(rows).encode())],
                effective_on=city.today,
                applies=True,
                skips_problems=False,
                report_to=None,
                say=lambda line: (said.append(line), thread.arrived.set()),
            )

    with city.tenant():
        assert lock.try_lock(municipality_id)
        thread = Beside(command)
        thread.start()
        assert thread.arrived.wait(PATIENCE)
        assert said == ["ほかの取り込みが終わるのを待っています"]
    thread.join(PATIENCE)
    assert thread.error is None
    assert said[-1] == " 65% 書き込んでいます(0 / 1)"
    with city.tenant():
        assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number == 77


def database_url():
    found = connection.settings_dict
    password = f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else ""
    return f"postgresql://{found['USER']}{password}@/{found['NAME']}?host={quote(found['HOST'])}"


def command(path, *options):
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "manabiya.site.settings_test",
        "DATABASE_URL": database_url(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "manabiya", "import", "roster", str(path),
         "--municipality", "shirakabano", *options],
        cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def waits_for_a_lock():
    """Return how many statements of others wait (pg_locks: not kept for a whole transaction)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


@pytest.mark.django_db(transaction=True)
def test_kill_9_in_the_middle_leaves_nothing_half(city, tmp_path):
    """The command has inserted children and waits for a seat that we hold; then it is killed."""
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
        number = rows[0]["宛名番号"]
        before = counted()
    rows[0]["番号"] = "77"
    rows.append(
        {**rows[1], "宛名番号": "0199980088888", "氏名": "雪森 湊", "フリガナ": "ゆきもり みなと",
         "番号": "78", "保護者1氏名": "雪森 恵", "保護者1電話": "090-8888-0001", "保護者2氏名": ""}
    )  # fmt: skip
    path = tmp_path / "名簿.csv"
    path.write_bytes(text_of(rows).encode())
    with city.tenant():
        seats = Enrollment.objects.select_for_update(of=("self",))
        assert seats.get(student__reference=number, ends_on=None)
        process = command(path, "--apply")
        assert until(waits_for_a_lock), "the command never reached the seat"
        process.send_signal(signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
    with city.tenant():
        assert counted() == before
        assert not Student.objects.filter(reference="0199980088888").exists()
        assert not AuditEntry.objects.filter(action="imports.run:apply").exists()
    again = command(path, "--apply")
    output, _ = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, output
    with city.tenant():
        assert Student.objects.filter(reference="0199980088888").exists()
        assert Enrollment.objects.get(student__reference=number, ends_on=None).roll_number == 77


def counted():
    return [m.objects.count() for m in (Student, Guardian, GuardianRight, Enrollment)]


@pytest.mark.django_db(transaction=True)
def test_command_ends_with_1_and_a_report_when_there_are_problems(city, tmp_path):
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    rows[0]["番号"] = "77"
    rows[1]["生年月日"] = "昭和65年1月1日"
    path, report = tmp_path / "名簿.csv", tmp_path / "結果.xlsx"
    path.write_bytes(text_of(rows).encode("cp932", "xmlcharrefreplace"))
    process = command(path, "--apply", "--report", str(report))
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert (
        "止め: 名簿.csv 3行 生年月日「昭和65年1月1日」昭和にない日です(直し方: 元号を確かめる)"
        in output
    )
    assert "問題があるので反映していません" in output
    assert report.read_bytes()[:2] == b"PK"
    assert report.stat().st_mode & 0o777 == 0o600
    with city.tenant():
        assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number != 77
    process = command(path, "--apply", "--skip-problems")
    output, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "反映しました(1行)" in output) == (1, True), output
    with city.tenant():
        assert Enrollment.objects.get(student__reference=rows[0]["宛名番号"]).roll_number == 77


@pytest.mark.django_db(transaction=True)
def test_command_names_what_it_does_not_know(city, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("氏名,ふりがな,生年月日\nあ い,あ い,H28.5.1\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "manabiya", "import", "roster", str(path), "--municipality", "nowhere"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "manabiya.site.settings_test",
             "DATABASE_URL": database_url()},
    )  # fmt: skip
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "その自治体はありません。次のどれかを選んでください: sawanose、shirakabano" in output
    process = command(tmp_path / "none.csv")
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "none.csv」を読めません(No such file or directory)。" in output


def shows_what_it_would_lose(board, run, words):
    found = board.again(run)
    assert found.state == "ready"
    page = board.page(run)
    assert "試したあとに名簿が変わりました。反映していません。" in page
    assert words in page
    assert "/apply/" not in page, "only trying again is offered"
    return found


@pytest.mark.django_db(transaction=True)
def test_a_row_somebody_saves_between_reading_and_writing_is_not_overwritten(board, city):
    """The import has read the seat and waits for the other person, who then saves it."""
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    number = rows[0]["宛名番号"]
    rows[0]["番号"] = "77"
    rows[1]["番号"] = "78"
    run = ready_run(board, rows)

    def apply(thread):
        jobs.apply.task.func(str(run.municipality_id), run_id=str(run.id))

    thread = Beside(apply)
    with city.tenant():
        Enrollment.objects.filter(student__reference=number, ends_on=None).update(roll_number=60)
        thread.start()
        assert until(waits_for_a_lock), "the import never reached the seat"
    thread.join(PATIENCE)
    assert thread.error is None
    found = shows_what_it_would_lose(board, run, "出席番号 60 → 77")
    with city.tenant():
        assert roll_number(number) == 60
        assert roll_number(rows[1]["宛名番号"]) != 78
        assert not AuditEntry.objects.filter(action="imports.run:apply").exists()
    found = board.apply(board.decide(found))
    assert found.state == "applied"
    with city.tenant():
        assert roll_number(number) == 77


def roll_number(reference):
    return Enrollment.objects.get(student__reference=reference, ends_on=None).roll_number


@pytest.mark.django_db(transaction=True)
def test_an_end_somebody_sets_meanwhile_is_not_overwritten(board, city):
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    rows[0] |= {"組": "2", "番号": "70"}
    run = ready_run(board, rows)
    number = rows[0]["宛名番号"]

    def apply(thread):
        jobs.apply.task.func(str(run.municipality_id), run_id=str(run.id))

    thread = Beside(apply)
    with city.tenant():
        mine = Enrollment.objects.filter(student__reference=number)
        mine.update(ends_on=city.today, exit="withdrawal")
        thread.start()
        assert until(waits_for_a_lock), "the import never reached the seat"
    thread.join(PATIENCE)
    assert thread.error is None
    shows_what_it_would_lose(board, run, "ほかの人が同じ行を変えました")
    with city.tenant():
        mine = Enrollment.objects.filter(student__reference=number)
        assert [(e.ends_on, e.exit) for e in mine] == [(city.today, "withdrawal")]


@pytest.mark.django_db(transaction=True)
def test_the_page_says_how_far_it_is_while_the_work_is_going_on(board, city):
    """The share lies beside the open transaction: the person waiting sees it at once."""
    with city.tenant():
        rows = wide_rows(city, homeroom="4年1組")
    number = rows[0]["宛名番号"]
    rows[0]["番号"] = "77"
    run = ready_run(board, rows)
    page = board.client.get(board.address(run)).content.decode()
    assert "<b>0%</b>" in page
    assert "順番を待っています" in page

    def apply(thread):
        jobs.apply.task.func(str(run.municipality_id), run_id=str(run.id))

    thread = Beside(apply)
    with city.tenant():
        Enrollment.objects.select_for_update(of=("self",)).get(
            student__reference=number, ends_on=None
        )
        thread.start()
        assert until(waits_for_a_lock), "the import never reached the seat"
        part = again(board, run)
    thread.join(PATIENCE)
    assert thread.error is None
    assert "<html" not in part.content.decode()
    assert "<b>65%</b>" in part.content.decode()
    assert "書き込んでいます(0 / 1)" in part.content.decode()
    assert board.again(run).state == "applied"
    assert again(board, run).headers["HX-Refresh"] == "true"


def again(board, run):
    """Look again as the waiting page does by itself."""
    return board.client.get(board.address(run), headers={"HX-Request": "true"})
