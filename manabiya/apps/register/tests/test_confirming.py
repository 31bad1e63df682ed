"""確認を待つ出席簿: all clean months at one press, each with its digest, each in the audit."""

import re
from datetime import date

import pytest
from django.http import Http404

from manabiya.apps.attendance.services import MarkCorrection
from manabiya.apps.register import queries, services
from manabiya.apps.register.models import RegisterSettings, RegisterStep
from manabiya.apps.register.tests.conftest import OCTOBER, Room, confirm_days
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.queries import seats_on

SCHOOL = "/m/shirakabano/school/midorigaoka/"
DAY = date(2026, 10, 6)


@pytest.fixture(autouse=True)
def at_four(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(16))


@pytest.fixture
def rooms(scope):
    """Return three classes whose October is closed and not confirmed."""
    found = [Room(scope, scope.homeroom_id(name)) for name in ("1年1組", "2年1組", "3年1組")]
    for room in found:
        confirm_days(room.id, OCTOBER, date(2026, 10, 31), scope.now())
        services.check_month(**room.of(room.teacher))
        services.close_month(**room.of(room.actor("vice_principal")))
    return found


def waiting(room, role="principal"):
    return queries.waiting_for_confirmation(room.actor(role), room.city.today)


def seen(line):
    return services.SeenMonth(line.homeroom_id, line.month, line.sha256)


def confirm(room, lines, role="principal", school="midorigaoka"):
    return services.confirm_months(
        actor=room.actor(role, school), seen=[seen(line) for line in lines], now=room.city.now(16)
    )


def confirmed():
    rows = RegisterStep.objects.filter(kind="confirmed")
    return dict(rows.values_list("homeroom_id", "sha256"))


def ask(room):
    seat = seats_on(room.id, DAY)[0]
    entries = [MarkCorrection(seat.student_id, DAY, "late")]
    return services.ask_correction(**room.of(room.teacher, entries=entries, reason="聞きちがい"))


def test_principal_confirms_all_at_one_press_on_the_page(rooms):
    principal = rooms[0].city.client("principal", "midorigaoka")
    today = principal.get(SCHOOL).content.decode()
    assert "確認を待つ出席簿 3件" in today
    page = principal.get(f"{SCHOOL}register/").content.decode()
    assert "3件の出席簿を確認する" in page
    values = re.findall(r'name="month" value="([^"]+)"', page)
    answer = principal.post(f"{SCHOOL}register/confirm/", {"month": values}, follow=True)
    assert "3件の出席簿を確認しました。" in answer.content.decode()
    newest = {room.id: queries.versions_of(room.id, OCTOBER)[0].sha256 for room in rooms}
    assert confirmed() == newest
    entries = AuditEntry.objects.filter(action="register.month:confirm")
    assert {e.subject_id: e.details["sha256"] for e in entries} == newest
    assert entries.count() == 3
    assert "確認を待つ出席簿" not in principal.get(SCHOOL).content.decode()
    again = principal.post(f"{SCHOOL}register/confirm/", {"month": values}, follow=True)
    assert "3件は、そのあいだに変わったので、確認していません。" in again.content.decode()
    assert entries.count() == 3


def test_month_with_a_correction_waits_and_one_corrected_since_is_left(rooms):
    lines = waiting(rooms[0])
    request = ask(rooms[1])
    assert [line.is_clean for line in waiting(rooms[0])] == [True, False, True]
    done = confirm(rooms[0], lines)
    assert (done.confirmed, done.left) == (2, 1)
    services.approve_correction(
        actor=rooms[1].actor("principal"), request_id=request.id, now=rooms[1].city.now(16)
    )
    assert confirm(rooms[1], lines[1:2]).confirmed == 0
    assert confirm(rooms[1], waiting(rooms[1])).confirmed == 1
    assert confirmed()[rooms[1].id] == queries.versions_of(rooms[1].id, OCTOBER)[0].sha256


def test_vice_principal_only_where_delegated(rooms):
    lines = waiting(rooms[0])
    assert waiting(rooms[0], "vice_principal") == []
    assert confirm(rooms[0], lines, "vice_principal").confirmed == 0
    page = rooms[0].city.client("vice_principal", "midorigaoka").get(f"{SCHOOL}register/")
    assert "確認を待つ出席簿" not in page.content.decode()
    RegisterSettings.objects.create(valid_from=date(2026, 4, 1), delegates_confirmation=True)
    assert confirm(rooms[0], waiting(rooms[0], "vice_principal"), "vice_principal").confirmed == 3


def test_another_schools_principal_sees_and_confirms_nothing(rooms):
    other = rooms[0].actor("principal", "higashikawabata")
    assert queries.waiting_for_confirmation(other, rooms[0].city.today) == []
    with pytest.raises(Http404):
        confirm(rooms[0], waiting(rooms[0]), school="higashikawabata")
    assert confirmed() == {}


@pytest.mark.parametrize("role", ["school_nurse", "office_staff", "homeroom_teacher"])
def test_others_may_not_press(rooms, role):
    client = rooms[0].city.client(role, "midorigaoka")
    assert client.post(f"{SCHOOL}register/confirm/", {"month": []}).status_code == 403
    assert confirmed() == {}


def test_what_is_no_month_is_passed_over(rooms):
    principal = rooms[0].city.client("principal", "midorigaoka")
    answer = principal.post(f"{SCHOOL}register/confirm/", {"month": ["x", "a:b:c", ""]})
    assert answer.status_code == 302
    assert confirmed() == {}
