"""Everything works without JavaScript: scripts only improve."""

import time

from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.papers import join, paper_for
from tests.journeys.people import totp

PLAIN = {"java_script_enabled": False}


def test_guardian_joins_reports_and_changes_the_language(house, families, desk, phone):
    family = families.take("2年1組", "higashikawabata")
    guardian = phone(**PLAIN)
    clerk = desk(**PLAIN).demo("事務職員", "東川端中学校")
    name = join(guardian, family, paper_for(clerk, family))
    guardian.follow("ホームへ")
    guardian.sees(family.name)
    guardian.follow("遅刻")
    guardian.press("遅刻の連絡を送る")
    expect(guardian.page.get_by_role("alert")).to_contain_text("理由を選んでください。")
    guardian.page.get_by_label("通院").check()
    guardian.page.get_by_label("時刻").fill("10:20")
    guardian.press("遅刻の連絡を送る")
    guardian.reads("届きました")
    [report] = house.ask(
        "SELECT * FROM attendance_absencereport WHERE student_id = %s", family.student
    )
    assert (report.kind, report.reason, f"{report.expected_time:%H:%M}") == (
        "late",
        "clinic",
        "10:20",
    )
    guardian.page.locator("header summary").click()
    guardian.press("English")
    expect(guardian.page.locator("html")).to_have_attribute("lang", "en")
    guardian.page.locator("header summary").click()
    guardian.press("日本語")
    guardian.page.locator("header summary").click()
    guardian.press("ログアウト")
    guardian.log_in(name, "yukimichi-no-asa")
    guardian.sees(family.name, "遅刻", "学校の確認前")


def test_teacher_proves_the_second_factor_and_takes_attendance(house, families, desk):
    family = families.take("1年1組", "higashikawabata")
    login = house.number(
        "SELECT a.login_name FROM identity_demologin d JOIN identity_account a ON a.id = d.account_id"
        " WHERE d.landing LIKE '%%/higashikawabata/' AND a.login_name LIKE 'homeroom-teacher-%%'"
    )
    teacher = desk(**PLAIN).log_in(login)
    teacher.open(family.class_path)
    teacher.reads("ご本人の確認の準備")
    secret = teacher.page.locator(".num.strong").inner_text()
    teacher.page.get_by_label("6けたの数字").fill("000000")
    teacher.press("認証アプリを登録する")
    teacher.sees("数字が合いません。")
    assert teacher.page.locator(".num.strong").inner_text() == secret
    now = time.time()
    teacher.page.get_by_label("6けたの数字").fill(totp(secret, now))
    teacher.press("認証アプリを登録する")
    teacher.reads("登録できました")
    teacher.follow("つぎへ")
    teacher.reads("1年1組 11月20日(金)")

    take_attendance(house, teacher, family)

    elsewhere = desk(**PLAIN).log_in(login)
    elsewhere.open(family.class_path)
    elsewhere.reads("ご本人の確認")
    elsewhere.page.get_by_label("6けたの数字").fill(totp(secret, max(time.time(), now + 30)))
    elsewhere.press("数字で確認する")
    elsewhere.reads("1年1組 11月20日(金)")


def take_attendance(house, teacher, family):
    rows = teacher.page.locator(".pupil")
    count = rows.count()
    free = teacher.page.locator(".pupil:not([data-proposed])")
    free.nth(0).get_by_label("欠席").check()
    free.nth(1).get_by_label("遅刻").check()
    free.nth(2).get_by_role("button", name="他").click()
    expect(free.nth(0).get_by_label("欠席")).to_be_checked()
    expect(free.nth(1).get_by_label("遅刻")).to_be_checked()
    free.nth(2).get_by_label("早退", exact=True).check()
    teacher.press(f"{count}名の出欠を確定する")
    teacher.sees(f"{count}名の出欠を確定しました。")
    marks = house.ask(
        "SELECT status, late, left_early FROM attendance_attendancemark m"
        " WHERE homeroom_id = %s AND date = %s AND source = 'teacher' AND NOT EXISTS"
        " (SELECT 1 FROM attendance_excusedperiod p WHERE p.student_id = m.student_id)"
        " ORDER BY 1, 2",
        family.homeroom,
        TODAY,
    )
    assert [tuple(mark) for mark in marks] == [
        ("absent_other", False, False),
        ("present", False, True),
        ("present", True, False),
    ]
