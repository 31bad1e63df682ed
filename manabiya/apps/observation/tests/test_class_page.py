"""健康観察 in the panel of the class page: saved by the one confirmation, or nothing at all."""

import re
from decimal import Decimal

import pytest

from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
from manabiya.apps.attendance.tests.test_query_counts import asked
from manabiya.apps.observation import forms, services
from manabiya.apps.observation.models import HealthObservation
from manabiya.apps.observation.rules import GOOD, Entry, health
from manabiya.kernel.audit.models import AuditEntry

MINE = ["homeroom_teacher", "assistant_homeroom_teacher", "school_nurse", "vice_principal",
        "principal"]  # fmt: skip


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


@pytest.fixture
def page(city, room):
    """Return the address of a class nobody confirmed, without reports and symptoms of today."""
    homeroom_id, ids = room
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    HealthObservation.objects.filter(student_id__in=ids, date=city.today).delete()
    return f"/m/shirakabano/school/midorigaoka/attendance/class/{homeroom_id}/2026-11-20/"


def form(ids, noted=(), **values):
    """Return what the page sends: everybody, and the fields of some children by their number."""
    data = {"b": ",".join(i.hex for i in ids), "save": "1"}
    for number, base, symptoms, heat, note in noted:
        data[f"hb{number}"] = forms.base_text(ids[number], base)
        data[f"h{number}"] = symptoms
        data[f"ht{number}"], data[f"hn{number}"] = heat, note
    return data | values


def row(html, number):
    return re.search(rf'<li class="pupil[^>]*>(?:(?!</li>).)*id="n{number}".*?</li>', html, re.S)[0]


def noted(city, student_id):
    found = HealthObservation.objects.filter(student_id=student_id, date=city.today).first()
    return services.health_of(found) if found else GOOD


@pytest.mark.parametrize("role", MINE)
def test_who_confirms_the_class_saves_symptoms_by_the_same_button(city, room, page, role):
    ids = room[1]
    client = city.client(role, "midorigaoka")
    data = form(ids, [(2, GOOD, ["fever", "cough"], "37.5℃", "朝から")], r4="absent")
    answer = client.post(page, data, follow=True)
    assert f"{len(ids)}名の出欠を確定しました。1名の健康観察を記録しました。" in (
        answer.content.decode()
    )
    assert noted(city, ids[2]) == health(["cough", "fever"], Decimal("37.5"), "朝から")
    assert AttendanceMark.objects.get(student_id=ids[4], date=city.today).status == "absent_other"
    assert AuditEntry.objects.filter(action="observation.observation:note").count() == 1
    html = answer.content.decode()
    assert '<p class="said">咳 発熱 37.5℃ 朝から</p>' in row(html, 2)
    assert "said" not in row(html, 3)


def test_fields_stand_in_the_panel_and_without_scripts_too(city, room, page):
    ids = room[1]
    client = city.client("homeroom_teacher", "midorigaoka")
    fragment = client.get(f"{page}?open=1", headers={"X-Fragment": "1"}).content.decode()
    assert f'name="hb1" value="{ids[1].hex}|||"' in fragment
    assert re.findall(r'name="h1" value="(\w+)"', fragment) == [
        "headache", "stomach_ache", "cough", "fever", "other",
    ]  # fmt: skip
    whole = client.post(page, form(ids, open="1")).content.decode()
    assert 'name="ht1"' in row(whole, 1)
    assert 'name="hb2"' not in whole
    typed = form(ids, [(1, GOOD, ["cough"], "36.9", "せき")], open="5")
    both = client.post(page, typed).content.decode()
    assert 'value="cough" checked' in row(both, 1)
    assert 'value="36.9"' in row(both, 1)
    assert 'name="ht5"' in row(both, 5)
    assert not HealthObservation.objects.filter(student_id__in=ids, date=city.today).exists()


@pytest.mark.parametrize(
    ("heat", "note"), [("38度5分", ""), ("375", ""), ("33.9", ""), ("36.85", ""), ("", "あ" * 201)]
)
def test_what_can_not_be_read_is_kept_with_the_reason_and_nothing_is_written(
    city, room, page, heat, note
):
    ids = room[1]
    client = city.client("homeroom_teacher", "midorigaoka")
    answer = client.post(page, form(ids, [(2, GOOD, ["fever"], heat, note)], r4="absent"))
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "読めないところがあります" in html
    assert 'aria-invalid="true"' in row(html, 2)
    assert f'value="{heat}"' in row(html, 2)
    assert f'value="{note}"' in row(html, 2)
    assert 'value="fever" checked' in row(html, 2)
    assert re.search(r'name="r4" value="absent_other" checked', row(html, 4))
    assert not ClassDay.objects.filter(homeroom_id=room[0], date=city.today).exists()
    assert noted(city, ids[2]) == GOOD


def test_two_teachers_meet_and_a_clash_writes_neither_marks_nor_symptoms(city, room, page):
    homeroom_id, ids = room
    client = city.client("homeroom_teacher", "midorigaoka")
    services.note_symptoms(
        actor=city.actor("school_nurse", "midorigaoka"),
        homeroom_id=homeroom_id,
        day=city.today,
        entries=[
            Entry(ids[1], GOOD, health(["headache"])),
            Entry(ids[2], GOOD, health(["fever"], Decimal("38.0"))),
        ],
        now=city.now(7, 45),
    )
    mine = [(1, GOOD, ["cough"], "", ""), (2, GOOD, ["cough"], "37.2", "")]
    answer = client.post(page, form(ids, mine, r4="absent"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "ほかの人の記録: 発熱 38.0℃(" in row(html, 2)
    assert 'value="37.2"' in row(html, 2)
    assert not ClassDay.objects.filter(homeroom_id=homeroom_id, date=city.today).exists()
    assert not AttendanceMark.objects.filter(student_id=ids[4], date=city.today).exists()
    assert noted(city, ids[1]) == health(["headache"])

    again = {"b": ",".join(i.hex for i in ids), "save": "1"}
    for number in (1, 2):
        for name, value in re.findall(rf'name="(h[bnt]{number})" value="([^"]*)"', html):
            again[name] = value
        again[f"h{number}"] = re.findall(rf'name="h{number}" value="(\w+)" checked', html)
    assert client.post(page, again).status_code == 302
    assert noted(city, ids[1]) == health(["headache", "cough"])
    assert noted(city, ids[2]) == health(["cough", "fever"], Decimal("37.2"))


def test_fields_of_another_child_than_the_form_says_are_refused(city, room, page):
    ids = room[1]
    data = form(ids, [(2, GOOD, ["fever"], "", "")])
    data["hb2"] = forms.base_text(ids[3], GOOD)
    answer = city.client("homeroom_teacher", "midorigaoka").post(page, data)
    assert answer.status_code == 409
    assert "学級の人が変わりました" in answer.content.decode()
    assert noted(city, ids[2]) == GOOD
    assert not ClassDay.objects.filter(homeroom_id=room[0], date=city.today).exists()


def test_who_reads_the_page_without_noting_sees_no_symptom(city, room, page):
    homeroom_id, ids = room
    services.note_symptoms(
        actor=city.actor("school_nurse", "midorigaoka"),
        homeroom_id=homeroom_id,
        day=city.today,
        entries=[Entry(ids[2], GOOD, health(["fever"], None, "朝から"))],
        now=city.now(7, 45),
    )
    client = city.client("academic_affairs_head", "midorigaoka")
    answer = client.get(page)
    assert answer.status_code == 200
    assert "朝から" not in answer.content.decode()
    fragment = client.get(f"{page}?open=2", headers={"X-Fragment": "1"}).content.decode()
    assert 'name="hb2"' not in fragment
    assert "朝から" in city.client("homeroom_teacher", "midorigaoka").get(page).content.decode()


def test_confirming_without_symptoms_asks_nothing_more(city, room, page):
    ids = room[1]
    client = city.client("homeroom_teacher", "midorigaoka")
    client.get(page)
    sqls = asked(client, page, form(ids, [(2, GOOD, [], "", "")]))
    assert not [sql for sql in sqls if "observation_" in sql]


@pytest.mark.parametrize(
    ("text", "value"),
    [("37.5", "37.5"), ("\uff13\uff17.5", "37.5"), ("37.5 ℃", "37.5"), ("38度", "38"), ("", None)],
)
def test_temperature_is_read_as_people_write_it(text, value):
    assert forms.temperature_of(text) == (Decimal(value) if value else None)


@pytest.mark.parametrize("text", ["37.55", "sNaN", "Infinity", "熱", "38度5分"])
def test_what_is_no_temperature_raises(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        forms.temperature_of(text)


def test_who_notes_for_another_class_only_is_shown_no_fields_here(city, room):
    from dataclasses import replace

    from manabiya.apps.observation import class_fields
    from manabiya.roster.queries import seats_on

    reader = city.actor("academic_affairs_head", "midorigaoka")
    teacher = city.actor("homeroom_teacher", "midorigaoka")
    both = replace(reader, grants=(*reader.grants, *teacher.grants))
    other = city.homeroom_id("2年1組")
    children = [seat.student_id for seat in seats_on(other, city.today)]
    seen = {"actor": both, "day": city.today, "posted": None}
    assert class_fields.read(homeroom_id=other, student_ids=children, **seen) == {}
    assert class_fields.read(homeroom_id=room[0], student_ids=room[1], **seen).keys() == set(
        room[1]
    )
