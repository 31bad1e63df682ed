"""Staff prove who they are once per device and day; sessions are listed and ended."""

import re

from playwright.sync_api import expect

PLACE = "東川端中学校"
SCHOOL = "/m/shirakabano/school/higashikawabata/"
LOGIN = """
SELECT a.login_name FROM identity_demologin d JOIN identity_account a ON a.id = d.account_id
WHERE d.landing = %s AND a.login_name LIKE 'school-nurse-%%'
"""
STUDENT = """
SELECT e.student_id FROM roster_enrollment e JOIN roster_school s ON s.id = e.school_id
WHERE s.slug = 'higashikawabata' ORDER BY e.student_id LIMIT 1
"""


def test_passkey_recovery_code_and_a_session_ended_from_afar(house, desk):
    login = house.number(LOGIN, SCHOOL)
    student = f"{SCHOOL}students/{house.number(STUDENT)}/"
    own = desk().with_passkeys().log_in(login)
    own.open(f"{SCHOOL}attendance/")
    own.reads("出欠 11月20日(金)")
    own.open(student)
    own.reads("ご本人の確認の準備")
    own.press("パスキーを登録する")
    own.reads("登録できました")
    codes = own.page.locator("main li.strong").all_inner_texts()
    assert len(set(codes)) == 10
    own.follow("つぎへ")
    assert own.path == student

    own.page.locator("header details.person summary").click()
    own.press("ログアウト")
    own.page.wait_for_url("**/login/")
    own.press("パスキーでログインする")
    own.page.wait_for_url(f"**{SCHOOL}")
    assert own.open(student).status == 200
    assert own.path == student

    other = desk().log_in(login)
    other.open(student)
    other.reads("ご本人の確認")
    other.page.get_by_text("パスキーが使えないとき").click()
    other.page.get_by_label("6けたの数字").fill(codes[0])
    other.press("数字で確認する")
    other.page.wait_for_url(f"**{student}")
    other.open(f"{SCHOOL}students/")
    assert other.path == f"{SCHOOL}students/"

    own.open("/account/")
    expect(own.page.get_by_text("ほかの端末")).to_have_count(1)
    own.page.get_by_role("button", name=re.compile("^ログアウトさせる")).click()
    own.sees("その端末からログアウトしました。")
    expect(own.page.get_by_text("ほかの端末")).to_have_count(0)
    other.open(student)
    other.reads("ログイン")
    assert other.path.startswith("/login/")
    assert own.open(student).status == 200


def test_a_recovery_code_works_once(house, desk):
    """The codes belong to the account of another school: nothing is shared with the test above."""
    login = house.number(LOGIN, "/m/shirakabano/school/midorigaoka/")
    student = f"{SCHOOL}students/".replace("higashikawabata", "midorigaoka")
    own = desk().with_passkeys().log_in(login)
    own.open("/account/strong/")
    own.press("パスキーを登録する")
    own.reads("登録できました")
    code = own.page.locator("main li.strong").first.inner_text()
    for is_first in (True, False):
        other = desk().log_in(login)
        other.open(f"/account/strong/?next={student}")
        other.page.get_by_text("パスキーが使えないとき").click()
        other.page.get_by_label("6けたの数字").fill(code)
        other.press("数字で確認する")
        if is_first:
            other.page.wait_for_url(f"**{student}")
        else:
            other.sees("数字が合いません。")
