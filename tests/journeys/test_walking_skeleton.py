"""From the printed QR code to the page of the board: the thinnest real path through the house."""

import re

from playwright.sync_api import expect

from tests.journeys.families import TODAY
from tests.journeys.house import until
from tests.journeys.papers import A4, print_paper, read_codes

HEADS = [
    "授業日数",
    "出席停止等",
    "忌引等",
    "出席すべき日",
    "病欠",
    "事故欠",
    "出席日数",
    "遅刻",
    "早退",
    "未確認",
]
TRUTH = """
SELECT count(*) FILTER (WHERE d.confirmed_at IS NOT NULL) AS confirmed, count(*) AS classes,
       sum(n.enrolled) AS enrolled,
       sum(n.enrolled) FILTER (WHERE d.confirmed_at IS NULL) AS unconfirmed
FROM roster_homeroom h
JOIN (SELECT homeroom_id, count(*) AS enrolled FROM roster_enrollment
       WHERE starts_on <= %s AND coalesce(ends_on, 'infinity') >= %s GROUP BY 1) n
  ON n.homeroom_id = h.id
LEFT JOIN attendance_classday d ON d.homeroom_id = h.id AND d.date = %s
WHERE h.school_id = %s
"""
MARKS = """
SELECT count(*) FILTER (WHERE status = 'absent_sick') AS sick,
       count(*) FILTER (WHERE status = 'absent_other') AS other,
       count(*) FILTER (WHERE status IN ('attendance_suspension', 'bereavement')) AS excused,
       count(*) FILTER (WHERE status = 'not_arrived') AS unknown,
       count(*) FILTER (WHERE late) AS late
FROM attendance_attendancemark m JOIN roster_homeroom h ON h.id = m.homeroom_id
WHERE m.date = %s AND h.school_id = %s
"""


def test_from_the_printed_qr_to_the_board(house, families, desk, phone):
    family = families.take("1年1組")
    clerk = desk().demo("教頭")
    pdf = print_paper(clerk, family)
    addresses, sizes = read_codes(pdf)
    assert sizes == [A4]
    assert len(addresses) == 1
    assert re.fullmatch(rf"{house.address}/join/[2-9A-Z]{{12}}/", addresses[0])

    guardian = phone().with_passkeys()
    join_by_passkey(guardian, family, addresses[0])
    report_absence(house, guardian, family)

    teacher = desk().demo("学級担任")
    before = quantities(teacher, family)
    marked = confirm_the_class(house, teacher, family)
    check_register(teacher, family, before, quantities(teacher, family), marked)
    check_board(house, desk().demo("教育委員会 担当", "白樺野市"), family)

    guardian.open("/m/shirakabano/family/")
    guardian.sees("学校で確認ずみ")


def join_by_passkey(guardian, family, address):
    guardian.open(address)
    guardian.reads(f"{family.guardian_name}さんですか")
    guardian.sees(f"{family.school_name}からの招待", f"{family.name}さんの連絡に使います")
    guardian.page.get_by_label("お子さんの生年月日").fill(family.born)
    guardian.press("つぎへ")
    guardian.reads("入り方を決める")
    guardian.press("パスキーにする")
    guardian.reads("登録できました")
    guardian.press("パスキーを登録する")
    guardian.sees("パスキーを登録しました。")


def report_absence(house, guardian, family):
    guardian.open("/m/shirakabano/family/")
    guardian.reads("11月20日(金)")
    guardian.sees(family.name)
    guardian.forget_touches()
    guardian.follow("欠席")
    guardian.reads(f"{family.name}さんの欠席連絡")
    guardian.page.get_by_text("発熱", exact=True).click()
    guardian.press("欠席の連絡を送る")
    guardian.reads("届きました")
    assert guardian.touches() == (3, 0)
    [report] = house.ask(
        "SELECT * FROM attendance_absencereport WHERE student_id = %s", family.student
    )
    said = (report.kind, report.reason, report.status, report.date, report.guardian_id)
    assert said == ("absent", "fever", "submitted", TODAY, family.guardian)
    assert not report.is_after_cutoff
    guardian.sees(report.receipt_number)


def confirm_the_class(house, teacher, family):
    """Correct by exception, confirm once; return roll number → symbol of the register."""
    teacher.open(family.class_path)
    page = teacher.page
    rows = page.locator(".pupil")
    count = rows.count()
    mine = rows.filter(has_text=family.name)
    expect(mine.locator(".why")).to_contain_text(re.compile(r"^仮 発熱\s+保護者 7:\d\d|8:\d\d$"))
    expect(mine.get_by_label("欠席")).to_be_checked()
    proposed = {
        int(row.locator(".no").inner_text()): row.locator("input:checked").first.get_attribute(
            "value"
        )
        for row in page.locator(".pupil[data-proposed]").all()
    }
    free = [n for n in range(1, count + 1) if n not in proposed]
    taps = {free[0]: "欠席", free[1]: "遅刻", free[2]: "未着"}
    for number, word in taps.items():
        rows.nth(number - 1).get_by_text(word, exact=True).click()
    expect(page.locator("[data-sum=not_arrived]")).to_have_text("1")
    teacher.press(f"{count}名の出欠を確定する")
    teacher.sees(f"{count}名の出欠を確定しました。")
    [day] = house.ask("SELECT * FROM attendance_classday WHERE homeroom_id = %s AND date = %s",
                      family.homeroom, TODAY)  # fmt: skip
    assert day.confirmed_at is not None
    words = {"absent_sick": "病", "absent_other": "事", "late": "遅", "left_early": "早"}
    found = {number: words[code] for number, code in proposed.items()}
    return {**found, free[0]: "事", free[1]: "遅", free[2]: "·"}


def quantities(teacher, family):
    """Return roll number → (symbol of today, sums by head) of the month's register."""
    teacher.open(family.register_path)
    found = {}
    for row in teacher.page.locator("table.register tbody tr").all():
        cells = row.locator("td").all_inner_texts()
        number, days, sums = int(cells[0]), cells[1:31], cells[31:41]
        found[number] = (days[TODAY.day - 1], dict(zip(HEADS, map(int, sums), strict=True)))
    return found


CHANGES = {
    "病": {"病欠": 1},
    "事": {"事故欠": 1},
    "遅": {"出席日数": 1, "遅刻": 1},
    "早": {"出席日数": 1, "早退": 1},
    "": {"出席日数": 1},
}


def check_register(teacher, family, before, after, marked):
    """Compare every child's sums: the day left 未確認 and is counted where the law counts it."""
    assert marked[family.roll_number] == "病"
    assert before.keys() == after.keys()
    for number, (symbol, sums) in after.items():
        assert before[number][0] == "·"
        assert symbol == marked.get(number, "")
        change = {"未確認": -1, **CHANGES[symbol]} if symbol != "·" else {}
        wanted = {head: value + change.get(head, 0) for head, value in before[number][1].items()}
        assert sums == wanted, number
        assert sums["出席すべき日"] == sums["授業日数"] - sums["出席停止等"] - sums["忌引等"]
        assert sums["出席すべき日"] == (
            sums["病欠"] + sums["事故欠"] + sums["出席日数"] + sums["未確認"]
        )


def check_board(house, officer, family):
    """Wait for the worker's projection; every number of the school's line equals the truth."""
    [classes] = house.ask(TRUTH, TODAY, TODAY, TODAY, family.school)
    [marks] = house.ask(MARKS, TODAY, family.school)
    away = marks.sick + marks.other + marks.excused + marks.unknown
    present = classes.enrolled - classes.unconfirmed - away
    wanted = [
        f"{classes.confirmed}/{classes.classes}",
        *map(str, (classes.enrolled, present, marks.sick + marks.other, marks.excused)),
        *map(str, (marks.unknown, classes.unconfirmed, marks.late)),
    ]

    def line():
        officer.open("/m/shirakabano/board/attendance/")
        schools = officer.page.locator("section", has=officer.page.locator("#schools"))
        row = schools.get_by_role("row").filter(has_text=family.school_name)
        return row.get_by_role("cell").all_inner_texts()[1:]

    assert until(lambda: line() == wanted), (line(), wanted)
    assert marks.sick >= 1
    expect(officer.page.locator("main")).not_to_contain_text(family.name)
