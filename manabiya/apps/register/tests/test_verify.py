"""``manabiya register verify`` names what is not as it was closed; years add up closed months."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.register import queries, services, verify
from manabiya.apps.register.document import canonical
from manabiya.apps.register.models import RegisterVersion
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import seats_on

DAY = date(2026, 10, 6)


@pytest.fixture
def closed(room):
    room.close()
    return room


def said(room):
    return [d.message for d in verify.verify_class(room.id, room.city.today)]


def forge(monkeypatch, room, change):
    """Let the house read another document than the one that is stored."""
    version = queries.versions_of(room.id, room.month)[0]
    document = json.loads(version.document)
    change(document)
    original = RegisterVersion.from_db.__func__

    def forged(cls, db, names, values):
        found = original(cls, db, names, values)
        found.document = canonical(document)
        return found

    monkeypatch.setattr(RegisterVersion, "from_db", classmethod(forged))


def test_closed_month_that_nobody_touched_is_well(closed):
    assert said(closed) == []
    school = Homeroom.objects.get(pk=closed.id).school_id
    assert verify.verify_school(school, closed.city.today) == []


def test_changed_row_is_named_by_child_and_day(closed):
    seat = seats_on(closed.id, DAY)[0]
    AttendanceMark.objects.create(
        student_id=seat.student_id, date=DAY, homeroom_id=closed.id, status="absent_sick",
        source="teacher", decided_by_id=closed.teacher.person_id, decided_at=closed.city.now(),
    )  # fmt: skip
    assert said(closed) == [
        f"{seat.roll_number}番 2026-10-06 の記録が控えとちがいます",
        f"{seat.roll_number}番の欠席・病欠・出席が控えとちがいます",
    ]


def test_changed_copy_breaks_its_digest_and_its_sums(closed, monkeypatch):
    def change(document):
        document["rows"][0]["cells"][5] = "absent_sick"

    forge(monkeypatch, closed, change)
    found = said(closed)
    assert "控えの中身とハッシュが合いません" in found
    assert "1番の合計が日々の記録と合いません" in found


def test_forged_total_is_named(closed, monkeypatch):
    def change(document):
        document["totals"]["attended"] += 1

    forge(monkeypatch, closed, change)
    assert "学級の合計が一人ずつの合計と合いません" in said(closed)


def test_version_that_vanished_is_missed_by_the_audit(closed, monkeypatch):
    monkeypatch.setattr(
        verify.RegisterVersion.objects, "filter", lambda **of: RegisterVersion.objects.none()
    )
    assert said(closed) == ["控えがなくなっています"]


def test_command_says_all_is_well_and_ends_badly_when_it_is_not(closed, monkeypatch):
    asked = {"municipality": "shirakabano", "school": "midorigaoka"}
    monkeypatch.setattr(
        "manabiya.apps.register.management.commands.register.school_now",
        lambda municipality: closed.city.now(),
    )
    out = StringIO()
    call_command("register", "verify", **asked, stdout=out)
    assert out.getvalue() == "shirakabano/midorigaoka: 異常なし(控え 1件)\n"
    seat = seats_on(closed.id, DAY)[0]
    AttendanceMark.objects.create(
        student_id=seat.student_id, date=DAY, homeroom_id=closed.id, status="absent_sick",
        source="teacher", decided_by_id=closed.teacher.person_id, decided_at=closed.city.now(),
    )  # fmt: skip
    out = StringIO()
    with pytest.raises(CommandError, match="2件のちがい"):
        call_command("register", "verify", **asked, stdout=out)
    assert "1年1組 2026-10 第1版: " in out.getvalue()
    assert seat.name not in out.getvalue()


def test_year_adds_closed_months_and_takes_corrections(closed):
    from manabiya.apps.attendance.services import MarkCorrection
    from manabiya.apps.register.tests.conftest import Room, confirm_days

    september = date(2026, 9, 1)
    confirm_days(closed.id, september, date(2026, 9, 30), closed.city.now())
    other = Room(closed.city, closed.id, september)
    other.close()
    seat = seats_on(closed.id, DAY)[0]
    request = services.ask_correction(
        **closed.of(
            closed.teacher, entries=[MarkCorrection(seat.student_id, DAY, "bereavement")], reason="忌引の届",
        )
    )  # fmt: skip
    services.approve_correction(
        actor=closed.actor("principal"), request_id=request.id, now=closed.city.now()
    )
    school = Homeroom.objects.get(pk=closed.id).school_id
    days = [len(queries.document_of(v)["rows"]) and v for v in (
        queries.versions_of(closed.id, m)[0] for m in (september, closed.month)
    )]  # fmt: skip
    given = sum(queries.document_of(v)["rows"][0]["sums"]["school_days"] for v in days)
    total = queries.year_totals(school, 2026, closed.month)[str(seat.student_id)]
    assert total.months == (september, closed.month)
    assert (total.sums["school_days"], total.sums["S5"]) == (given, 1)
    assert (total.sums["required"], total.sums["attended"]) == (given - 1, given - 1)
    until = queries.year_totals(school, 2026, september)[str(seat.student_id)]
    assert (until.months, until.sums["S5"]) == ((september,), 0)
    assert said(closed) == []
