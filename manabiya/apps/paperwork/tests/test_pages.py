"""The pages: who opens them, what they say, what is refused with the words on the page."""

import io

import pytest
import xlsxwriter

from manabiya.apps.paperwork import services
from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse

from .conftest import OTHER, put_aside

BASE = "/m/shirakabano/school/midorigaoka/paperwork/"
BOARD = "/m/shirakabano/board/paperwork/"
LINE = {"name": "届出票", "kind": "paper", "with_whom": "inside", "basis": "habit"}


@pytest.fixture
def clean(city):
    with city.tenant():
        put_aside(city)
    return city


def words(answer):
    return answer.content.decode()


def workbook(*rows):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    out.seek(0)
    out.name = "一覧.xlsx"
    return out


HEAD = ("帳票・業務の名前", "種類", "だれと", "なぜ残っているか", "根拠", "量", "量の単位")


def test_empty_list_says_what_to_do(clean):
    page = clean.client("vice_principal", "midorigaoka").get(BASE)
    assert "まだ何も書き出していません" in words(page)
    reader = clean.client("academic_affairs_head", "midorigaoka").get(BASE)
    assert "教頭か事務職員が書き出します" in words(reader)
    assert "一覧に加える" not in words(reader)


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "subject_teacher"])
def test_who_does_not_see_the_list(clean, role):
    assert clean.client(role, "midorigaoka").get(BASE).status_code == 403


def test_one_line_adds_and_the_same_again_keeps_what_was_typed(clean):
    client = clean.client("office_staff", "midorigaoka")
    assert client.post(BASE, {**LINE, "volume_count": "4 0".replace(" ", "")}).status_code == 302
    with clean.tenant():
        use = PaperUse.objects.get(name="届出票", removed_at=None)
        assert (use.volume_count, use.volume_per) == (40, "month")
    again = client.post(BASE, LINE)
    assert again.status_code == 409
    assert "もうあります" in words(again)
    assert 'value="届出票"' in words(again)


def test_a_common_name_brings_what_was_left_open(clean):
    with clean.tenant():
        CatalogPaper.objects.create(
            name="出張命令簿(市)", kind="seal", with_whom="inside", basis="city_rule", source="規程"
        )
    client = clean.client("vice_principal", "midorigaoka")
    assert client.post(BASE, {"name": "出張命令簿(市)"}).status_code == 302
    with clean.tenant():
        use = PaperUse.objects.get(name="出張命令簿(市)", removed_at=None)
        assert (use.kind, use.basis, use.source) == ("seal", "city_rule", "規程")
    unknown = client.post(BASE, {"name": "だれも知らない票"})
    assert unknown.status_code == 422
    assert "共通の帳票にない名前です" in words(unknown)


def test_bad_input_is_said_beside_the_field(clean):
    client = clean.client("vice_principal", "midorigaoka")
    answer = client.post(BASE, {**LINE, "volume_count": "たくさん"})
    assert answer.status_code == 422
    assert "わからないときは空けてください" in words(answer)
    law = client.post(BASE, {**LINE, "basis": "law"})
    assert law.status_code == 409
    assert "根拠の法令の名前" in words(law)


def test_a_line_is_decided_in_the_era_and_a_wrong_day_is_named(clean):
    client = clean.client("vice_principal", "midorigaoka")
    client.post(BASE, LINE)
    with clean.tenant():
        use = PaperUse.objects.get(name="届出票", removed_at=None)
    said = {"version": use.version, "decision": "digital", "due_on": "令和9年2月30日"}
    wrong = client.post(f"{BASE}use/{use.id}/decide/", said)
    assert wrong.status_code == 422
    assert "令和9年3月31日 のように" in words(wrong)
    good = client.post(f"{BASE}use/{use.id}/decide/", {**said, "due_on": "令和9年3月31日"})
    assert good.status_code == 302
    page = client.get(f"{BASE}use/{use.id}/")
    assert "2027年3月31日まで" in words(page)
    late = client.post(f"{BASE}use/{use.id}/decide/", {**said, "due_on": "2027/3/31"})
    assert late.status_code == 409
    assert "先に書き直しました" in words(late)


def test_deputy_is_not_offered_what_the_principal_decides(clean):
    client = clean.client("vice_principal", "midorigaoka")
    client.post(BASE, LINE)
    with clean.tenant():
        use = PaperUse.objects.get(name="届出票", removed_at=None)
    address = f"{BASE}use/{use.id}/"
    assert 'value="keep"' not in words(client.get(address))
    assert 'value="keep"' in words(clean.client("principal", "midorigaoka").get(address))
    said = {"version": 1, "decision": "keep", "reason": "要る"}
    assert client.post(f"{address}decide/", said).status_code == 422


def test_a_workbook_is_taken_whole(clean):
    client = clean.client("office_staff", "midorigaoka")
    file = workbook(
        HEAD,
        ("届出票", "紙", "内部", "慣習", "", 40, "月"),
        ("注文書", "fax", "外部の相手先", "相手先の希望", "", "", ""),
    )
    assert client.post(f"{BASE}import/", {"file": file}).status_code == 302
    with clean.tenant():
        rows = PaperUse.objects.filter(removed_at=None).order_by("name")
        assert [(r.name, r.kind, r.volume_count) for r in rows] == [
            ("届出票", "paper", 40), ("注文書", "fax", None),
        ]  # fmt: skip


def test_a_workbook_with_mistakes_is_refused_whole_with_row_and_column(clean):
    file = workbook(
        HEAD,
        ("届出票", "紙", "内部", "慣習", "", 40, "月"),
        ("注文書", "ファクス", "内部", "法令", "", "多い", "月"),
        ("届出票", "紙", "内部", "慣習", "", 1, "月"),
    )
    client = clean.client("office_staff", "midorigaoka")
    answer = client.post(f"{BASE}import/", {"file": file})
    assert answer.status_code == 422
    found = [(p.row, p.column) for p in answer.context["problems"]]
    assert found == [(3, "種類"), (3, "量"), (3, "根拠"), (4, "帳票・業務の名前")]
    assert "「ファクス」は選べません" in words(answer)
    with clean.tenant():
        assert not PaperUse.objects.filter(removed_at=None).exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("一覧.xlsx", b"PK\x03\x04broken", "加えていません"),
        (
            "一覧.csv",
            "名前,種類\n届出票,紙\n".encode(),
            "「だれと」「なぜ残っているか」の列がありません",
        ),
    ],
)
def test_a_file_that_is_no_list_is_refused(clean, name, content, said):
    file = io.BytesIO(content)
    file.name = name
    answer = clean.client("office_staff", "midorigaoka").post(f"{BASE}import/", {"file": file})
    assert answer.status_code == 422
    assert said in words(answer)


def test_the_empty_workbook_can_be_taken_back_in(clean):
    client = clean.client("office_staff", "midorigaoka")
    file = io.BytesIO(client.get(f"{BASE}import/pattern/").content)
    file.name = "ひな形.xlsx"
    assert client.post(f"{BASE}import/", {"file": file}).status_code == 302


def test_board_proposes_and_the_school_answers_on_its_page(clean):
    board = clean.client("board_officer")
    with clean.tenant():
        paper = CatalogPaper.objects.create(
            name="承諾の票", kind="seal", with_whom="guardians", basis="habit"
        )
    address = f"{BOARD}papers/{paper.id}/"
    bad = board.post(f"{address}propose/", {"decision": "digital", "reason": "理由"})
    assert bad.status_code == 422
    good = {"decision": "digital", "reason": "Webで足ります", "due_on": "2027/3/31"}
    assert board.post(f"{address}propose/", good).status_code == 302
    school = clean.client("vice_principal", "midorigaoka")
    assert "教育委員会からの提案が1件" in words(school.get(BASE))
    with clean.tenant():
        proposal = PaperProposal.objects.get(
            catalog_paper=paper, school__slug="midorigaoka", answer="open"
        )
    where = f"{BASE}proposals/{proposal.id}/answer/"
    refused = school.post(where, {"answer": "declined"})
    assert refused.status_code == 409
    assert "理由を書いてください" in words(refused)
    school.post(where, {"answer": "declined", "words": "保護者会で決めます"})
    page = board.get(address)
    assert "保護者会で決めます" in words(page)
    assert (page.context["page"].declined, page.context["page"].accepted) == (1, 0)


def test_the_board_takes_a_proposal_back_and_the_school_reads_why(clean):
    board = clean.client("board_officer")
    with clean.tenant():
        paper = CatalogPaper.objects.create(
            name="承諾の票", kind="seal", with_whom="guardians", basis="habit"
        )
    address = f"{BOARD}papers/{paper.id}/"
    assert "提案を取り下げる" not in words(board.get(address))
    good = {"decision": "digital", "reason": "Webで足ります", "due_on": "2027/3/31"}
    board.post(f"{address}propose/", good)
    bad = board.post(f"{address}withdraw/", {"reason": ""})
    assert bad.status_code == 422
    assert "取り下げる理由を書いてください" in words(bad)
    why = {"reason": "様式を直してから出し直します"}
    assert board.post(f"{address}withdraw/", why).status_code == 302
    assert board.post(f"{address}withdraw/", why).status_code == 409
    school = clean.client("vice_principal", "midorigaoka")
    assert "返事を待っています" not in words(school.get(BASE))
    page = words(school.get(f"{BASE}proposals/"))
    assert "教育委員会が取り下げました ・ 様式を直してから出し直します" in page
    assert "受け入れる" not in page


def test_a_day_says_when_it_is_needed_and_not_that_it_may_be_left_out(clean):
    with clean.tenant():
        paper = CatalogPaper.objects.create(
            name="承諾の票", kind="seal", with_whom="guardians", basis="habit"
        )
    page = words(clean.client("board_officer").get(f"{BOARD}papers/{paper.id}/"))
    label = page[page.index("いつまでに") :]
    label = label[: label.index("</label>")]
    assert "廃止・電子化のときは必ず" in label
    assert "書かなくてもかまいません" not in label


def test_no_school_is_named_to_another(clean):
    with clean.tenant():
        other = clean.actor("vice_principal", OTHER)
        entry = services.UseFields("よその学校だけの票", "fax", "inside", "habit")
        services.add_use(actor=other, entry=entry, now=clean.now())
    client = clean.client("principal", "midorigaoka")
    for path in ("", "city/", "common/"):
        text = words(client.get(f"{BASE}{path}"))
        assert "東川端" not in text
        assert "よその学校だけの票" not in text
    assert client.get(BOARD).status_code == 404
    assert "よその学校だけの票" in words(clean.client("board_officer").get(BOARD))


def test_files_of_the_list_and_of_the_city(clean):
    client = clean.client("vice_principal", "midorigaoka")
    client.post(BASE, LINE)
    assert client.get(f"{BASE}file/pdf/").content.startswith(b"%PDF")
    assert client.get(f"{BASE}file/xlsx/").content.startswith(b"PK")
    assert client.get(f"{BASE}file/docx/").status_code == 404
    board = clean.client("board_officer")
    for table in ("papers", "schools", "overdue", "beyond", "partners", "years"):
        assert board.get(f"{BOARD}table/{table}/pdf/").content.startswith(b"%PDF")
        assert board.get(f"{BOARD}table/{table}/xlsx/").content.startswith(b"PK")
    assert board.get(f"{BOARD}table/all/xlsx/").status_code == 404


def test_a_school_writes_its_partners_and_not_the_citys(clean):
    board = clean.client("board_officer")
    form = {"version": 0, "name": "市の給食の会社", "sort": "firm", "channel": "fax"}
    assert board.post(f"{BOARD}own/partners/", form).status_code == 302
    client = clean.client("office_staff", "midorigaoka")
    mine = {**form, "name": "となりの写真館", "channel": "mail", "agreed_on": "2026/11/1"}
    assert client.post(f"{BASE}partners/", mine).status_code == 302
    page = client.get(f"{BASE}partners/")
    assert "市の給食の会社" in words(page)
    by_name = {partner.name: partner for partner in page.context["partners"]}
    own, city = by_name["となりの写真館"], by_name["市の給食の会社"]
    assert own.agreed_by_id == clean.membership("office_staff", "midorigaoka").person_id
    assert client.get(f"{BASE}partners/{city.id}/").status_code == 404
    changed = {**mine, "version": 1, "channel": "share"}
    assert client.post(f"{BASE}partners/{own.id}/", changed).status_code == 302
    late = client.post(f"{BASE}partners/{own.id}/", changed)
    assert late.status_code == 422
    assert "先に書き直しました" in words(late)
    other = clean.client("office_staff", OTHER).get(
        f"/m/shirakabano/school/{OTHER}/paperwork/partners/"
    )
    assert "となりの写真館" not in words(other)
