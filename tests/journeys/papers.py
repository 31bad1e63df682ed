"""The printed invitation: choose people on the school's page, print, read the QR code back."""

import io

import pypdfium2
import zxingcpp

A4 = (595, 842)


def print_paper(clerk, family, *, ends_login=False):
    """Let the clerk print the paper of one guardian and child; return the page as a PDF."""
    page = clerk.page
    clerk.open(f"{family.school_path}invitations/?class={family.homeroom}")
    page.locator("input[name=pair]").evaluate_all("boxes => boxes.map((b) => (b.checked = false))")
    page.locator(f"input[name=pair][value='{family.student}:{family.guardian}']").check()
    if ends_login:
        page.get_by_text("ログインできなくなった人に出し直す").click()
        page.get_by_label("前のログインを止めて、出し直す").check()
        page.get_by_label("どう確かめましたか").select_option("face")
    clerk.press("選んだ人の紙を作る")
    page.wait_for_url("**/invitations/issue/")
    return page.pdf(prefer_css_page_size=True, print_background=False)


def read_codes(pdf):
    """Return the addresses of the QR codes on the printed pages, and the sizes of the pages."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    images = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    codes = [code for image in images for code in zxingcpp.read_barcodes(image)]
    return [code.text for code in codes if code.format == zxingcpp.BarcodeFormat.QRCode], sizes


def paper_for(clerk, family, **options):
    """Print the paper and return the address its QR code holds."""
    addresses, _ = read_codes(print_paper(clerk, family, **options))
    assert len(addresses) == 1, addresses
    return addresses[0]


def join(guardian, family, address, *, password="yukimichi-no-asa"):
    """Use a paper on this device with a password; return the login name that was shown."""
    guardian.open(address)
    guardian.page.get_by_label("お子さんの生年月日").fill(family.born)
    guardian.press("つぎへ")
    guardian.page.get_by_role("textbox", name="パスワード").fill(password)
    guardian.press("パスワードにする")
    guardian.reads("登録できました")
    return guardian.page.locator(".secret").inner_text()
