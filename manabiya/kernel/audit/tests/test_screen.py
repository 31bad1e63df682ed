"""The audit on screen."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

SCHOOL = "/m/shirakabano/school/midorigaoka/audit/"


def test_principal_reads_who_opened_a_child(city):
    from manabiya.roster.models import Student

    with city.tenant():
        child = Student.objects.filter(enrollments__school__slug="midorigaoka")[0]
    city.client("school_nurse", "midorigaoka").get(
        f"/m/shirakabano/school/midorigaoka/students/{child.id}/"
    )
    with city.tenant():
        nurse = city.actor("school_nurse", "midorigaoka")
    page = (
        city.client("principal", "midorigaoka").get(f"{SCHOOL}?kind=read&class=2").content.decode()
    )
    assert "見た: 生年月日と保護者の連絡先を見る" in page
    assert child.name in page
    assert str(nurse.person_id) in page


def test_refusals_are_shown_and_filtered(city):
    city.client("subject_teacher", "midorigaoka").get("/m/shirakabano/school/midorigaoka/cover/")
    client = city.client("principal", "midorigaoka")
    assert "断られた: 今日の代理を決める" in client.get(f"{SCHOOL}?kind=refused").content.decode()
    assert "断られた:" not in client.get(f"{SCHOOL}?kind=write").content.decode()


def test_a_school_sees_only_its_own_entries(city):
    city.client("subject_teacher", "higashikawabata").get(
        "/m/shirakabano/school/higashikawabata/cover/"
    )
    page = city.client("principal", "midorigaoka").get(f"{SCHOOL}?kind=refused").content.decode()
    assert "あてはまる記録はありません" in page
    board = city.client("board_administrator").get("/m/shirakabano/board/audit/?kind=refused")
    assert "今日の代理を決める" in board.content.decode()


def test_a_page_of_many_entries_takes_few_queries(city):
    from manabiya.kernel.audit.record import record

    with city.tenant():
        actor = city.actor("principal", "midorigaoka")
        for _ in range(130):
            record(actor=actor, action="test:deed")
    client = city.client("principal", "midorigaoka")
    client.get(SCHOOL)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(SCHOOL).content.decode()
    assert page.count("<tr>") == 101
    assert "これより前" in page
    assert len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 16
