"""Papers with a QR code are A4 on paper and as wide as the screen on a phone."""

from tests.journeys.papers import A4, print_paper, read_codes
from tests.journeys.people import PHONE

ACROSS = "document.documentElement.scrollWidth"


def fits_a_phone_and_a_sheet(page):
    page.set_viewport_size(PHONE)
    assert page.evaluate(ACROSS) == PHONE["width"]
    assert page.locator(".qr img").first.evaluate("image => image.clientWidth") > 200
    codes, sizes = read_codes(page.pdf(prefer_css_page_size=True, print_background=False))
    assert len(codes) == len(sizes) == 1
    assert set(sizes) == {A4}


def test_paper_of_a_family(families, desk):
    clerk = desk().demo("事務職員")
    print_paper(clerk, families.take("5年2組"))
    fits_a_phone_and_a_sheet(clerk.page)


def test_link_of_a_member_of_staff(desk):
    officer = desk().demo("教育委員会 管理者", "白樺野市")
    officer.open("/m/shirakabano/board/staff-logins/?school=midorigaoka")
    boxes = officer.page.locator("input[type=checkbox][name=person]:enabled")
    boxes.evaluate_all("boxes => boxes.forEach((box, n) => { box.checked = n === 0; })")
    officer.press("選んだ人のリンクを作る")
    officer.page.wait_for_url("**/staff-logins/issue/")
    fits_a_phone_and_a_sheet(officer.page)
