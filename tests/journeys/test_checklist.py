"""The checklist: a draft, the principal's phone, the board's progress, and a file of past answers.

In a house of its own: the round moves.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.house import House
from tests.journeys.people import DESK
from tests.journeys.test_accessibility import violations

OWN = "/m/shirakabano/school/midorigaoka/checklist/"
BOARD = "/m/shirakabano/board/checklist/"
FAX = "q-no_fax"
ABSENCE = "q-absence_contact"
CODES = "SELECT slug, code FROM roster_school WHERE slug IN ('midorigaoka', 'higashikawabata')"
PAST = """
SELECT count(*) FROM checklist_answersheet s JOIN checklist_checklistround r ON r.id = s.round_id
WHERE r.school_year = 2023
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a product of which only these tests use the round."""
    house = House(tmp_path_factory.mktemp("checklist") / "自己点検").start()
    yield house
    house.stop()


@pytest.fixture
def plain(people):
    """Return somebody at a desk whose browser runs no scripts."""
    return people(DESK, java_script_enabled=False)


def choose(person, question, answer):
    """Choose an answer of a question, or tick what is asked next."""
    person.page.locator(f"#{question} label.choice").filter(has_text=answer).first.click()


def is_clean(person, axe):
    """Expect that axe-core finds nothing and that nothing scrolls sideways."""
    person.page.wait_for_load_state()
    wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert (wide, violations(person.page, axe)) == (0, []), person.path


def confirmed(person):
    """Return what the board reads of the schools that have confirmed (「1/2校」)."""
    return person.page.locator(".figures div").filter(has_text="確定").first.locator("dd")


def test_draft_phone_progress_reopening_and_item(plain, phone, desk, axe):
    clerk = plain.demo("事務職員")
    clerk.open(OWN)
    for question in clerk.page.locator("fieldset.asked").all():
        question.locator("label.choice").first.click()
    choose(clerk, FAX, "給食センター")
    choose(clerk, FAX, "役所")
    clerk.press("下書きを保存する")
    clerk.sees("下書きを保存しました。まだ確定していません。")
    expect(clerk.page.get_by_role("button", name="確定する")).to_have_count(0)

    board = desk().demo("教育委員会 担当", "白樺野市")
    board.open(f"{BOARD}progress/")
    expect(confirmed(board)).to_have_text("1/2校")

    principal = phone().demo("校長")
    principal.open(OWN)
    is_clean(principal, axe)
    principal.page.get_by_role("button", name=re.compile("の回答を確定する")).click()
    principal.sees("確定しました。市の割合に入ります。", "FAXの相手先: 役所、給食センター")
    is_clean(principal, axe)

    choose(clerk, ABSENCE, "全くしていない")
    clerk.press("下書きを保存する")
    clerk.sees("確定した回答です。", "あなたの入力は、下に残っています。")
    typed = clerk.page.get_by_role("table", name="あなたの入力と、保存されている回答")
    expect(typed.locator("tbody tr")).to_have_count(1)
    expect(typed).to_contain_text("全くしていない")

    board.page.reload()
    expect(confirmed(board)).to_have_text("2/2校")
    board.open(f"{BOARD}items/no_fax/?year=2026")
    parties = board.page.get_by_role("table", name="FAXの相手先")
    expect(parties.get_by_role("row").filter(has_text="役所").locator("td")).not_to_have_text("0")
    is_clean(board, axe)

    board.open(f"{BOARD}progress/")
    board.follow("緑が丘小学校")
    board.page.get_by_label("取り消す理由").fill("問9の数をもう一度見てください。")
    board.press("確定を取り消す")
    board.sees("学校が書き直せるようにしました。")
    board.open(f"{BOARD}progress/")
    expect(confirmed(board)).to_have_text("1/2校")

    clerk.open(OWN)
    clerk.sees("問9の数をもう一度見てください。")
    choose(clerk, ABSENCE, "全くしていない")
    clerk.press("下書きを保存する")
    clerk.sees("下書きを保存しました。")


def bring(board, *lines):
    """Bring a file of answers with its source."""
    content = "\n".join(lines).encode()
    board.page.get_by_label("回答のファイル").set_input_files(
        {"name": "令和5年度.csv", "mimeType": "text/csv", "buffer": content}
    )
    board.page.get_by_label("出典").fill("令和5年度の国の調査の回答一覧")
    board.press("回答を入れる")


def test_a_bad_file_of_past_answers_is_mended_and_taken(house, desk, axe):
    code = dict(house.ask(CODES))
    mine, other = code["midorigaoka"], code["higashikawabata"]
    board = desk().demo("教育委員会 担当", "白樺野市")
    board.open(f"{BOARD}sets/")
    board.page.locator("table th a").first.click()
    board.follow("学校ごとの回答をファイルから入れる")
    is_clean(board, axe)
    heads = "学校コード,9,19,19の続き"
    bring(board, heads, f"{mine},たぶん,ある,親戚", f"{other},完全,ない,")
    board.sees(
        "2か所に問題があります。何も入れていません。",
        "令和5年度.csv 2行目「9」の列: 「たぶん」は入れられません。",
        "令和5年度.csv 2行目 質問19の続き: 「親戚」は、",
    )
    is_clean(board, axe)
    assert house.number(PAST) == 0
    bring(board, heads, f"{mine},半分以上,ある,役所", f"{other},完全,ない,")
    board.sees("令和5年度の学校ごとの回答を入れました。", "出典: 令和5年度の国の調査の回答一覧")
    expect(confirmed(board)).to_have_text("2/2校")
    is_clean(board, axe)
    assert house.number(PAST) == 2
    board.follow("緑が丘小学校")
    board.sees("FAXの相手先: 役所", "ファイルから取り込み")
    board.open(f"{BOARD}items/no_fax/?year=2023")
    board.sees("2校中1校")
