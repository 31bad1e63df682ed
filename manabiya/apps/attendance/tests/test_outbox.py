"""What a phone asks for and gets when it sends a report it kept."""

from datetime import datetime, timedelta

import pytest

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.roster.queries import children_of

FAMILY = "/m/shirakabano/family/"
HEADERS = {"X-Outbox": "1"}


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


@pytest.fixture
def child(city):
    with city.tenant():
        person = city.membership("guardian").person_id
        return children_of(person, city.today)[0]


def send(client, child, **changes):
    said = {
        "kind": "absent", "reason": "fever", "date": "2026-11-20", "key": "kept-on-a-phone",
        "claimed_at": "2026-11-20T07:31:05+09:00", **changes,
    }  # fmt: skip
    return client.post(f"{FAMILY}report/{child.student_id}/", said, headers=HEADERS)


def stored(city, child):
    with city.tenant():
        return list(AbsenceReport.objects.filter(student_id=child.student_id))


def test_phone_hears_the_receipt_and_the_servers_time(city, child):
    answer = send(city.client("guardian"), child)
    [report] = stored(city, child)
    assert answer.status_code == 200
    assert answer.json() == {
        "receipt": report.receipt_number,
        "at": "7:50",
        "to": f"{FAMILY}reports/{report.id}/",
    }
    assert report.claimed_at == datetime.fromisoformat("2026-11-20T07:31:05+09:00")
    assert report.submitted_at == city.now()


def test_sent_again_with_its_key_it_gets_the_first_receipt(city, child):
    client = city.client("guardian")
    first, again = send(client, child), send(client, child)
    assert first.json() == again.json()
    assert len(stored(city, child)) == 1


def test_servers_receipt_decides_the_cutoff_and_not_the_phone(city, child, monkeypatch):
    late = city.now(8, 16)
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: late)
    send(city.client("guardian"), child)
    [report] = stored(city, child)
    assert report.is_after_cutoff


def test_day_that_is_over_is_refused_in_words(city, child):
    yesterday = (city.today - timedelta(days=1)).isoformat()
    answer = send(city.client("guardian"), child, date=yesterday)
    assert answer.status_code == 422
    assert answer.json()["problem"].startswith("連絡できるのは、今日から14日先まで")
    assert stored(city, child) == []


def test_what_the_form_lacks_is_said_in_words(city, child):
    answer = send(city.client("guardian"), child, reason="")
    assert (answer.status_code, answer.json()["problem"]) == (422, "理由を選んでください。")


def test_day_that_was_reported_otherwise_leads_to_that_report(city, child):
    client = city.client("guardian")
    send(client, child)
    answer = send(client, child, key="another", reason="injury")
    [report] = stored(city, child)
    assert answer.status_code == 409
    assert answer.json()["to"] == f"{FAMILY}reports/{report.id}/"


def test_another_guardians_child_is_not_found(city):
    with city.tenant():
        mine = children_of(city.membership("guardian").person_id, city.today)
        others = AbsenceReport.objects.exclude(student_id__in=[c.student_id for c in mine])
        before, stranger = AbsenceReport.objects.count(), others[0]
    answer = send(city.client("guardian"), stranger)
    assert answer.status_code == 404
    with city.tenant():
        assert AbsenceReport.objects.count() == before


def test_token_says_whose_it_is_and_holds_no_id(city):
    client = city.client("guardian")
    found = client.get(f"{FAMILY}outbox/token/").json()
    assert set(found) == {"token", "account"}
    assert f'data-account="{found["account"]}"' in client.get(FAMILY).content.decode()
    with city.tenant():
        account = city.membership("guardian").account_id
    assert str(account) not in found["account"]
    assert account.hex not in found["account"]


def test_page_for_times_without_a_network_offers_children_and_school_days(city):
    page = city.client("guardian").get(f"{FAMILY}offline/").content.decode()
    with city.tenant():
        children = children_of(city.membership("guardian").person_id, city.today)
    for child in children:
        assert f'data-name="{child.name}"' in page
        assert f'data-phone="{child.school_phone}"' in page
    assert '<option value="2026-11-20">' in page
    assert '<option value="2026-11-21">' not in page  # Saturday
    assert '<option value="2026-11-23">' not in page  # 勤労感謝の日


def test_staff_have_no_such_page(city):
    client = city.client("homeroom_teacher", "midorigaoka")
    assert client.get(f"{FAMILY}offline/").status_code in (403, 404)
    assert client.get(f"{FAMILY}outbox/token/").status_code in (403, 404)


def test_anybody_gets_the_worker_and_the_manifest(client):
    worker = client.get("/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert b"addEventListener" in worker.content
    manifest = client.get("/manifest.webmanifest").json()
    assert (manifest["name"], manifest["start_url"]) == ("学び舎", "/")
