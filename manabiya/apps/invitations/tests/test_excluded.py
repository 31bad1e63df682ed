"""The paper of an excluded guardian opens nothing: at once by the right, then by its own row."""

from datetime import timedelta

import pytest
from django.test import Client

from manabiya.apps.invitations.codes import new_code
from manabiya.apps.invitations.models import Invitation
from manabiya.apps.invitations.tests.test_invitations import a_right, issue, join
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.clock import real_now
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.models import Guardian
from manabiya.roster.protection import services as protection


@pytest.fixture
def right(city):
    with city.tenant():
        return a_right(city)


@pytest.fixture
def code(city, right):
    return issue(city, right)


def exclude(city, right):
    with city.tenant():
        protection.set_protection(
            actor=city.actor("principal", "midorigaoka"),
            student_ids=[right.student_id],
            guardian_ids=[right.guardian_id],
            word=protection.ProtectionWord(
                "court_order", city.today, city.today + timedelta(days=90)
            ),
            now=city.now(),
        )


def test_paper_is_refused_at_once_in_the_words_for_an_unknown_code(city, right, code):
    exclude(city, right)
    unknown = new_code()
    for typed in (code, unknown):
        answer = Client().get(f"/join/{typed}/")
        assert answer.status_code == 410
        assert right.student.given_name not in answer.content.decode()
        answer = Client().post("/join/", {"code": typed})
        assert answer.status_code == 422
        assert "この紙は使えません。" in answer.content.decode()
    for path in (f"/join/{code}/", f"/join/{unknown}/"):
        born = {"birth_date": right.student.birth_date.isoformat()}
        assert Client().post(path, born).status_code == 410


def test_page_already_open_binds_nobody(city, right, code):
    client = Client()
    client.post(f"/join/{code}/", {"birth_date": right.student.birth_date.isoformat()})
    assert client.get("/join/choose/").status_code == 200
    exclude(city, right)
    refused = join(client, code, right.student.birth_date.isoformat())
    assert refused.status_code == 410
    assert client.post("/join/choose/", {"password": "kawara-no-suzume-3"}).status_code == 410
    with city.tenant():
        assert Invitation.objects.get().used_at is None


def test_worker_revokes_the_open_papers_of_the_pair_only(city, right, code):
    with city.tenant():
        other = a_right(city, "4年1組")
    issue(city, other)
    exclude(city, right)
    run_jobs()
    with city.tenant():
        papers = {p.guardian_id: p.revoked_at for p in Invitation.objects.all()}
        assert papers[right.guardian_id] is not None
        assert papers[other.guardian_id] is None
        entry = AuditEntry.objects.get(action="invitations.invitation:revoke")
        assert (entry.subject_id, entry.subject_count) == (right.guardian_id, 1)
        assert entry.details == {"student": str(right.student_id)}


def test_event_that_comes_after_the_end_of_the_protection_revokes_nothing(city, right, code):
    from manabiya.apps.invitations.services import revoke_papers

    with city.tenant():
        count = revoke_papers(
            student_id=right.student_id, guardian_id=right.guardian_id, now=real_now()
        )
        assert count == 0
        assert Invitation.objects.get().revoked_at is None


def test_school_is_not_offered_a_paper_for_the_excluded(city, right):
    client = city.client("vice_principal", "midorigaoka")
    with city.tenant():
        homeroom = city.homeroom_id("3年1組")
        name = Guardian.objects.get(pk=right.guardian_id).name
    url = f"/m/shirakabano/school/midorigaoka/invitations/?class={homeroom}"
    pair = f"{right.student_id}:{right.guardian_id}"
    assert pair in client.get(url).content.decode()
    exclude(city, right)
    page = client.get(url).content.decode()
    assert pair not in page
    assert name not in page
    issued = client.post(url.split("?")[0] + "issue/", {"pair": pair})
    assert issued.status_code == 422
