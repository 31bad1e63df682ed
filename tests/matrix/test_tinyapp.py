"""Adding a capability edits no file of the kernel or of another app: the tiny app proves it."""

import pytest

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.audit.service import AuditCountWrong
from manabiya.kernel.registry import registry
from manabiya.roster.models import Student
from tests.tinyapp import services
from tests.tinyapp.models import TinyNote

BASE = "/m/shirakabano/school/midorigaoka/tiny/"


def _student_id(city, school="midorigaoka"):
    return Student.objects.filter(enrollments__school__slug=school).order_by("kana_key")[0].id


def test_tiny_app_is_in_the_house():
    assert {"tiny-notes", "tiny-note", "tiny-write"} <= registry.routes.keys()
    assert registry.menu["tiny"].label == "小さなメモ"
    assert registry.permissions["tinyapp.note:view"].label == "小さなメモを見る"


def test_vice_principal_writes_and_reads_a_note(city):
    with city.tenant():
        student_id = _student_id(city)
    client = city.client("vice_principal", "midorigaoka")
    assert client.post(f"{BASE}write/{student_id}/", {"text": "覚え"}).status_code == 200
    assert client.get(BASE).content.decode() == "覚え"
    with city.tenant():
        entry = AuditEntry.objects.get(action="tinyapp.note:write")
        assert entry.subject_id == student_id
        assert TinyNote.objects.count() == 1


def test_principal_is_refused_and_nothing_is_written(city):
    with city.tenant():
        student_id = _student_id(city)
    client = city.client("principal", "midorigaoka")
    assert client.post(f"{BASE}write/{student_id}/", {"text": "覚え"}).status_code == 403
    with city.tenant():
        assert TinyNote.objects.count() == 0
        assert AuditEntry.objects.get(action="refused:tinyapp.note:write").hat == "staff"


def test_vice_principal_cannot_write_about_a_child_of_another_school(city):
    with city.tenant():
        student_id = _student_id(city, "higashikawabata")
    client = city.client("vice_principal", "midorigaoka")
    assert client.post(f"{BASE}write/{student_id}/", {"text": "覚え"}).status_code == 404
    with city.tenant():
        assert TinyNote.objects.count() == 0


def test_service_without_an_audit_entry_is_rolled_back(city):
    with city.tenant():
        actor = city.actor("vice_principal", "midorigaoka")
        with pytest.raises(AuditCountWrong):
            services.forget_the_record(actor=actor, student_id=_student_id(city))
        assert TinyNote.objects.count() == 0


def test_service_checks_the_actor_itself(city):
    with city.tenant(), pytest.raises(Refused):
        services.write_note(
            actor=city.actor("school_nurse", "midorigaoka"), student_id=_student_id(city), text="x"
        )
