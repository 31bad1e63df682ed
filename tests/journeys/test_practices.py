"""A school writes what it did, its principal publishes; another copies the setting and tries it."""

FIRST, SECOND = "緑が丘小学校", "東川端中学校"
TITLE = "確定の目安を早めて、朝を静かに"


def test_from_a_draft_to_a_school_that_tried_it(desk, phone):
    deputy = desk().demo("教頭", FIRST)
    deputy.page.get_by_role("link", name="先行事例").click()
    deputy.follow("事例を書く")
    deputy.press("保存する")
    deputy.sees("題を書いてください。")
    page = deputy.page
    page.get_by_label("チェックリストの項目").select_option("absence_contact")
    page.get_by_label("題", exact=True).fill(TITLE)
    page.get_by_label("取り組む前").fill("8時50分まで電話をかけていました。")
    page.get_by_label("いま", exact=True).fill("8時30分には、全員の居場所が分かります。")
    page.get_by_label("手順").fill("学年会で目安を決める\n一週間ためす")
    page.get_by_label("問い合わせ先").fill("教頭 (内線 11)")
    page.get_by_label("ほかの学校が写せる設定").select_option("attendance-morning")
    deputy.press("保存する")
    deputy.sees("校長が公開すると、市のすべての学校の教職員が読めます。")

    principal = desk().demo("校長", FIRST)
    principal.page.get_by_role("link", name="先行事例").click()
    principal.page.get_by_role("link", name=TITLE).click()
    principal.press("公開する")
    principal.sees("公開しました。")

    board = desk().demo("教育委員会 担当", "白樺野市")
    board.follow("校務DX")
    board.follow("先行事例")
    board.page.get_by_role("link", name=TITLE).click()
    board.page.get_by_label("すすめる言葉").fill("決めるだけで始められます。")
    board.press("おすすめにする")
    board.sees("教育委員会のおすすめ")

    other = phone().demo("校長", SECOND)
    other.page.get_by_role("link", name="先行事例").click()
    other.page.get_by_role("link", name=TITLE).click()
    other.press("この取り組みを始める")
    other.press("この設定を写す")
    other.sees("設定を写しました。")
    other.page.get_by_label("やってみてどうでしたか").fill("三日で慣れました。")
    other.press("やってみた")
    other.sees("三日で慣れました。")

    deputy.page.reload()
    deputy.sees("三日で慣れました。")
    deputy.sees(SECOND)
