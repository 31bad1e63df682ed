"""The board's administrator makes a plan: baseline, goal, action, decision; a school reads it."""

TITLE = "次の校務DX計画"
ACTION = "取引先とのFAXを、共有の表にかえる"


def test_from_the_baseline_to_the_decided_plan(desk, phone):
    board = desk().demo("教育委員会 管理者", "白樺野市")
    page = board.page
    board.follow("校務DX")
    page.get_by_role("navigation", name="この中の画面").get_by_role(
        "link", name="校務DX計画"
    ).click()
    board.follow("計画をつくる")
    page.get_by_label("計画の名前").fill(TITLE)
    page.get_by_label("はじめの年度").select_option(label="令和11年度")
    page.get_by_label("おわりの年度").select_option(label="令和13年度")
    page.get_by_label("基準にする自己点検").select_option(label="令和7年度")
    board.press("案をつくる")
    board.sees("計画の案をつくりました。", "目標はまだありません")

    page.get_by_role("link", name="業務に FAXを使用していますか。").click()
    board.sees("下げる項目です。基準より低い割合を目標にします。")
    page.get_by_label("令和13年度").fill("半分")
    board.press("目標を保存する")
    board.sees("「半分」は数ではありません。45.0 のように書いてください。")
    page.get_by_label("令和13年度").fill("10")
    board.press("最後の年度まで均等に埋める")
    assert page.get_by_label("令和11年度").input_value() == "70.0"
    assert page.get_by_label("令和12年度").input_value() == "40.0"
    board.press("目標を保存する")
    board.sees("目標を保存しました。")

    board.follow("施策を加える")
    page.get_by_label("施策", exact=True).fill(ACTION)
    page.get_by_label("担当").fill("総務課 文書係")
    page.get_by_label("いつから").fill("令和11年4月1日")
    page.get_by_label("いつまで").fill("2031/3/31")
    page.get_by_label("FAXを使っていない").check()
    board.press("施策を保存する")
    board.sees("施策を保存しました。", ACTION)
    board.press("第1版を決定する")
    board.sees("計画を決定しました。市のすべての学校の教職員が読めます。")

    address = page.get_by_role("link", name="PDF").get_attribute("href")
    paper = page.request.get(address)
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")
    board.follow("年次報告")
    board.sees(ACTION)

    reader = phone().demo("学級担任", "緑が丘小学校")
    reader.open("/m/shirakabano/school/midorigaoka/dx-plan/")
    reader.sees("白樺野市校務DX計画", "3 今後の計画")
