"""The chain: sealed without holding writers, tampering found by name."""

import json
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from manabiya.kernel.audit.heads import folder, keep_heads, read_heads
from manabiya.kernel.audit.models import AuditEntry, AuditLink
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.sealer import link_hash, seal
from manabiya.kernel.audit.verify import verify
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def municipality():
    return Municipality.objects.create(code="012345", slug="teststadt", name="試し市")


@pytest.fixture
def heads(municipality, settings, tmp_path):
    settings.MANABIYA_DATA_DIR = tmp_path
    return tmp_path / "audit-heads" / f"{municipality.id}.jsonl"


@contextmanager
def as_owner():
    """Act as the owner of the tables, as an intruder with the database would."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(settings.MANABIYA_DATABASE_OWNER)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
        connection.settings_dict.update(before)


def write(municipality, count=1, action="test:deed"):
    for _ in range(count):
        with tenant(municipality.id):
            record(actor=None, action=action, details={"n": 1})


def kinds(municipality, heads=()):
    return [finding.kind for finding in verify(municipality.id, list(heads))]


def test_sealing_chains_every_entry_once(municipality):
    write(municipality, 5)
    assert seal(municipality.id) == 5
    assert seal(municipality.id) == 0
    write(municipality, 2)
    assert seal(municipality.id) == 2
    with tenant(municipality.id):
        assert list(AuditLink.objects.order_by("sequence").values_list("sequence", flat=True)) == [
            1,
            2,
            3,
            4,
            5,
            6,
            7,
        ]
    assert kinds(municipality) == []


def test_an_entry_of_a_running_transaction_is_not_passed_over(municipality):
    inside, go = threading.Event(), threading.Event()

    def slow():
        with tenant(municipality.id):
            record(actor=None, action="test:slow")
            inside.set()
            go.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    inside.wait(20)
    write(municipality, 3)
    assert seal(municipality.id) == 0
    go.set()
    thread.join()
    assert seal(municipality.id) == 4
    with tenant(municipality.id):
        first = AuditLink.objects.order_by("sequence")[0]
        assert AuditEntry.objects.get(pk=first.entry_id).action == "test:slow"
    assert kinds(municipality) == []


def test_many_writers_with_rollbacks_and_sealing_between(municipality):
    class Undo(Exception):
        pass

    def writer(number):
        for turn in range(15):
            try:
                with tenant(municipality.id):
                    record(actor=None, action=f"test:{number}")
                    if turn % 3 == 0:
                        raise Undo
            except Undo:
                pass
        connection.close()

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seal(municipality.id)
    for thread in threads:
        thread.join()
    seal(municipality.id)
    with tenant(municipality.id):
        assert AuditEntry.objects.count() == AuditLink.objects.count() == 60
    assert kinds(municipality) == []


def test_changed_entry_is_found(municipality):
    write(municipality, 5)
    seal(municipality.id)
    with tenant(municipality.id):
        entry_id = AuditLink.objects.get(sequence=3).entry_id
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_auditentry SET action='test:other' WHERE id=%s", [entry_id])
    findings = verify(municipality.id, [])
    assert [(f.kind, f.sequence, f.entry_id) for f in findings] == [("changed", 3, entry_id)]


def test_removed_entry_is_found(municipality):
    write(municipality, 5)
    seal(municipality.id)
    with tenant(municipality.id):
        entry_id = AuditLink.objects.get(sequence=2).entry_id
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_auditentry WHERE id=%s", [entry_id])
    assert [(f.kind, f.sequence) for f in verify(municipality.id, [])] == [("removed", 2)]


def test_removed_entry_with_its_link_leaves_a_gap(municipality):
    write(municipality, 5)
    seal(municipality.id)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_auditlink WHERE sequence = 2")
    assert "gap" in kinds(municipality)


def test_inserted_entry_is_found(municipality):
    write(municipality, 3)
    seal(municipality.id)
    stranger = uuid4()
    with as_owner() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditentry (id, municipality_id, at, transaction_id, hat, action,"
            " subject_type, subject_count, data_class, details)"
            " VALUES (%s, %s, now() - interval '40 days', 5, '', 'test:old', '', 1, 3, '{}')",
            [stranger, municipality.id],
        )
    assert [(f.kind, f.entry_id) for f in verify(municipality.id, [])] == [("inserted", stranger)]


def test_cut_tail_is_found_by_the_head_kept_outside(municipality, heads):
    write(municipality, 5)
    seal(municipality.id)
    keep_heads()
    with as_owner() as cursor:
        cursor.execute(
            "DELETE FROM audit_auditentry WHERE id IN"
            " (SELECT entry_id FROM audit_auditlink WHERE sequence > 3)"
        )
        cursor.execute("DELETE FROM audit_auditlink WHERE sequence > 3")
    assert kinds(municipality) == []
    assert kinds(municipality, read_heads(heads)) == ["cut"]


def test_full_rewrite_is_found_by_the_head_kept_outside(municipality, heads):
    from manabiya.kernel.audit.sealer import FIELDS, START

    write(municipality, 4)
    seal(municipality.id)
    keep_heads()
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_auditentry SET action = 'test:forged'")
    with tenant(municipality.id):
        links = list(AuditLink.objects.order_by("sequence"))
        rows = {r["id"]: r for r in AuditEntry.objects.values(*FIELDS)}
    previous = START
    with as_owner() as cursor:
        for link in links:
            previous = link_hash(previous, rows[link.entry_id])
            cursor.execute("UPDATE audit_auditlink SET hash=%s WHERE id=%s", [previous, link.id])
    assert kinds(municipality) == []
    assert kinds(municipality, read_heads(heads)) == ["rewritten"]


def test_command_verifies_and_ends_with_an_error_when_something_is_wrong(
    municipality, heads, capsys
):
    write(municipality, 3)
    call_command("audit", "head")
    call_command("audit", "verify")
    assert "teststadt: 異常なし(外の控え 1件)" in capsys.readouterr().out
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_auditentry SET subject_count = 99")
    with pytest.raises(CommandError, match="3件"):
        call_command("audit", "verify", municipality="teststadt")
    assert "1番の記録が変えられています" in capsys.readouterr().out


def test_heads_only_grow(municipality, heads):
    write(municipality)
    seal(municipality.id)
    keep_heads()
    write(municipality)
    seal(municipality.id)
    keep_heads()
    lines = [json.loads(line) for line in Path(heads).read_text().splitlines()]
    assert [line["sequence"] for line in lines] == [1, 2]
    assert folder() == heads.parent


def test_head_is_mailed_to_the_operator_by_a_real_server(municipality, heads, settings):
    import socketserver

    received = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(b"220 test\r\n")
            is_data = False
            for line in self.rfile:
                text = line.decode().rstrip("\r\n")
                if is_data:
                    received.append(text)
                    if text == ".":
                        is_data = False
                        self.wfile.write(b"250 ok\r\n")
                    continue
                word = text[:4].upper()
                is_data = word == "DATA"
                self.wfile.write(
                    b"354 go\r\n"
                    if is_data
                    else b"221 bye\r\n"
                    if word == "QUIT"
                    else b"250 ok\r\n"
                )
                if word == "QUIT":
                    return

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.OPERATOR_MAIL = "operator@example.jp"
        write(municipality)
        seal(municipality.id)
        head = keep_heads()[0]
        server.shutdown()
        thread.join()
    assert any("operator@example.jp" in line for line in received)
    import base64
    import quopri

    raw = "\n".join(received)
    body = raw.partition("\n\n")[2].partition("\n.")[0]
    text = raw + quopri.decodestring(body).decode("utf-8", "replace")
    with suppress(ValueError):
        text += base64.b64decode(body).decode("utf-8", "replace")
    assert head.hash in text


def test_service_rolled_back_leaves_no_entry(municipality):
    with pytest.raises(ZeroDivisionError), tenant(municipality.id):
        record(actor=None, action="test:lost")
        1 / 0  # noqa: B018
    with tenant(municipality.id):
        assert AuditEntry.objects.count() == 0
    with transaction.atomic():
        assert seal(municipality.id) == 0
