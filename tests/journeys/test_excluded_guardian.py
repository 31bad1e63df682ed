"""A person kept away tries what was open on the phone: nothing is stored, nothing is told."""

from playwright.sync_api import expect

from tests.journeys.papers import join, paper_for
from tests.journeys.test_protection import HOME, decide, two_guardians

REPORTS = "SELECT count(*) FROM attendance_absencereport WHERE student_id = %s"
PICKUP = """
SELECT p.released_at FROM attendance_pickup p JOIN attendance_absencereport r ON r.id = p.report_id
WHERE r.student_id = %s
"""
FORBIDDEN = (403, 404)


def test_an_excluded_guardian_with_an_open_form_sends_nothing_and_learns_nothing(
    house, families, desk, phone
):
    clerk, principal = desk().demo("事務職員"), desk().demo("校長")
    mothers, fathers = two_guardians(house, families)
    mother, father = phone(), phone()
    join(mother, mothers, paper_for(clerk, mothers))
    login = join(father, fathers, paper_for(clerk, fathers))
    report = f"{HOME}report/{fathers.student}/"
    father.open(report)
    father.page.get_by_text("発熱", exact=True).click()

    decide(principal, fathers)

    father.page.locator("form button[type=submit]").last.click()
    father.reads("ページが見つかりません")
    assert mothers.name not in father.page.content()
    assert house.number(REPORTS, fathers.student) == 0
    for path in (report, f"{HOME}reports/", HOME):
        assert father.open(path).status in FORBIDDEN, path
        assert mothers.name not in father.page.content()
    again = phone().log_in(login, "yukimichi-no-asa")
    assert mothers.name not in again.page.content()
    assert again.open(report).status in FORBIDDEN

    mother.open(f"{report}?kind=left_early")
    mother.page.get_by_text("通院", exact=True).click()
    mother.page.locator("[name=expected_time]").fill("13:30")
    mother.page.locator("label").filter(
        has=mother.page.locator("[name=pickup][value=somebody]")
    ).click()
    mother.page.locator("[name=pickup_name]").fill(fathers.guardian_name)
    mother.page.locator("form button[type=submit]").last.click()
    mother.sees("届きました")
    principal.open(f"{mothers.school_path}attendance/pickups/")
    line = principal.page.get_by_role("row").filter(has_text=mothers.name)
    expect(line).to_contain_text("要電話確認")
    assert line.get_by_role("button", name="引き渡した").count() == 0
    assert [row.released_at for row in house.ask(PICKUP, mothers.student)] == [None]
