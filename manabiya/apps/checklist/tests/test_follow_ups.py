"""What is asked next: named answers to tick or words, kept beside an answer that leads to it."""

from decimal import Decimal

import pypdfium2
import pytest

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import ChecklistRound, ChecklistSet, FollowUpAnswer
from manabiya.apps.checklist.tests.conftest import OTHER, SCHOOL
from manabiya.law.checklist_answers import Answer
from manabiya.law.checklist_items import AnswerType
from manabiya.law.checklist_sets import Question

ADDRESS = f"/m/shirakabano/school/{SCHOOL}/checklist/"


def question(follow_up):
    return Question(
        number=1,
        key="one",
        label="一",
        wording="",
        section="",
        respondent="school",
        answer_type=AnswerType.BINARY,
        weight=Decimal(1),
        wording_since=2023,
        follow_up=follow_up,
    )


@pytest.mark.parametrize(
    ("text", "title", "choices"),
    [
        ("FAXの相手先(民間、他校、民間)", "FAXの相手先", ("民間", "他校")),
        ("書類の種類(申請書、参加・同意)", "書類の種類", ("申請書", "参加・同意")),
        ("書類の種類", "書類の種類", ()),
        ("", "", ()),
    ],
)
def test_the_answers_it_names(text, title, choices):
    one = question(text)
    assert (one.follow_up_title, one.follow_up_choices) == (title, choices)
    assert one.asks_on(Answer.YES) is bool(text)
    assert not one.asks_on(Answer.NO)
    assert not one.asks_on(Answer.NOT_AT_ALL)


def words(answer):
    return answer.content.decode()


def save(desk, answer, told, school=SCHOOL):
    return services.save_sheet(
        actor=desk.actor("office_staff", school),
        sheet_id=desk.sheet(school).id,
        answers=desk.every_answer() | {"no_fax": answer},
        follow_ups={"no_fax": told},
        now=desk.now,
    )


def told(desk, school=SCHOOL):
    rows = FollowUpAnswer.objects.filter(sheet=desk.sheet(school), item="no_fax")
    return set(rows.values_list("value", flat=True))


def test_it_is_kept_changed_and_goes_with_its_answer(desk):
    save(desk, "yes", ["民間", "役所", "民間", " "])
    assert told(desk) == {"民間", "役所"}
    save(desk, "yes", ["役所"])
    assert told(desk) == {"役所"}
    save(desk, "no", ["役所"])
    assert told(desk) == set()


@pytest.mark.parametrize(
    ("answers", "follow_ups", "words"),
    [
        ({"no_fax": "yes"}, {"no_fax": ["親戚"]}, "質問19の続き: この答えは入れられません: 親戚"),
        ({"absence_contact": "fully"}, {"absence_contact": ["民間"]}, "続きをたずねていない質問"),
        ({"no_fax": ""}, {"no_fax": ["民間"]}, "質問19: 続きだけでなく、質問にも答えて"),
    ],
)
def test_what_it_does_not_ask_for_is_refused(desk, answers, follow_ups, words):
    before = told(desk)
    with pytest.raises(services.ChecklistRefused, match=words):
        services.save_sheet(
            actor=desk.actor("office_staff"),
            sheet_id=desk.sheet().id,
            answers=answers,
            follow_ups=follow_ups,
            now=desk.now,
        )
    assert told(desk) == before


def test_the_item_page_counts_confirmed_schools_only(desk):
    for school, parties in ((SCHOOL, ["民間", "役所"]), (OTHER, ["民間"])):
        if desk.sheet(school).is_confirmed:
            services.reopen_sheet(
                actor=desk.actor("board_officer"),
                sheet_id=desk.sheet(school).id,
                reason="数えなおし",
                now=desk.now,
            )
        save(desk, "yes", parties, school)
    services.confirm_sheet(actor=desk.actor("principal"), sheet_id=desk.sheet().id, now=desk.now)

    def counts():
        page = queries.item_page(
            desk.actor("board_officer"), item="no_fax", school_year=2026, today=desk.now.date()
        )
        return page.follow_ups.title, dict(page.follow_ups.rows), page.follow_ups.schools

    none = dict.fromkeys(("他校", "教育委員会", "給食センター"), 0)
    assert counts() == ("FAXの相手先", {"民間": 1, "役所": 1, **none}, 1)
    services.confirm_sheet(
        actor=desk.actor("principal", OTHER), sheet_id=desk.sheet(OTHER).id, now=desk.now
    )
    assert counts() == ("FAXの相手先", {"民間": 2, "役所": 1, **none}, 2)


def test_the_counts_stand_on_the_item_page(city):
    address = "/m/shirakabano/board/checklist/items/no_fax/?year=2025"
    page = words(city.client("board_officer").get(address))
    table = page[page.index('<caption class="sr">FAXの相手先</caption>') :]
    table = table[: table.index("</table>")]
    assert [choice for choice in ("民間", "他校", "給食センター") if choice in table] == [
        "民間",
        "他校",
        "給食センター",
    ]


def test_the_board_writes_what_is_asked_next_into_the_next_version(city):
    with city.tenant():
        row = ChecklistRound.objects.get(school_year=2026).question_set
    client = city.client("board_officer")
    address = f"/m/shirakabano/board/checklist/sets/{row.id}/"
    assert 'value="FAXの相手先(民間、他校、教育委員会、役所、給食センター)"' in words(
        client.get(address)
    )
    form = {
        "missing": "",
        "follow_up:no_fax": "",
        "follow_up:absence_contact": "連絡の方法(電話、紙)",
    }
    answer = client.post(address, form)
    assert answer.status_code == 302
    with city.tenant():
        revised = ChecklistSet.objects.get(key=row.key, version=row.version + 1).questions()
    asked = {q.key: q.follow_up_choices for q in revised.questions if q.follow_up}
    assert asked["absence_contact"] == ("電話", "紙")
    assert "no_fax" not in asked
    assert "no_seal_documents" in asked


def test_it_stands_on_the_page_and_on_paper(city):
    client = city.client("office_staff", SCHOOL)
    page = client.get(ADDRESS).content.decode()
    assert 'name="follow:no_fax" value="給食センター"' in page
    form = {"answer:no_fax": "yes", "follow:no_fax": ["民間", "給食センター"]}
    assert client.post(f"{ADDRESS}save/", form).status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert page.count('name="follow:no_fax" value="民間" checked') == 1
    assert 'name="follow:no_fax" value="役所" checked' not in page
    read = city.client("homeroom_teacher", SCHOOL).get(ADDRESS).content.decode()
    assert "FAXの相手先: 民間、給食センター" in read
    for query in ("", "?blank"):
        paper = pypdfium2.PdfDocument(client.get(f"{ADDRESS}paper/{query}").content)
        text = "".join(one.get_textpage().get_text_bounded() for one in paper).replace(" ", "")
        assert "FAXの相手先" in text
        assert "給食センター" in text
