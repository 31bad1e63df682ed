"""The roster comes in: a school's list with errors mended to the end, a personnel list of the board.

The lists are made of the running house's own rows, as a school would have them.
"""

import csv
import io
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.house import until

CLASS = "5年2組"
IMPORTS = "/m/shirakabano/school/midorigaoka/imports/"
BOARD = "/m/shirakabano/board/imports/"
CHILDREN = """
SELECT t.reference, t.family_name || ' ' || t.given_name AS name,
       t.family_kana || ' ' || t.given_kana AS kana, t.birth_date, t.sex, e.roll_number
FROM roster_enrollment e JOIN roster_student t ON t.id = e.student_id
JOIN roster_homeroom h ON h.id = e.homeroom_id JOIN roster_school s ON s.id = h.school_id
WHERE s.slug = 'midorigaoka' AND h.name = %s AND h.school_year = 2026 AND e.ends_on IS NULL
ORDER BY e.roll_number
"""
TEACHER = """
SELECT m.number, m.family_name || ' ' || m.given_name AS name, m.id
FROM roster_staffmember m JOIN roster_appointment a ON a.staff_member_id = m.id
JOIN roster_school s ON s.id = a.school_id
WHERE s.slug = 'higashikawabata' AND a.post = 'ict_supporter'
"""


@pytest.fixture
def children(house):
    return house.ask(CHILDREN, CLASS)


def list_of(children, **changes):
    """Return a school's list as CP932 with a title; ``changes``: place → cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["令和8年度 学級名簿", "", "5年2組"])
    writer.writerow(
        ["識別番号", "年", "組", "番", "児童氏名", "フリガナ", "性別", "生年月日", "メモ"]
    )
    for place, child in enumerate(children):
        row = [
            child.reference, "５", "２", child.roll_number, child.name, child.kana,
            "男" if child.sex == "male" else "女", child.birth_date.strftime("%Y/%m/%d"), "",
        ]  # fmt: skip
        for column, cell in changes.get(f"row{place}", {}).items():
            row[column] = cell
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def choose(person, name, content):
    person.page.get_by_label("名簿のファイル").set_input_files(
        [{"name": name, "mimeType": "text/csv", "buffer": content}]
    )
    person.press("ファイルを読む")


def result(person):
    """Wait for the result: the page looks again by itself, with or without scripts."""
    expect(person.page.get_by_role("heading", name="何が変わるか")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_office_mends_a_list_and_applies_it_to_the_end(house, children, desk, scripts):
    place = 3 if scripts else 4
    child, wrong = children[place], children[place + 4]
    new_kana = f"ゆきもり {child.kana.split(' ')[1]}"
    clerk = desk(java_script_enabled=scripts).demo("事務職員")
    clerk.open(IMPORTS)
    clerk.reads("名簿を取り込む")
    choose(clerk, "名簿.csv", b"PK\x03\x04 no workbook")
    clerk.sees("「名簿.csv」: ファイルが壊れていて開けません。", "何も変えていません。")
    bad = {f"row{place}": {4: f"雪森 {child.name.split(' ')[1]}", 5: new_kana},
           f"row{place + 4}": {7: "2016/2/30"}}  # fmt: skip
    choose(clerk, "名簿.csv", list_of(children, **bad))
    clerk.reads("令和8年度の名簿を取り込む")
    expect(clerk.page.get_by_label("児童氏名")).to_have_value("name")
    expect(clerk.page.get_by_label("メモ")).to_have_value("")
    clerk.press("この列で試す")
    result(clerk)
    clerk.sees(
        "直すか選ばないと反映できない行が1行あります", "2月30日はありません", "正しい日に直す"
    )
    clerk.follow("直したファイルを入れる")
    good = {f"row{place}": bad[f"row{place}"]}
    choose(clerk, "名簿.csv", list_of(children, **good))
    clerk.press("この列で試す")
    result(clerk)
    assert "止め" not in clerk.page.locator("main").inner_text()
    clerk.page.get_by_role("link", name="変える").click()
    clerk.sees("姓", child.name.split(" ")[0], "雪森")
    clerk.press("この結果を反映する")
    expect(clerk.page.get_by_role("heading", name="反映したもの")).to_be_visible(timeout=60_000)
    [now] = house.ask("SELECT * FROM roster_student WHERE reference = %s", child.reference)
    assert (now.family_name, now.family_kana) == ("雪森", "ゆきもり")
    [former] = house.ask("SELECT * FROM roster_formername WHERE student_id = %s", now.id)
    assert former.family_name == child.name.split(" ")[0]
    assert str(former.ends_on) == "2026-11-19"
    [same] = house.ask("SELECT * FROM roster_student WHERE reference = %s", wrong.reference)
    assert same.birth_date == wrong.birth_date
    clerk.open(f"/m/shirakabano/school/midorigaoka/students/?q={new_kana.split(' ')[0]}")
    clerk.sees("雪森")
    clerk.open(IMPORTS)
    choose(clerk, "もう一度.csv", list_of(children, **good))
    clerk.press("この列で試す")
    result(clerk)
    if scripts:
        clerk.sees("変わるものはありません")


def test_office_ends_the_seat_of_a_child_the_list_does_not_name(house, desk):
    children = house.ask(CHILDREN, "6年1組")
    gone = children[-1]
    clerk = desk().demo("事務職員")
    clerk.open(IMPORTS)
    body = list_of(children[:-1]).replace("５,２".encode(), "６,１".encode())
    choose(clerk, "名簿.csv", body)
    expect(clerk.page.get_by_role("heading", name="令和8年度の名簿を取り込む")).to_be_visible()
    clerk.press("この列で試す")
    expect(clerk.page.get_by_role("progressbar").or_(counted(clerk))).to_be_visible()
    result(clerk)
    clerk.page.get_by_role("link", name="名簿にだけいる").click()
    row = page_of(clerk, gone)
    row.get_by_label(f"{gone.name}をどうするか").select_option("withdrawal")
    row.get_by_label("最後の日").fill("令和8年11月10日")
    clerk.page.locator(".tabs").get_by_role("button", name="変える").click()
    clerk.sees("選んだもの1件を、まだ試していません")
    clerk.press("選んだとおりに試し直す")
    expect(clerk.page.get_by_text("終える 1")).to_be_visible(timeout=60_000)
    clerk.press("この結果を反映する")
    expect(clerk.page.get_by_role("heading", name="反映したもの")).to_be_visible(timeout=60_000)
    [seat] = house.ask(
        "SELECT e.ends_on, e.exit FROM roster_enrollment e JOIN roster_student t"
        " ON t.id = e.student_id WHERE t.reference = %s ORDER BY e.starts_on DESC LIMIT 1",
        gone.reference,
    )
    assert (str(seat.ends_on), seat.exit) == ("2026-11-10", "withdrawal")


def counted(person):
    return person.page.get_by_role("heading", name="何が変わるか")


def page_of(person, child):
    """Turn pages until the child is there; return its row."""
    row = person.page.get_by_role("row").filter(has_text=child.reference)
    while not row.count():
        person.press("次へ")
        person.page.wait_for_load_state()
    return row


def test_board_moves_a_post_by_a_personnel_list(house, desk):
    [teacher] = house.ask(TEACHER)
    body = (
        "職員番号,氏名,所属校,職名,本務・兼務\r\n"
        f"{teacher.number},{teacher.name},緑が丘小学校,ICT支援員,本務\r\n"
    )
    officer = desk().demo("教育委員会 担当", "白樺野市")
    officer.open(BOARD)
    choose(officer, "人事異動.csv", body.encode("cp932"))
    officer.sees("Shift_JIS(CP932)")
    officer.press("この列で試す")
    result(officer)
    officer.page.get_by_role("link", name="変える").click()
    officer.sees(teacher.name, "職(2026年11月19日まで)", "緑が丘小学校 ICT支援員")
    officer.press("この結果を反映する")
    expect(officer.page.get_by_role("heading", name="反映したもの")).to_be_visible(timeout=60_000)
    posts = house.ask(
        "SELECT s.slug, a.starts_on, a.ends_on FROM roster_appointment a"
        " JOIN roster_school s ON s.id = a.school_id WHERE a.staff_member_id = %s"
        " ORDER BY a.starts_on",
        teacher.id,
    )
    assert [(p.slug, str(p.starts_on), str(p.ends_on)) for p in posts] == [
        ("higashikawabata", "2026-04-01", "2026-11-19"),
        ("midorigaoka", "2026-11-20", "None"),
    ]


def test_200_megabytes_are_refused_in_words_and_take_no_memory(house, desk, tmp_path):
    huge = tmp_path / "名簿.csv"
    with open(huge, "wb") as file:
        file.truncate(200 << 20)
    clerk = desk().demo("事務職員")
    clerk.open(IMPORTS)
    before = memory(house)
    assert before > 60 << 20, "the web's processes were not found"
    clerk.page.get_by_label("名簿のファイル").set_input_files(huge)
    peaks = []
    clerk.press("ファイルを読む")
    until(lambda: peaks.append(memory(house)) or "大きすぎます" in clerk.page.content())
    clerk.sees(
        "ファイルが大きすぎます(200MB)。1つ30MB、あわせて60MBまでです。", "何も変えていません。"
    )
    assert max(peaks) - before < 60 << 20
    assert house.ask("SELECT 1 FROM imports_importfile WHERE size > 100000000") == []


def memory(house):
    """Return the resident memory of the house's own processes, the database's left out."""
    total = 0
    for pid, line in house.processes().items():
        if "granian" in line:
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except OSError:
                continue
            total += pages * os.sysconf("SC_PAGE_SIZE")
    return total
