"""The pages: what the board does and is told, what a school reads and what it never sees."""

import pypdfium2
import pytest

from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanItem

BOARD = "/m/shirakabano/board/dx-plan/"
SCHOOL = "/m/shirakabano/school/midorigaoka/dx-plan/"
ACTION = {
    "title": "電話を減らす", "owner": "学校教育課", "from_on": "令和12年4月1日",
    "until_on": "2031/3/31", "items": ["absence_contact", "no_fax"], "version": "0",
}  # fmt: skip


def words(answer):
    return answer.content.decode()


@pytest.fixture
def officer(city):
    return city.client("board_officer")


@pytest.fixture
def mine(city, officer):
    """Return the address of a plan begun on the page."""
    given = {"title": "次の計画", "first_year": 2030, "last_year": 2032, "baseline_year": 2025}
    answer = officer.post(f"{BOARD}begin/", given)
    assert answer.status_code == 302
    return answer.url


def test_the_board_finds_the_plan_under_school_affairs(officer):
    page = officer.get(BOARD)
    assert "白樺野市校務DX計画" in words(page)
    assert [tab.label for tab in page.context["tabs"] if tab.is_current] == ["校務DX計画"]
    assert len(page.context["nav"]) <= 7


def test_a_plan_that_cannot_begin_keeps_what_was_typed(officer):
    given = {"title": "重なる計画", "first_year": 2028, "last_year": 2030, "baseline_year": 2025}
    refused = officer.post(f"{BOARD}begin/", given)
    assert refused.status_code == 409
    assert "年度が重なっています" in words(refused)
    assert 'value="重なる計画"' in words(refused)


def test_goals_are_typed_filled_evenly_and_saved(city, officer, mine):
    address = f"{mine}goals/vacation_whereabouts/"
    assert "上げる項目です" in words(officer.get(address))
    typed = {"version": "0", "year_2030": "", "year_2031": "", "year_2032": "90%"}
    filled = officer.post(address, {**typed, "then": "even"})
    assert filled.status_code == 200
    assert 'value="30.0"' in words(filled)
    assert 'value="60.0"' in words(filled)
    with city.tenant():
        assert not PlanItem.objects.filter(plan__first_year=2030).exists()
    saved = officer.post(
        address, {"version": "0", "year_2030": "30", "year_2031": "60", "year_2032": "90"}
    )
    assert saved.status_code == 302
    assert "90.0" in words(officer.get(mine))


def test_wrong_goals_are_said_beside_the_year(officer, mine):
    address = f"{mine}goals/vacation_whereabouts/"
    refused = officer.post(address, {"version": "0", "year_2030": "半分", "year_2032": "33.33"})
    assert refused.status_code == 422
    assert "「半分」は数ではありません" in words(refused)
    assert "33.33%は、小数第1位までにしてください" in words(refused)
    assert 'value="半分"' in words(refused)
    back = officer.post(address, {"version": "0", "year_2030": "50", "year_2032": "40"})
    assert back.status_code == 409
    assert "前の年度の目標の50.0%より低くなっています" in words(back)
    empty = officer.post(address, {"version": "0", "then": "even"})
    assert "最後の年度の目標を書いてください" in words(empty)


def test_the_second_person_is_told_sees_what_stands_and_may_save_over_it(officer, mine):
    address = f"{mine}goals/vacation_whereabouts/"
    officer.post(address, {"version": "0", "year_2032": "90"})
    clash = officer.post(address, {"version": "0", "year_2032": "70"})
    page = words(clash)
    assert clash.status_code == 409
    assert "ほかの人が先に保存しました" in page
    assert "令和14年度 90.0%" in page
    assert 'value="70"' in page
    assert 'name="version" value="1"' in page
    assert officer.post(address, {"version": "1", "year_2032": "70"}).status_code == 302


def test_words_of_two_people_are_kept(officer, mine):
    address = f"{mine}words/"
    given = {
        "title": "次の計画", "introduction": "一人目", "present": "", "outlook": "", "closing": "",
        "version": "1",
    }  # fmt: skip
    assert officer.post(address, given).status_code == 302
    clash = officer.post(address, {**given, "introduction": "二人目"})
    assert clash.status_code == 409
    assert "<p>一人目</p>" in words(clash)
    assert "二人目</textarea>" in words(clash)
    empty = officer.post(address, {**given, "introduction": ""})
    assert empty.status_code == 422
    assert "ここは空けられません" in words(empty)


def test_an_action_is_written_with_its_items_and_moves(city, officer, mine):
    refused = officer.post(f"{mine}actions/", {**ACTION, "until_on": "いつか"})
    assert refused.status_code == 422
    assert "令和9年3月31日 のように書いてください" in words(refused)
    assert officer.post(f"{mine}actions/", ACTION).status_code == 302
    with city.tenant():
        row = PlanAction.objects.get(plan__first_year=2030)
        assert row.items == ["absence_contact", "no_fax"]
    one = f"{mine}actions/{row.id}/"
    assert 'value="2030/4/1"' in words(officer.get(one))
    clash = officer.post(one, {**ACTION, "title": "電話をなくす"})
    assert clash.status_code == 409
    assert 'value="電話をなくす"' in words(clash)
    assert words(clash).count("checked") == 2
    dropped = officer.post(f"{one}move/", {"version": "1", "state": "dropped"})
    assert dropped.status_code == 409
    assert "見送るときは、理由を書いてください" in words(dropped)
    moved = officer.post(f"{one}move/", {"version": "1", "state": "dropped", "reason": "予算"})
    assert moved.status_code == 302
    assert "見送りの理由: 予算" in words(officer.get(mine))
    assert officer.post(f"{one}remove/", {"version": "2"}).status_code == 302


def test_only_the_administrator_decides_and_then_nothing_is_typed(city, officer, mine):
    officer.post(f"{mine}goals/vacation_whereabouts/", {"version": "0", "year_2032": "90"})
    officer.post(f"{mine}actions/", ACTION)
    assert "決定するのは、教育委員会の管理者です" in words(officer.get(mine))
    with city.tenant():
        version = DxPlan.objects.get(first_year=2030).version
    assert officer.post(f"{mine}decide/", {"version": version}).status_code == 403
    head = city.client("board_administrator")
    late = head.post(f"{mine}decide/", {"version": version - 1})
    assert late.status_code == 409
    assert head.post(f"{mine}decide/", {"version": version}).status_code == 302
    assert "決定した計画です" in words(officer.get(f"{mine}words/"))
    assert "<textarea" not in words(officer.get(f"{mine}words/"))
    refused = officer.post(f"{mine}revise/", {"version": version + 1, "reason": ""})
    assert refused.status_code == 422
    reason = {"version": version + 1, "reason": "国が変わった"}
    assert officer.post(f"{mine}revise/", reason).status_code == 302
    page = words(officer.get(mine))
    assert "国が変わった" in page
    assert "第1版" in page
    assert "第1版" in words(officer.get(f"{mine}editions/1/"))


@pytest.mark.parametrize("path", ["document/pdf/", "editions/1/pdf/", "report/pdf/"])
def test_papers_of_a_plan(city, officer, path):
    with city.tenant():
        plan = DxPlan.objects.get(first_year=2025)
    answer = officer.get(f"{BOARD}{plan.id}/{path}")
    assert answer.headers["Content-Type"] == "application/pdf"
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content)
    )
    assert "白樺野市校務DX計画" in "".join(text.split())


def test_the_report_names_its_round_and_every_year_opens(city, officer):
    with city.tenant():
        plan = DxPlan.objects.get(first_year=2025)
    address = f"{BOARD}{plan.id}/report/"
    page = words(officer.get(address))
    assert "実績は令和7年度の回" in page
    assert "決定した第1版の目標とくらべます" in page
    for year in ("2028", "1999", "x"):
        assert officer.get(f"{address}?year={year}").status_code == 200


def test_the_document_of_a_decided_plan_is_the_decided_one(city, officer):
    with city.tenant():
        plan = DxPlan.objects.get(first_year=2025)
        PlanAction.objects.filter(plan=plan).update(title="あとから変わった")
    page = words(officer.get(f"{BOARD}{plan.id}/document/"))
    assert "あとから変わった" not in page
    assert "第1版 令和7年3月24日 決定" in page


def test_the_markdown_is_a_file_to_keep(city, officer):
    with city.tenant():
        plan = DxPlan.objects.get(first_year=2025)
    answer = officer.get(f"{BOARD}{plan.id}/editions/1/markdown/")
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().startswith("# 白樺野市校務DX計画\n")


@pytest.mark.parametrize("role", ["principal", "homeroom_teacher", "office_staff"])
def test_a_school_reads_the_decided_plan_and_changes_nothing(city, role):
    client = city.client(role, "midorigaoka")
    page = words(client.get(SCHOOL))
    assert "白樺野市校務DX計画" in page
    assert "学校と教育委員会のやりとりからFAXをなくす" in page
    assert 'method="post" novalidate' not in page
    assert client.get(f"{SCHOOL}pdf/").headers["Content-Type"] == "application/pdf"
    with city.tenant():
        plan = DxPlan.objects.get(first_year=2025)
    assert client.get(f"{BOARD}{plan.id}/").status_code == 404


def test_the_page_of_a_plan_takes_the_same_questions_however_many_actions(
    city, officer, mine, django_assert_max_num_queries
):
    officer.get(mine)
    officer.post(f"{mine}goals/vacation_whereabouts/", {"version": "0", "year_2032": "90"})
    for number in range(5):
        officer.post(f"{mine}actions/", {**ACTION, "title": f"施策{number}"})
    with django_assert_max_num_queries(24):
        officer.get(mine)
