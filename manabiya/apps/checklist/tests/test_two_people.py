"""Two people at one sheet: the second is told, and what was typed is still on the page."""

import re

import pytest

from manabiya.apps.checklist import services
from manabiya.apps.checklist.models import AnswerSheet
from manabiya.apps.checklist.tests.conftest import SCHOOL

ADDRESS = f"/m/shirakabano/school/{SCHOOL}/checklist/"


@pytest.fixture
def office(city):
    return city.client("office_staff", SCHOOL)


@pytest.fixture
def head(city):
    return city.client("principal", SCHOOL)


def version(client):
    return re.search(r'name="version" value="(\d+)"', client.get(ADDRESS).content.decode())[1]


def everything(city, **changes):
    with city.tenant():
        questions = sheet(city).round.question_set.questions().questions
    given = {
        f"answer:{q.key}": q.scale[0].value
        for q in questions
        if q.scale and q.respondent == "school"
    }
    return given | changes


def sheet(city):
    with city.tenant():
        rows = AnswerSheet.objects.select_related("round__question_set")
        return rows.get(round__school_year=2026, school__slug=SCHOOL)


def stored(city):
    with city.tenant():
        return dict(sheet(city).answers.values_list("item", "value"))


def is_checked(page, item, value):
    return bool(re.search(rf'name="answer:{item}" value="{value}" checked', page))


def test_what_was_typed_stays_when_somebody_confirmed_meanwhile(city, office, head):
    opened = version(office)
    form = everything(city, version=version(head), then="confirm")
    assert head.post(f"{ADDRESS}save/", form).status_code == 302
    before = stored(city)
    answer = office.post(
        f"{ADDRESS}save/", {"version": opened, "answer:absence_contact": "not_at_all"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "確定した回答です" in page
    assert "あなたの入力は、下に残っています" in page
    assert "最後にしたこと:" in page
    typed = page[page.index("あなたの入力(保存していません)") : page.index("質問と回答")]
    assert "全くしていない" in typed
    assert "完全にしている" in typed
    assert typed.count('<th scope="row"') == 1
    assert stored(city) == before


def test_what_was_typed_stays_in_the_form_when_somebody_saved_meanwhile(city, office, head):
    opened = version(office)
    head.post(f"{ADDRESS}save/", everything(city, version=opened))
    answer = office.post(
        f"{ADDRESS}save/", {"version": opened, "answer:absence_contact": "not_at_all"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "開いている間に、ほかの人が保存しました" in page
    assert is_checked(page, "absence_contact", "not_at_all")
    assert "いま保存されている回答: 完全にしている" in page
    assert stored(city)["absence_contact"] == "fully"
    now = re.search(r'name="version" value="(\d+)"', page)[1]
    again = {"version": now, "answer:absence_contact": "not_at_all"}
    assert office.post(f"{ADDRESS}save/", again).status_code == 302
    assert stored(city)["absence_contact"] == "not_at_all"


def test_what_was_left_as_it_was_shown_does_not_undo_what_somebody_saved(city, office, head):
    head.post(f"{ADDRESS}save/", everything(city, version=version(head)))
    opened = office.get(ADDRESS).content.decode()
    form = dict(re.findall(r'name="((?:shown:)[-\w]+)" value="([^"]*)"', opened))
    form |= dict(re.findall(r'name="(answer:[-\w]+)" value="(\w+)" checked', opened))
    form["version"] = re.search(r'name="version" value="(\d+)"', opened)[1]
    assert form["shown:no_fax"] == "ある(使用している)"
    changed = everything(city, version=version(head)) | {"answer:no_fax": "no"}
    assert head.post(f"{ADDRESS}save/", changed).status_code == 302
    answer = office.post(f"{ADDRESS}save/", form | {"answer:absence_contact": "not_at_all"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert is_checked(page, "absence_contact", "not_at_all")
    assert is_checked(page, "no_fax", "no")
    assert page.count("いま保存されている回答:") == 1


def test_what_can_not_be_taken_leaves_the_rest_typed(city, office):
    answer = office.post(
        f"{ADDRESS}save/",
        {"version": version(office), "answer:no_fax": "fully", "answer:absence_contact": "fully"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert is_checked(page, "absence_contact", "fully")


def test_a_draft_on_an_old_version_is_not_kept(desk):
    office, one = desk.actor("office_staff"), desk.sheet()
    answers = {"no_fax": "yes"}
    kept = services.save_sheet(
        actor=office, sheet_id=one.id, answers=answers, version=one.version, now=desk.now
    )
    assert kept.version == one.version + 1
    with pytest.raises(services.SheetMoved):
        services.save_sheet(
            actor=office,
            sheet_id=one.id,
            answers={"no_fax": "no"},
            version=one.version,
            now=desk.now,
        )
    assert one.answers.get(item="no_fax").value == "yes"
