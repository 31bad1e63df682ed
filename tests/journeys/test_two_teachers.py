"""Two teachers take the attendance of one class at the same moment."""

from playwright.sync_api import expect

from tests.journeys.families import TODAY

MARKS = """
SELECT e.roll_number, m.status, m.late FROM attendance_attendancemark m
JOIN roster_enrollment e ON e.student_id = m.student_id
WHERE m.homeroom_id = %s AND m.date = %s ORDER BY e.roll_number
"""


def choose(person, number, word):
    row = person.page.locator(".pupil").nth(number - 1)
    row.get_by_text(word, exact=True).click()


def marks(house, family):
    return [tuple(row) for row in house.ask(MARKS, family.homeroom, TODAY)]


def test_different_children_merge_and_the_same_child_shows_both_values(house, families, desk):
    family = families.take("2年2組")
    one, two = desk().demo("教頭"), desk().demo("校長")
    for person in (one, two):
        person.open(family.class_path)
    count = one.page.locator(".pupil").count()
    taken = one.page.locator(".pupil[data-proposed] .no").all_inner_texts()
    a, b, c, d = [n for n in range(1, count + 1) if str(n) not in taken][:4]
    choose(one, a, "欠席")
    choose(one, b, "遅刻")
    choose(two, b, "未着")
    choose(two, c, "欠席")
    one.press(f"{count}名の出欠を確定する")
    one.sees(f"{count}名の出欠を確定しました。")

    two.press(f"{count}名の出欠を確定する")
    question = two.page.get_by_role("alert")
    expect(question).to_contain_text("ほかの人も同じ人を変えていました。まだ保存していません。")
    expect(question).to_contain_text("あなたの入力: 未着")
    one_name = house.number(
        "SELECT family_name || ' ' || given_name FROM roster_staffmember s"
        " JOIN attendance_classday d ON d.confirmed_by_id = s.id"
        " WHERE d.homeroom_id = %s AND d.date = %s",
        family.homeroom,
        TODAY,
    )
    expect(question).to_contain_text(one_name)
    expect(question).to_contain_text("遅刻")
    expect(two.page.locator(".pupil").nth(c - 1).get_by_label("欠席")).to_be_checked()
    expect(two.page.locator(".pupil").nth(a - 1).get_by_label("欠席")).to_be_checked()
    stored = marks(house, family)
    assert (c, "absent_other", False) not in stored
    assert {(a, "absent_other", False), (b, "present", True)} <= set(stored)

    question.get_by_label("あなたの入力: 未着").check()
    choose(two, d, "遅刻")
    two.press("変えたところを保存する")
    two.sees("3名の出欠を直しました。前の値も残っています。")
    mine = {
        (a, "absent_other", False),
        (b, "not_arrived", False),
        (c, "absent_other", False),
        (d, "present", True),
    }
    found = {row for row in marks(house, family) if str(row[0]) not in taken}
    assert found == mine
    changes = house.ask(
        "SELECT e.roll_number, c.old, c.new FROM attendance_markchange c"
        " JOIN roster_enrollment e ON e.student_id = c.student_id"
        " WHERE c.homeroom_id = %s ORDER BY e.roll_number",
        family.homeroom,
    )
    assert [tuple(row) for row in changes] == [
        (b, {"code": "late"}, {"code": "not_arrived"}),
        (c, {"code": "present"}, {"code": "absent_other"}),
        (d, {"code": "present"}, {"code": "late"}),
    ]
