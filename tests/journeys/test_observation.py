"""The nurse's morning: who is ill, how it went for a fortnight, and the book of the month."""

import re

from playwright.sync_api import expect

SEEN = """
SELECT count(*) FROM observation_healthobservation o
JOIN roster_homeroom h ON h.id = o.homeroom_id JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = 'midorigaoka' AND o.date = %s AND cardinality(o.symptoms) > 0
"""
BOOK = """
SELECT count(*) FROM observation_healthobservation o JOIN roster_homeroom h ON h.id = o.homeroom_id
JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = 'midorigaoka' AND h.name = '1年1組' AND cardinality(o.symptoms) > 0
AND o.date BETWEEN '2026-11-01' AND '2026-11-30'
"""


def test_nurse_reads_the_fortnight_the_book_and_prints_it(house, desk):
    nurse = desk().demo("養護教諭")
    nurse.page.get_by_role("link", name="出欠", exact=True).first.click()
    nurse.page.get_by_role("link", name="保健", exact=True).click()
    expect(nurse.page.locator("figure.chart polyline")).to_have_count(3)
    table = nurse.page.get_by_role("table").filter(has_text="登校して症状あり").last
    heads = table.locator("thead th").all_inner_texts()
    row = table.get_by_role("row").filter(has_text="登校して症状あり")
    counts = dict(zip(heads[1:], row.locator("td").all_inner_texts(), strict=True))
    assert len(counts) == 14
    for day in ("11/18", "11/19"):
        assert int(counts[day]) == house.number(SEEN, f"2026-{day.replace('/', '-')}")
    assert sum(map(int, counts.values())) > 0

    nurse.page.get_by_role("link", name="健康観察簿", exact=True).click()
    nurse.page.get_by_role("link", name="1年1組", exact=True).click()
    signs = nurse.page.locator("table.register tbody .sign").all_inner_texts()
    marked = [text for text in signs if re.fullmatch("[頭腹咳熱他]+", text)]
    assert len(marked) == house.number(BOOK)
    link = nurse.page.get_by_role("link", name="A4の紙(PDF)").get_attribute("href")
    paper = nurse.page.request.get(link)
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")


def test_teacher_has_the_book_of_the_own_class_and_no_board(desk):
    teacher = desk().demo("学級担任")
    teacher.page.get_by_role("link", name="出欠", exact=True).first.click()
    expect(teacher.page.get_by_role("link", name="保健", exact=True)).to_have_count(0)
    teacher.page.get_by_role("link", name="健康観察簿", exact=True).click()
    expect(teacher.page.get_by_role("heading", level=1)).to_contain_text("健康観察簿")
    expect(teacher.page.get_by_role("navigation", name="学級をえらぶ")).to_have_count(0)
