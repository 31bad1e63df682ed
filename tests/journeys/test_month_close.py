"""A month is closed by its three people, corrected twice, and pressed by two at once.

A house of its own, whose clock stands on the afternoon of 11/30: November of 緑が丘 1年1組 is mended
from the list and closed, October of the same class has two closers, and 沢ノ瀬 1・2年 is compared cell
by cell and corrected.
"""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.house import House
from tests.journeys.people import TIMEOUT
from tests.journeys.test_accessibility import violations

SCHOOL = "/m/shirakabano/school/midorigaoka/"
TOWN = "/m/sawanose/school/sawanose/"
TOWN_SCHOOL = "沢ノ瀬小学校"
AFTERNOON = """
UPDATE tenancy_municipality
SET clock_offset_seconds = extract(epoch FROM timestamptz '2026-11-30 16:00+09' - now())::bigint
"""
ROOM = """
SELECT h.id FROM roster_homeroom h JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = %s AND h.name = %s AND h.school_year = 2026
"""
CONFIRM = """
INSERT INTO attendance_classday (id, municipality_id, homeroom_id, date, confirmed_at,
                                 confirmed_by_id)
SELECT gen_random_uuid(), h.municipality_id, h.id, d.date, now(), a.staff_member_id
FROM roster_homeroom h
JOIN roster_calendarday d ON d.school_id = h.school_id AND d.grade_level = 0 AND d.is_school_day
JOIN roster_appointment a ON a.homeroom_id = h.id AND a.post = 'homeroom_teacher'
WHERE h.id = %s AND d.date BETWEEN %s AND %s
  AND NOT EXISTS (SELECT 1 FROM attendance_classday c
                  WHERE c.homeroom_id = h.id AND c.date = d.date)
"""
VERSIONS = """
SELECT number, sha256 FROM register_registerversion WHERE homeroom_id = %s AND month = %s
ORDER BY number
"""
STEPS = """
SELECT kind, count(*) FROM register_registerstep WHERE homeroom_id = %s AND month = %s
GROUP BY kind ORDER BY kind
"""
OPEN_DAYS = ["20日(金)", "24日(火)", "25日(水)", "26日(木)", "27日(金)", "30日(月)"]
CLOSED = "締めました。これからの直しは訂正になります。"
CELLS = """
lines => lines.map(line => [...line.children].map(cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll("del").forEach(old => old.remove());
  return copy.textContent.trim();
}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a product of which only these tests use the months; it is 11/30, 16:00."""
    house = House(tmp_path_factory.mktemp("close") / "月の締め").start()
    house.ask(AFTERNOON)
    yield house
    house.stop()


def month_of(base, room, month):
    return f"{base}register/{room}/{month}/"


def is_clean(person, axe):
    """Expect that axe-core finds nothing and that nothing scrolls sideways."""
    person.page.wait_for_load_state()
    wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert (wide, violations(person.page, axe)) == (0, []), person.path


def choose(person, number, word):
    row = person.page.locator(".pupil").nth(number - 1)
    row.get_by_text(word, exact=True).click()


def todo_days(person):
    """Return the days the list wants, as it writes them."""
    return person.page.locator(".todos a").all_inner_texts()


def button(person, name):
    return person.page.get_by_role("button", name=name, exact=True)


def test_month_is_mended_from_the_list_closed_and_confirmed_on_a_phone(house, desk, phone, axe):
    room = house.number(ROOM, "midorigaoka", "1年1組")
    november = month_of(SCHOOL, room, "2026-11")
    teacher, deputy = desk().demo("学級担任"), desk().demo("教頭")

    # nothing can be pressed while days are open; each is mended from the list
    deputy.open(november)
    deputy.sees("下の日を片づけると、点検に進めます。")
    teacher.open(november)
    assert todo_days(teacher) == OPEN_DAYS
    expect(button(teacher, "点検した")).to_have_count(0)
    is_clean(teacher, axe)
    for day in OPEN_DAYS:
        teacher.follow(day)
        if day == "24日(火)":
            choose(teacher, 3, "未着")
        teacher.page.locator("#save").click()
        teacher.sees("名の出欠を確定しました。")
        teacher.open(november)
    assert todo_days(teacher) == ["24日(火) 3番"]
    teacher.sees("未着に結果がついていない日")
    teacher.follow("24日(火) 3番")
    choose(teacher, 3, "遅刻")
    teacher.press("変えたところを保存する")
    teacher.sees("1名の出欠を直しました。")

    # 担任 checks; a child is missing again before the deputy presses
    teacher.open(november)
    teacher.press("点検した")
    teacher.sees("点検しました。", "つぎは、教頭の締めを待ちます。")
    deputy.open(november)
    expect(button(deputy, "この月を締める")).to_be_visible()
    expect(button(deputy, "もう一度点検した")).to_have_count(0)
    teacher.open(f"{SCHOOL}attendance/class/{room}/2026-11-25/")
    choose(teacher, 2, "未着")
    teacher.press("変えたところを保存する")
    teacher.sees("1名の出欠を直しました。")
    deputy.press("この月を締める")
    deputy.sees("まだ締められません。次の日を先に片づけてください。", "何も変えていません。")
    assert todo_days(deputy) == ["25日(水) 2番"]
    assert house.ask(VERSIONS, room, "2026-11-01") == []
    deputy.follow("25日(水) 2番")
    choose(deputy, 2, "欠席")
    deputy.press("変えたところを保存する")
    deputy.open(november)
    deputy.sees("点検のあとで出席簿が変わりました。もう一度点検すると、締められます。")
    expect(button(deputy, "この月を締める")).to_have_count(0)
    teacher.open(november)
    teacher.press("もう一度点検した")
    deputy.open(november)
    deputy.press("この月を締める")
    deputy.sees(CLOSED, "つぎは、校長の確認を待ちます。")
    is_clean(deputy, axe)

    # the principal finds it on 今日, on a phone, and confirms
    principal = phone().demo("校長")
    principal.open(SCHOOL)
    principal.sees("確認を待つ出席簿 1件")
    principal.follow("確認を待つ出席簿を開く")
    is_clean(principal, axe)
    principal.page.get_by_role("link", name="1年1組 11月", exact=True).first.click()
    principal.sees("締め済み(確認前)")
    is_clean(principal, axe)
    principal.press("確認した")
    principal.sees("確認しました。", "確認済み")
    is_clean(principal, axe)
    principal.open(SCHOOL)
    expect(principal.page.locator("body")).not_to_contain_text("確認を待つ出席簿")
    steps = [tuple(row) for row in house.ask(STEPS, room, "2026-11-01")]
    assert steps == [("checked", 2), ("closed", 1), ("confirmed", 1)]

    # the day is shut now; the way is the correction
    teacher.open(f"{SCHOOL}attendance/class/{room}/2026-11-25/")
    choose(teacher, 2, "遅刻")
    teacher.page.locator("#save").click()
    teacher.sees("11月の出席簿は締めてあります。何も変えていません。")


def test_two_closers_press_at_once_and_the_other_is_told_calmly(house, desk, axe):
    room = house.number(ROOM, "midorigaoka", "1年1組")
    house.ask(CONFIRM, room, "2026-10-01", "2026-10-31")
    october = month_of(SCHOOL, room, "2026-10")
    teacher = desk().demo("学級担任")
    teacher.open(october)
    teacher.press("点検した")
    teacher.sees("点検しました。")
    one, two = desk().demo("教頭"), desk().demo("教頭")
    for person in (one, two):
        person.open(october)
        expect(button(person, "この月を締める")).to_be_visible()
    for person in (one, two):
        person.page.evaluate(
            "() => { document.querySelector('form[action$=\"/close/\"]').requestSubmit(); }"
        )
    told = re.compile("これからの直しは訂正になります。|もう締めてあります。")
    for person in (one, two):
        expect(person.page.locator("main")).to_contain_text(told, timeout=TIMEOUT)
    said = sorted(CLOSED in person.page.locator("main").inner_text() for person in (one, two))
    assert said == [False, True]
    second = next(p for p in (one, two) if CLOSED not in p.page.locator("main").inner_text())
    second.sees("もう締めてあります。何も変えていません。", "締め済み(確認前)")
    expect(second.page.get_by_role("alert")).to_have_count(0)
    is_clean(second, axe)
    assert [row.number for row in house.ask(VERSIONS, room, "2026-10-01")] == [1]
    steps = [tuple(row) for row in house.ask(STEPS, room, "2026-10-01")]
    assert steps == [("checked", 1), ("closed", 1)]


def on_screen(person):
    """Return the rows of the table as texts, without the marks that were struck out."""
    return person.page.locator("table.register tbody tr").evaluate_all(CELLS)


def in_workbook(person, address):
    answer = person.context.request.get(address)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.body()))
    _head, *rows = book.get_sheet_by_index(0).to_python()
    return [[str(int(c)) if isinstance(c, float) else c for c in row] for row in rows]


def on_paper(person, address):
    """Return the text of the first page, without blanks."""
    answer = person.context.request.get(address)
    document = pypdfium2.PdfDocument(answer.body())
    text = document[0].get_textpage().get_text_range()
    document.close()
    return re.sub(r"\s", "", text)


def is_same_everywhere(person, address):
    """Expect screen, workbook and paper to say the same rows; return those of the screen."""
    person.open(address)
    rows = on_screen(person)
    files = dict.fromkeys(("pdf", "xlsx"), "")
    for kind in files:
        link = person.page.locator(f"a[href*='/file/{kind}/']")
        files[kind] = link.get_attribute("href")
    assert in_workbook(person, files["xlsx"]) == rows
    return rows, on_paper(person, files["pdf"])


def test_small_class_says_the_same_everywhere_and_is_corrected_twice(house, desk, phone, axe):
    room = house.number(ROOM, "sawanose", "1・2年")
    house.ask(CONFIRM, room, "2026-11-01", "2026-11-30")
    november = month_of(TOWN, room, "2026-11")
    teacher = desk().demo("学級担任", TOWN_SCHOOL)
    head = phone().demo("校長", TOWN_SCHOOL)
    teacher.open(november)
    teacher.press("点検した")

    # a school without 教頭: its principal closes and confirms
    head.open(november)
    head.press("この月を締める")
    head.sees(CLOSED)
    head.press("確認した")
    head.sees("確認済み")
    rows, paper = is_same_everywhere(teacher, november)
    assert len(rows) == 2
    for row in rows:
        assert re.sub(r"\s", "", "".join(row)) in paper
    first, cells = rows[0], rows[0][2:32]
    day = next(n for n in (5, 12, 19) if cells[n - 1] == "")

    # a correction without a reason keeps what was typed
    teacher.open(november)
    teacher.follow("訂正を申し出る")
    is_clean(teacher, axe)
    teacher.page.get_by_label("だれ").select_option(index=1)
    teacher.page.get_by_label("日", exact=True).select_option(value=f"2026-11-{day:02}")
    teacher.page.get_by_label("正しい値").select_option(label="病欠")
    teacher.press("訂正を申し出る")
    teacher.sees("訂正の理由を書いてください。")
    expect(teacher.page.get_by_label("日", exact=True)).to_have_value(f"2026-11-{day:02}")
    expect(teacher.page.get_by_label("正しい値")).to_have_value("absent_sick")
    expect(teacher.page.get_by_label("出欠の印")).to_be_checked()
    is_clean(teacher, axe)
    teacher.page.get_by_label("訂正の理由").fill("連絡がおくれて届いた")
    teacher.press("訂正を申し出る")
    teacher.sees("訂正を申し出ました。校長の承認を待ちます。", "校長の承認を待っています。")
    expect(button(teacher, "承認して新しい版を作る")).to_have_count(0)

    # the principal approves; then the correction is corrected
    name = first[1]
    head.open(november)
    head.sees("承認を待つ訂正", f"{first[0]}番 {name} 11/{day} 出席→病欠", "連絡がおくれて届いた")
    is_clean(head, axe)
    head.press("承認して新しい版を作る")
    head.sees("訂正を承認しました。新しい版ができました。")
    teacher.open(november)
    teacher.follow("訂正を申し出る")
    teacher.page.get_by_label("だれ").select_option(index=1)
    teacher.page.get_by_label("日", exact=True).select_option(value=f"2026-11-{day:02}")
    teacher.page.get_by_label("正しい値").select_option(label="遅刻")
    teacher.page.get_by_label("訂正の理由").fill("病院から登校していた")
    teacher.press("訂正を申し出る")
    head.open(november)
    head.sees(f"{name} 11/{day} 病欠→遅刻")
    head.press("承認して新しい版を作る")
    head.sees("第3版", "第2版", "第1版")

    # every version is readable, the newest with its marks on screen, paper and workbook
    is_clean(head, axe)
    corrected, newest = is_same_everywhere(teacher, november)
    assert [r[1] for r in corrected] == [r[1] for r in rows]
    assert corrected[0][day + 1] == "遅"
    expect(teacher.page.locator("table.register del")).to_have_text("出")
    teacher.sees(f"第3版 {first[0]}番 {name} 11/{day} 病欠→遅刻 病院から登校していた")
    teacher.sees(f"第2版 {first[0]}番 {name} 11/{day} 出席→病欠 連絡がおくれて届いた")
    for said in (
        f"11/{day}出席→病欠連絡がおくれて届いた",
        f"11/{day}病欠→遅刻病院から登校していた",
    ):
        assert said in newest
    for number, mark in ((2, "病"), (1, "")):
        teacher.follow(f"第{number}版")
        teacher.sees("前の版です")
        old, paper = is_same_everywhere(teacher, f"{november}?version={number}")
        assert old[0][day + 1] == mark
        assert "病院から登校していた" not in paper
    assert old == rows
    versions = house.ask(VERSIONS, room, "2026-11-01")
    assert [row.number for row in versions] == [1, 2, 3]
    assert len({row.sha256 for row in versions}) == 3
