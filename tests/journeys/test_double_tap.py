"""Sent twice, stored once."""

from playwright.sync_api import expect

from tests.journeys.papers import join, paper_for

COUNT = "SELECT count(*) FROM attendance_absencereport WHERE student_id = %s"
SEND = "欠席の連絡を送る"


def ready_to_send(family, desk, phone):
    guardian = phone()
    join(guardian, family, paper_for(desk().demo("事務職員"), family))
    guardian.open("/m/shirakabano/family/")
    guardian.follow("欠席")
    guardian.page.get_by_text("発熱", exact=True).click()
    return guardian


def receipt(guardian):
    guardian.reads("届きました")
    return guardian.page.locator("dd.num").inner_text()


def test_two_taps_and_the_way_back_send_one_report(house, families, desk, phone):
    family = families.take("6年1組")
    guardian = ready_to_send(family, desk, phone)
    guardian.page.get_by_role("button", name=SEND).dblclick()
    first = receipt(guardian)
    assert house.number(COUNT, family.student) == 1
    guardian.page.go_back()
    guardian.page.get_by_role("button", name=SEND).click()
    assert receipt(guardian) == first
    assert house.number(COUNT, family.student) == 1


def test_the_same_page_sent_by_two_tabs_at_once_is_one_report(house, families, desk, phone):
    """Two real requests with the same key: no script keeps the second one back."""
    family = families.take("6年1組")
    guardian = ready_to_send(family, desk, phone)
    answers = guardian.page.evaluate(
        """async () => {
          const form = document.querySelector("form.stack");
          const send = () => fetch(form.action, {method: "POST", body: new FormData(form)});
          const answers = await Promise.all(Array.from({length: 6}, send));
          return answers.map((answer) => [answer.status, answer.url]);
        }"""
    )
    assert {status for status, _ in answers} == {200}
    assert len({address for _, address in answers}) == 1
    assert house.number(COUNT, family.student) == 1
    guardian.open(answers[0][1])
    shown = receipt(guardian)
    assert shown == house.number(
        "SELECT receipt_number FROM attendance_absencereport WHERE student_id = %s", family.student
    )


def test_a_second_report_of_the_same_day_is_shown_beside_the_first(house, families, desk, phone):
    family = families.take("6年1組")
    guardian = ready_to_send(family, desk, phone)
    other = guardian.new_tab()
    other.goto(guardian.page.url)
    guardian.press(SEND)
    receipt(guardian)
    other.get_by_text("けが", exact=True).click()
    other.get_by_role("button", name=SEND).click()
    expect(other.get_by_role("alert")).to_contain_text("この日の連絡は、もう届いています")
    expect(other.get_by_label("けが")).to_be_checked()
    assert house.number(COUNT, family.student) == 1
