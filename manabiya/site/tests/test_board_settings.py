"""市の決まり: who opens it, what it says, deciding from a day on and taking back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from manabiya.apps.morning.models import AbsenceSettings
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.registry import registry
from manabiya.roster.models import School

PAGE = "/m/shirakabano/board/settings/"
SECTION = f"{PAGE}absences/"
NUMBERS = {"absent_days": "4", "unseen_days": "8", "long_absence_days": "28"}
SCHOOL_ROLES = (
    "principal", "vice_principal", "academic_affairs_head", "grade_head", "homeroom_teacher",
    "assistant_homeroom_teacher", "subject_teacher", "school_nurse", "office_staff",
    "ict_supporter", "guardian",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(7, 50))


def posted(day, **changed):
    return {"valid_from": day.isoformat(), **NUMBERS, **changed}


@pytest.mark.parametrize("role", ["board_officer", "board_administrator"])
def test_board_sees_every_section_with_what_holds(city, role):
    html = city.client(role).get(PAGE).content.decode()
    with city.tenant():
        kinds = set(School.objects.values_list("kind", flat=True))
    for section in registry.board_settings.values():
        if section.key == "year-compulsory" and "compulsory_education_school" not in kinds:
            continue
        assert section.label in html
        assert city.client(role).get(f"{PAGE}{section.key}/").status_code == 200
    assert "3日から知らせる" in html


@pytest.mark.parametrize("role", SCHOOL_ROLES)
def test_nobody_at_school_and_no_family_opens_it(city, role):
    client = city.client(role, "" if role == "guardian" else "midorigaoka")
    for address in (PAGE, SECTION, f"{SECTION}{uuid4()}/drop/"):
        assert client.get(address).status_code == 404
    assert client.post(SECTION, posted(city.today)).status_code == 404
    with city.tenant():
        assert not AbsenceSettings.objects.exists()


def test_officer_decides_for_a_later_day_sees_it_coming_and_takes_it_back(city):
    client, later = city.client("board_officer"), city.today + timedelta(days=7)
    done = client.post(SECTION, posted(later), follow=True).content.decode()
    assert "2026年11月27日(金)からの決まりを入れました。" in done
    with city.tenant():
        row = AbsenceSettings.objects.get()
        assert (row.valid_from, row.absent_days) == (later, 4)
        entry = AuditEntry.objects.get(action="morning.absence-settings:set")
        assert (entry.subject_id, entry.person_id) == (row.pk, row.set_by)
    overview = client.get(PAGE).content.decode()
    assert "3日から知らせる" in overview
    assert "4日から知らせる" in overview
    assert "これから" in overview
    gone = client.post(f"{SECTION}{row.pk}/drop/", follow=True).content.decode()
    assert "2026年11月27日(金)からの決まりを取り消しました。" in gone
    with city.tenant():
        assert not AbsenceSettings.objects.exists()
        assert AuditEntry.objects.filter(action="morning.absence-settings:drop").count() == 1


def test_what_holds_can_not_be_taken_back_and_stays_in_the_history(city):
    client = city.client("board_administrator")
    client.post(SECTION, posted(city.today))
    with city.tenant():
        row = AbsenceSettings.objects.get()
    refused = client.post(f"{SECTION}{row.pk}/drop/")
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "もう始まっている決まりは取り消せません" in html
    assert "これまでの決まり" in html
    assert "はじめの値" in html


def test_what_was_typed_stays_when_it_is_refused(city):
    client = city.client("board_officer")
    past = client.post(SECTION, posted(date(2026, 11, 19)))
    assert past.status_code == 409
    assert "過ぎた日からは決められません" in past.content.decode()
    assert 'value="28"' in past.content.decode()
    wrong = client.post(SECTION, posted(city.today, absent_days="0"))
    assert wrong.status_code == 422
    assert "1から60までにしてください" in wrong.content.decode()
    assert client.post(SECTION, {}).status_code == 422
    with city.tenant():
        assert not AbsenceSettings.objects.exists()


def test_no_such_section_no_such_decision_no_other_city(city):
    client = city.client("board_officer")
    assert client.get(f"{PAGE}nothing/").status_code == 404
    assert client.post(f"{SECTION}{uuid4()}/drop/").status_code == 404
    with city.tenant("sawanose"):
        other = AbsenceSettings.objects.create(valid_from=city.today + timedelta(days=9))
    assert client.post(f"{SECTION}{other.pk}/drop/").status_code == 404
    assert client.get("/m/sawanose/board/settings/").status_code == 404
    with city.tenant("sawanose"):
        assert AbsenceSettings.objects.filter(pk=other.pk).exists()
