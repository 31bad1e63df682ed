"""A school writes down its papers, the board proposes, the school answers, the roll-up follows."""

from playwright.sync_api import expect

from tests.journeys.test_accessibility import violations

BASE = "/m/shirakabano/school/midorigaoka/paperwork/"
BOARD = "/m/shirakabano/board/paperwork/"
PAPER = "旅のしおりの受領印"


def add(deputy, name, kind, whom, basis):
    """Write one line of the list."""
    form = deputy.page.locator("form.quickline")
    form.get_by_label("帳票・業務の名前").fill(name)
    form.get_by_label("種類").select_option(label=kind)
    form.get_by_label("だれと").select_option(label=whom)
    form.get_by_label("なぜ残っているか").select_option(label=basis)
    deputy.press("一覧に加える")
    deputy.sees(f"「{name}」を加えました。")


def is_clean(person, axe):
    """Expect that axe-core finds nothing and that nothing scrolls sideways."""
    person.page.wait_for_load_state()
    wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert (wide, violations(person.page, axe)) == (0, []), person.path


def counts_of(person, name):
    """Return a row of the city's table: schools; left, undecided, planned, overdue, kept, done;
    proposals without an answer."""
    row = person.page.get_by_role("row").filter(has=person.page.get_by_role("link", name=name))
    return [int(text) for text in row.locator("td.n").all_inner_texts()]


def test_from_three_lines_to_an_end_the_city_counts(desk, axe):
    deputy = desk().demo("教頭")
    deputy.open(BASE)
    add(deputy, "旅のしおりの注文", "FAX", "外部の相手先", "相手先の希望")
    add(deputy, "旅のしおりの名簿", "紙", "保護者", "慣習")
    add(deputy, "旅のしおりの電話", "電話", "外部の相手先", "慣習")
    is_clean(deputy, axe)

    deputy.follow("旅のしおりの注文")
    deputy.page.get_by_text("電子化", exact=True).first.click()
    deputy.page.get_by_label("いつまでに").fill("令和9年3月31日")
    deputy.press("この帳票を決める")
    deputy.sees("決めました。", "電子化 ・ 2027年3月31日まで", "やめる予定")
    is_clean(deputy, axe)

    board = desk().demo("教育委員会 管理者", "白樺野市")
    board.open(f"{BOARD}papers/")
    board.page.get_by_label("帳票・業務の名前").fill(PAPER)
    board.page.get_by_label("種類").select_option(label="押印・署名")
    board.page.get_by_label("だれと").select_option(label="保護者")
    board.page.get_by_label("なぜ残っているか").select_option(label="慣習")
    board.press("共通の帳票に加える")
    board.follow(PAPER)
    board.page.get_by_text("廃止", exact=True).first.click()
    board.page.get_by_label("いつまでに").fill("2027/3/31")
    board.page.get_by_label("理由", exact=False).first.fill("受け取った印は要りません。")
    board.press("全校に提案する")
    board.sees("校に提案しました。", "受け入れ0校")
    is_clean(board, axe)

    deputy.open(BASE)
    deputy.follow("提案を見て答える")
    is_clean(deputy, axe)
    deputy.press(f"受け入れる {PAPER}")
    deputy.sees("教育委員会に返事を送りました。")
    expect(deputy.page.get_by_role("heading", name=PAPER)).to_have_count(0)

    board.page.reload()
    board.sees("受け入れ1校")
    board.open(BOARD)
    is_clean(board, axe)
    assert counts_of(board, PAPER) == [1, 1, 0, 1, 0, 0, 0, 1]

    deputy.open(BASE)
    deputy.follow(PAPER)
    deputy.press("やめたことにする")
    deputy.sees("やめたことにしました。", "もうやめたもの")
    board.open(BOARD)
    assert counts_of(board, PAPER)[1:7] == [0, 0, 0, 0, 0, 1]
