"""A figure is drawn under the house's own rules for scripts and styles; without scripts its table stays."""

from playwright.sync_api import expect

PAGE = "/components/"


def test_figures_are_drawn_and_no_rule_of_the_page_is_broken(house, desk):
    person = desk()
    told = []
    person.page.on("console", lambda message: told.append(message.text))
    person.page.on("pageerror", lambda error: told.append(str(error)))
    person.open(PAGE)
    expect(person.page.locator("figure.diagram svg")).to_have_count(3)
    expect(person.page.locator("figure.diagram table")).to_have_count(3)
    expect(person.page.get_by_role("img", name="月ごとの出席率の図")).to_be_visible()
    dashes = person.page.locator("figure.diagram").first.locator("path[stroke-dasharray]")
    assert dashes.count() >= 2
    assert [text for text in told if "Content Security" in text or "Error" in text] == []


def test_on_paper_the_drawing_fits_the_page(house, desk):
    person = desk()
    person.open(PAGE)
    expect(person.page.locator("figure.diagram svg").first).to_be_visible()
    person.page.emulate_media(media="print")
    person.page.set_viewport_size({"width": 700, "height": 900})
    box = person.page.locator("figure.diagram svg").first.bounding_box()
    assert box is not None
    assert 400 < box["width"] <= 700
    assert box["height"] > 150


def test_without_scripts_every_number_is_in_the_table(house, desk):
    person = desk(java_script_enabled=False)
    person.open(PAGE)
    expect(person.page.locator("figure.diagram svg")).to_have_count(0)
    expect(person.page.locator("figure.diagram .plot").first).to_be_hidden()
    person.sees("97.2", "インフルエンザ", "経済的理由")
