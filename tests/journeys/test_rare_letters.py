"""Names keep their letters: the font of a rare one comes with its own small sheet, no other."""

import re

from tests.journeys.house import ROOT

STATIC = ROOT / "manabiya/kernel/ui/static/ui"
SHEETS = """() => [...document.querySelectorAll('link[rel=stylesheet]')]
  .map((link) => link.href.split('/').at(-1)).filter((name) => name.startsWith('fonts-rare'))"""
COVERED = """async (letter) =>
  (await document.fonts.load('16px "BIZ UDPGothic"', letter)).map((face) => face.status)"""


def rare_sheets():
    """Return the code points each sheet of rare letters has rules for."""
    found = {}
    for file in STATIC.glob("fonts-rare-*.css"):
        spans = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", file.read_text())
        found[file.stem] = {
            code
            for first, last in spans
            for code in range(int(first, 16), int(last or first, 16) + 1)
        }
    return found


def test_a_page_with_rare_letters_loads_the_sheets_that_hold_them_and_no_other(house, desk):
    person = desk().demo("教頭", "緑が丘小学校")
    person.open("/m/shirakabano/school/midorigaoka/students/")
    person.page.wait_for_load_state("networkidle")
    letters = set(map(ord, person.page.locator("body").inner_text()))
    wanted = {name: codes & letters for name, codes in rare_sheets().items() if codes & letters}
    assert 0 < len(wanted) < 16
    loaded = {name.split(".")[0] for name in person.page.evaluate(SHEETS)}
    assert wanted.keys() <= loaded
    for codes in wanted.values():
        assert person.page.evaluate(COVERED, chr(min(codes))) == ["loaded"]
    others = next(c for name, c in rare_sheets().items() if name not in loaded)
    assert person.page.evaluate(COVERED, chr(min(others))) == []


def test_a_page_of_common_letters_loads_none(house, desk):
    person = desk()
    person.page.goto(f"{house.address}/login/?next=/account/")
    person.page.wait_for_load_state("networkidle")
    assert person.page.evaluate(SHEETS) == []
    assert person.page.evaluate(COVERED, "学") == ["loaded"]
