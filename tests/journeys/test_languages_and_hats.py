"""The words a family reads, and the hats one person wears."""

import re

from playwright.sync_api import expect

from tests.journeys.papers import join, paper_for

LANGUAGES = "/m/shirakabano/board/languages/"
HOME = "/m/shirakabano/family/"
SENT = "SELECT kind, reason FROM attendance_absencereport WHERE student_id = %s"


def choose(guardian, language):
    guardian.page.locator("header summary").click()
    guardian.press(language)


def test_guardian_reads_english_and_plain_japanese_with_furigana(house, phone):
    guardian = phone().demo("保護者(きょうだい", "白樺野市")
    html = guardian.page.locator("html")
    expect(html).to_have_attribute("lang", "ja")
    children = guardian.page.locator("section.child .who").all_inner_texts()
    assert len(children) == 2

    choose(guardian, "English")
    expect(html).to_have_attribute("lang", "en")
    guardian.reads("20 Nov (Fri)")
    three = guardian.page.locator("nav.three").first
    assert three.get_by_role("link").all_inner_texts() == ["Absent", "Late", "Leaving early"]
    three.get_by_role("link", name="Absent").click()
    expect(guardian.page.get_by_text("Fever", exact=True)).to_be_visible()
    body = guardian.page.locator("main").inner_text()
    assert not re.search(r"[ぁ-ん]", re.sub("|".join(children), "", body)), body

    guardian.open("/m/shirakabano/family/")
    choose(guardian, "やさしい日本語")
    expect(html).to_have_attribute("lang", "ja")
    guardian.page.locator("nav.three a").first.click()
    ruby = guardian.page.locator("main ruby").evaluate_all(
        "all => all.map((r) => [r.firstChild.textContent, r.querySelector('rt').textContent])"
    )
    assert ["学校", "がっこう"] in ruby
    assert "《" not in guardian.page.content()

    guardian.open("/m/shirakabano/family/")
    choose(guardian, "日本語")
    guardian.reads("11月20日(金)")
    assert guardian.page.locator("ruby").count() == 0


def test_board_turns_portuguese_on_and_off_and_a_guardian_reports_in_it(
    house, families, desk, phone
):
    family = families.take("2年1組")
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    guardian.open(HOME)
    guardian.page.locator("header summary").click()
    expect(guardian.page.get_by_role("button", name="English")).to_be_visible()
    assert guardian.page.get_by_role("button", name="Português").count() == 0

    officer = desk().demo("教育委員会 担当", "白樺野市")
    officer.open(LANGUAGES)
    officer.press("Portuguêsを家庭に出す")
    officer.sees("Portuguêsを家庭に出しました。")
    try:
        guardian.open(HOME)
        choose(guardian, "Português")
        notice = guardian.page.get_by_role("region", name="A tradução ainda não foi conferida")
        expect(notice).to_contain_text("翻訳は確認前です")
        expect(guardian.page.locator("html")).to_have_attribute("lang", "pt")
        guardian.page.get_by_role("link", name="Falta").click()
        expect(notice).to_be_visible()
        guardian.page.get_by_text("Febre", exact=True).click()
        guardian.press("Enviar aviso de falta")
        guardian.reads("Recebido")
        expect(notice).to_be_visible()
        assert house.ask(SENT, family.student) == [("absent", "fever")]
        guardian.page.get_by_role("button", name="日本語で見る").click()
        guardian.reads("届きました")
        expect(notice).to_have_count(0)
        choose(guardian, "Português")
        guardian.reads("Recebido")
    finally:
        officer.open(LANGUAGES)
        officer.press("Portuguêsを止める")
        officer.sees("Portuguêsを止めました。")
    guardian.page.reload()
    guardian.reads("届きました")
    guardian.sees("Portuguêsは、いまは使えません。日本語で表示しています。")
    guardian.open(HOME)
    assert "Português" not in guardian.page.content()


def test_each_hat_has_its_own_address_and_two_tabs_do_not_mix(house, desk):
    person = desk().demo("教科担任")
    person.open("/")
    person.reads("どこに入りますか")
    places = person.page.locator("main .linklist a").evaluate_all(
        "all => all.map((a) => a.getAttribute('href'))"
    )
    assert places == [
        "/m/shirakabano/school/midorigaoka/",
        "/m/shirakabano/family/",
        "/m/sawanose/family/",
    ]
    city, town = person.new_tab(), person.new_tab()
    city.goto(places[1])
    town.goto(places[2])
    names = {}
    for tab, slug in ((city, "shirakabano"), (town, "sawanose")):
        rows = house.ask(
            "SELECT c.family_name || ' ' || c.given_name FROM identity_membership m"
            " JOIN tenancy_municipality t ON t.id = m.municipality_id AND t.slug = %s"
            " JOIN identity_membership s ON s.account_id = m.account_id AND s.hat = 'staff'"
            " JOIN roster_guardianright r ON r.guardian_id = m.person_id"
            " JOIN roster_student c ON c.id = r.student_id WHERE m.hat = 'guardian'",
            slug,
        )
        names[tab] = [row[0] for row in rows]
        assert len(names[tab]) == 1
    for tab, other in ((city, town), (town, city)):
        tab.reload()
        expect(tab.locator("main")).to_contain_text(names[tab][0])
        assert names[other][0] not in tab.locator("main").inner_text()
    person.page.goto(places[0])
    expect(person.page.locator("header .place")).to_contain_text("緑が丘小学校")
    town.get_by_role("link", name="欠席", exact=True).click()
    expect(town.locator("h1")).to_contain_text(names[town][0])
    assert "/m/sawanose/family/report/" in town.url
    student = town.url.split("/report/")[1].split("/")[0]
    assert city.goto(f"/m/shirakabano/family/report/{student}/").status == 404
    assert person.open("/m/sawanose/school/sawanose/").status == 404
