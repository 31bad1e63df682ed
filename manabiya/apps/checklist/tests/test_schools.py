"""One school's strengths and next steps; the board's list of schools behind, with owner and date."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import Http404

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import ChecklistAnswer, Outreach
from manabiya.apps.checklist.queries import behind as behind_reads
from manabiya.apps.checklist.queries import standing as standing_reads
from manabiya.apps.checklist.queries.outreach import board_people
from manabiya.apps.checklist.services import ChecklistRefused
from manabiya.apps.checklist.tests.conftest import OTHER
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

ITEM = "guardian_surveys"
BOARD = "/m/shirakabano/board/checklist/"


def answer(desk, item, value, school, year=2025):
    ChecklistAnswer.objects.filter(sheet=desk.sheet(school, year), item=item).update(value=value)


@pytest.fixture
def half(desk, monkeypatch):
    """Make an item one school of two does one every school is to do."""
    monkeypatch.setattr(behind_reads, "EVERY_SCHOOL", Decimal(50))
    answer(desk, ITEM, "fully", "midorigaoka")
    for year in (2025, 2026):
        answer(desk, ITEM, "not_at_all", OTHER, year)
    for school in ("midorigaoka", OTHER):
        answer(desk, "school_fees_by_bank", "not_at_all", school)
    return desk.sheet(OTHER, 2025).school_id


def behind(desk, item=ITEM):
    page = queries.behind_page(desk.actor("board_officer"), today=desk.now.date())
    return next((one for one in page.items if one.line.question.key == item), None)


def decide(desk, school_id, role="board_officer", **more):
    owner = board_people(desk.now.date())[0][0]
    said = {"owner_id": owner, "due_on": desk.now.date() + timedelta(days=30), "note": "訪ねる"}
    return services.set_outreach(
        actor=desk.actor(role), item=ITEM, school_id=school_id, now=desk.now, **{**said, **more}
    )


def test_the_board_lists_schools_that_do_not_do_an_item_of_the_band(desk, half):
    assert [(line.school, line.answer) for line in behind(desk).schools] == [
        ("東川端中学校", "全くしていない")
    ]
    assert behind(desk, "school_fees_by_bank") is None


def test_below_the_band_no_school_is_named(desk):
    answer(desk, ITEM, "fully", "midorigaoka")
    answer(desk, ITEM, "not_at_all", OTHER)
    assert behind(desk) is None


def test_a_school_that_does_it_by_the_open_round_is_done(desk, half):
    sheet = desk.sheet(OTHER, 2026)
    ChecklistAnswer.objects.filter(sheet=sheet, item=ITEM).delete()
    ChecklistAnswer.objects.create(sheet=sheet, item=ITEM, value="fully")
    sheet.confirmed_by, sheet.confirmed_at = desk.actor("principal", OTHER).person_id, desk.now
    sheet.save()
    [line] = behind(desk).schools
    assert line.is_done
    assert behind(desk).waiting == []
    sheet.confirmed_by = sheet.confirmed_at = None
    sheet.save()
    assert not behind(desk).schools[0].is_done


def test_the_board_decides_owner_and_date_and_decides_anew(desk, half):
    before = AuditEntry.objects.count()
    decide(desk, half)
    later = desk.now.date() + timedelta(days=60)
    decide(desk, half, "board_administrator", due_on=later)
    row = Outreach.objects.get(item=ITEM, school_id=half)
    assert (row.due_on, row.note) == (later, "訪ねる")
    assert AuditEntry.objects.count() == before + 2
    assert "訪ねる" not in str(AuditEntry.objects.latest("id").details)
    [line] = behind(desk).schools
    assert line.outreach == row
    assert line.is_late(later + timedelta(days=1))
    assert not line.is_late(later)


@pytest.mark.parametrize("role", ["principal", "vice_principal", "office_staff", "ict_supporter"])
def test_no_school_sees_the_list_or_decides(desk, half, role):
    actor = desk.actor(role)
    with pytest.raises(Refused):
        queries.behind_page(actor, today=desk.now.date())
    with pytest.raises(Refused):
        decide(desk, half, role)
    assert not Outreach.objects.filter(item=ITEM, school_id=half).exists()


def test_what_can_t_be_decided_is_refused_in_words(desk, half):
    with pytest.raises(ChecklistRefused, match="教育委員会にいる人"):
        decide(desk, half, owner_id=desk.actor("principal").person_id)
    with pytest.raises(ChecklistRefused, match="過ぎた日"):
        decide(desk, half, due_on=desk.now.date() - timedelta(days=1))
    with pytest.raises(Http404):
        decide(desk, desk.sheet("midorigaoka", 2025).school_id)


def test_the_list_on_the_page(city, monkeypatch):
    monkeypatch.setattr(behind_reads, "EVERY_SCHOOL", Decimal(50))
    client = city.client("board_officer")
    page = client.get(f"{BOARD}behind/")
    [item, *_] = [one for one in page.context["page"].items if one.waiting]
    line, key = item.waiting[0], item.line.question.key
    assert line.school in page.content.decode()
    said = {"school": line.school_id, "owner": page.context["page"].people[0][0], "due_on": "あす"}
    wrong = client.post(f"{BOARD}behind/{key}/", said)
    assert wrong.status_code == 422
    assert 'value="あす"' in wrong.content.decode()
    done = client.post(
        f"{BOARD}behind/{key}/", {**said, "due_on": "2026-12-18", "note": "電話する"}
    )
    assert done.status_code == 302
    assert "電話する" in client.get(f"{BOARD}behind/").content.decode()
    assert "電話する" in client.get(f"{BOARD}items/{key}/").content.decode()


def own(desk, school="midorigaoka"):
    return queries.own_standing(desk.actor("principal", school))


def test_strengths_are_what_the_school_does_the_rarest_first(desk):
    page = own(desk)
    good = [line.question.key for line in page.lines if line.is_good]
    assert sorted(line.question.key for line in page.strengths) == sorted(good)
    known = [line.percent for line in page.strengths if line.percent is not None]
    assert known == sorted(known)
    assert all(line.percent < 50 for line in page.rare)
    assert page.rare + page.usual == page.strengths


def test_a_small_city_is_shown_beside_the_nation_and_a_larger_one_beside_itself(desk, monkeypatch):
    assert own(desk).of_city is None
    assert {line.whose for line in own(desk).lines if line.percent is not None} == {"全国"}
    monkeypatch.setattr(standing_reads, "FEWEST_SCHOOLS", 2)
    page = own(desk)
    assert page.of_city.school_year == 2025
    assert {line.whose for line in page.lines if line.percent is not None} == {"市"}


def test_a_doubtful_national_figure_is_not_taken(desk):
    doubtful = {line.question.key: line.percent for line in own(desk).lines}
    assert doubtful["generative_ai"] is None
    assert doubtful["no_fax"] == Decimal("4.1")


def test_a_step_of_the_band_comes_first_and_leads_to_the_practice(desk):
    for year in (2025, 2026):
        answer(desk, "paperless_meetings", "less_than_half", "midorigaoka", year)
    year = own(desk).year.school_year
    assert ChecklistAnswer.objects.filter(
        sheet=desk.sheet("midorigaoka", year), item="paperless_meetings", value="less_than_half"
    ).exists()
    first = own(desk).steps[0]
    assert first.line.question.key == "paperless_meetings"
    assert first.step.reasons[0] == "全国の90.4%の学校がしています。早急に全校で行う項目です。"
    assert "先行事例が1件あります。" in first.step.reasons
    [way] = first.ways
    assert (way.route, way.by) == ("practice", "東川端中学校")


def test_the_board_sees_the_same_page_of_a_school_and_schools_do_not(desk):
    school_id = desk.sheet("midorigaoka").school_id
    page = queries.school_standing(desk.actor("board_officer"), school_id=school_id)
    assert page.school.name == "緑が丘小学校"
    with pytest.raises(Refused):
        queries.school_standing(desk.actor("principal"), school_id=school_id)
    with pytest.raises(Http404):
        queries.school_standing(desk.actor("board_officer"), school_id=desk.round().id)


@pytest.mark.parametrize("role", ["principal", "homeroom_teacher"])
def test_the_page_of_a_school_names_no_other_school_s_answers(city, role):
    page = city.client(role, "midorigaoka").get(
        "/m/shirakabano/school/midorigaoka/checklist/standing/"
    )
    assert page.status_code == 200
    assert "次の3つ" in page.content.decode()
    assert "学校に順位は付けません" in page.content.decode()


def test_confirmed_answers_stand_below_strengths_and_next_steps(city):
    confirmed = city.client("principal", OTHER).get(f"/m/shirakabano/school/{OTHER}/checklist/")
    said = confirmed.content.decode()
    assert said.index("次の3つ</h2>") < said.index("質問と回答")
    open_sheet = city.client("principal", "midorigaoka").get(
        "/m/shirakabano/school/midorigaoka/checklist/"
    )
    assert "次の3つ</h2>" not in open_sheet.content.decode()


def test_an_item_few_schools_do_leads_to_its_practices_from_the_city_page(city, desk):
    for school in ("midorigaoka", OTHER):
        answer(desk, "absence_contact", "not_at_all", school)
    page = queries.city_page(desk.actor("board_officer"), school_year=None, today=desk.now.date())
    found = {line.question.key: line.practices for line in page.lines}
    assert (found["absence_contact"], found["no_fax"]) == (1, 0)
    said = city.client("board_officer").get(BOARD).content.decode()
    assert "items/absence_contact/?year=2025#h-ways" in said
