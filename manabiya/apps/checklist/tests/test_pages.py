"""The pages: what the board sees, what a school sees, and what it never sees."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manabiya.apps.checklist.models import AnswerSheet
from manabiya.apps.checklist.tests.conftest import OTHER

SCHOOL = "/m/shirakabano/school/midorigaoka/checklist/"
BOARD = "/m/shirakabano/board/checklist/"


def words(answer):
    return answer.content.decode()


def sheet(city, school="midorigaoka", year=2026):
    with city.tenant():
        return AnswerSheet.objects.get(round__school_year=year, school__slug=school)


def test_the_plan_s_table_stands_on_the_page_as_printed(city):
    page = words(city.client("board_officer").get(f"{BOARD}plan/"))
    for printed in ("80.5", "72.0", "46.1", "98.7", "90.4", "1.3", "4.1", "62/77", "77/78も合う"):
        assert printed in page
    assert "業務に FAXを使用していますか。（使用していないと回答した割合）" in page
    assert "「本市」は旭川市です" in page
    content = city.client("board_officer").get(f"{BOARD}plan/csv/").content
    assert len(content.decode("utf-8-sig").splitlines()) == 20


def test_the_city_page_says_what_it_counts_and_what_is_missing(city):
    page = words(city.client("board_officer").get(BOARD))
    assert "令和7年度" in page
    assert "段階のある問いは「半分以上」までを数えています" in page
    assert "この設問の版は、そろっていません" in page
    assert "令和8年度の回を受け付けています(確定 1/2校)" in page
    assert "速報" in words(city.client("board_officer").get(f"{BOARD}?year=2026"))
    assert city.client("board_officer").get(f"{BOARD}?year=x").status_code == 200


def test_a_school_page_holds_no_other_school(city):
    client = city.client("principal", "midorigaoka")
    for address in (SCHOOL, f"{SCHOOL}?year=2025", "/m/shirakabano/school/midorigaoka/"):
        page = words(client.get(address))
        assert "校務DXチェックリスト" in page
        assert "東川端" not in page
    assert client.get(f"{BOARD}schools/{sheet(city, OTHER).id}/").status_code == 404


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "subject_teacher"])
def test_teachers_see_the_answers_and_no_form(city, role):
    page = words(city.client(role, "midorigaoka").get(SCHOOL))
    assert 'name="answer:' not in page
    assert "業務に FAXを使用していますか。" in page


def test_the_principal_saves_and_confirms_in_one_press(city):
    client = city.client("principal", "midorigaoka")
    client.post(f"{SCHOOL}save/", {"answer:no_fax": "yes", "then": "confirm"})
    found = sheet(city)
    assert not found.is_confirmed
    with city.tenant():
        asked = found.round.question_set.questions().questions
        given = {
            f"answer:{q.key}": q.scale[0].value
            for q in asked
            if q.scale and q.respondent == "school"
        }
    assert client.post(f"{SCHOOL}save/", {**given, "then": "confirm"}).status_code == 302
    assert sheet(city).is_confirmed
    page = words(client.get(SCHOOL))
    assert "国の配点は公表されていません" in page
    assert client.post(f"{SCHOOL}reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{SCHOOL}reopen/", {"reason": "聞きちがい"}).status_code == 302
    assert "聞きちがい" in words(client.get(SCHOOL))


def test_what_is_refused_is_said_on_the_page(city):
    client = city.client("office_staff", "midorigaoka")
    answer = client.post(f"{SCHOOL}save/", {"answer:no_fax": "fully"})
    assert answer.status_code == 409
    assert "質問19: 選択肢にない回答です: fully" in words(answer)
    assert client.post(f"{SCHOOL}save/", {"answer:no_fax": "no"}).status_code == 302
    assert client.post(f"{SCHOOL}confirm/").status_code == 403


def test_the_sheet_on_paper(city):
    client = city.client("office_staff", "midorigaoka")
    for query in ("", "?blank"):
        content = client.get(f"{SCHOOL}paper/{query}").content
        pages = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_bounded() for page in pages)
        assert "緑が丘小学校" in text
        assert "記入した人" in text or not query


def test_the_board_reminds_closes_and_gives_back(city):
    client = city.client("board_officer")
    assert client.post(f"{BOARD}progress/remind/").status_code == 302
    today = words(
        city.client("office_staff", "midorigaoka").get("/m/shirakabano/school/midorigaoka/")
    )
    assert "教育委員会から11月20日にお願いがありました" in today
    other = sheet(city, OTHER)
    address = f"{BOARD}schools/{other.id}/"
    assert "東川端中学校" in words(client.get(address))
    assert client.post(f"{address}reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}reopen/", {"reason": "数が違う"}).status_code == 302
    refused = client.post(f"{BOARD}progress/close/")
    assert refused.status_code == 409
    assert "確定した学校がまだありません" in words(refused)


def test_the_board_takes_edits_and_opens(city):
    client = city.client("board_administrator")
    assert client.post(f"{BOARD}sets/install/r6/").status_code == 302
    assert client.post(f"{BOARD}sets/install/r6/").status_code == 409
    form = {"school_year": "2027", "title": "令和9年度", "source": "国", "missing": ""}
    file = SimpleUploadedFile("r9.csv", "番号,質問,答え方\n1,ありますか。,気分\n".encode())
    refused = client.post(f"{BOARD}sets/import/", {**form, "file": file})
    assert refused.status_code == 422
    assert "r9.csv 2行目: 答え方「気分」がわかりません。" in words(refused)
    file = SimpleUploadedFile("r9.csv", "番号,質問,答え方\n1,ありますか。,段階\n".encode())
    taken = client.post(f"{BOARD}sets/import/", {**form, "file": file})
    assert taken.status_code == 302
    answer = client.post(taken.url, {"weight:q1": "3", "missing": ""})
    assert answer.status_code == 302
    assert "第2版" in words(client.get(answer.url))
    bad = client.post(answer.url, {"weight:q1": "重い", "missing": ""})
    assert bad.status_code == 422
    assert "「重い」は数ではありません" in words(bad)
    assert 'value="重い"' in words(bad)
    figures = SimpleUploadedFile("f.csv", "番号,範囲,割合\n1,本市,3.0\n".encode())
    refused = client.post(f"{answer.url}figures/", {"figures": figures})
    assert refused.status_code == 422
    assert "f.csv 2行目 質問1: 出典がありません" in words(refused)
    due = {"question_set": taken.url.rstrip("/").rsplit("/", 1)[1], "school_year": "2027"}
    assert client.post(f"{BOARD}sets/open/", {**due, "due_on": "あした"}).status_code == 422
    assert client.post(f"{BOARD}sets/open/", {**due, "due_on": "2026-12-18"}).status_code == 409
    client.post(f"{BOARD}progress/close/")
    assert client.post(f"{BOARD}sets/open/", {**due, "due_on": "2026-12-18"}).status_code == 302
    assert "受付中" in words(client.get(f"{BOARD}progress/"))


def test_an_item_leads_to_its_years_and_sources(city):
    page = words(city.client("board_officer").get(f"{BOARD}items/school_fees_by_bank/?year=2025"))
    assert "全国の割合の定義に疑いがあります" in page
    assert "72.4%" in page
    assert "旭川市校務DX計画「2 現状」の表" in page
    assert city.client("board_officer").get(f"{BOARD}items/unknown/").status_code == 404
