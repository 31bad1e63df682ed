"""The banner's button moves the school clock of one municipality on, and the school follows it.

In 沢ノ瀬町, whose morning no other journey needs.
"""

import re

CLOCK = "select clock_offset_seconds from tenancy_municipality where slug = %s"
CONFIRMED = """
select count(*) from attendance_classday d
join roster_homeroom h on h.id = d.homeroom_id
join roster_school s on s.id = h.school_id
where s.slug = 'sawanose' and d.date = %s and d.confirmed_at is not null
"""
TOWN = "沢ノ瀬小学校"


def shown(person):
    """Return what the banner says: day and time of the school."""
    return person.page.locator(".clockline b").inner_text()


def test_roll_call_and_the_next_morning_come_when_somebody_presses(house, desk):
    head = desk().demo("校長", TOWN)
    elsewhere = house.number(CLOCK, "shirakabano")
    assert re.fullmatch(r"11月20日\(金\) (7:5|8:[0-3])\d", shown(head))
    head.press("8:41 へ進む")
    head.sees("学校の時計を 11月20日 8:41 に進めました。")
    assert re.fullmatch(r"11月20日\(金\) 8:4[1-3]", shown(head))
    assert head.page.get_by_role("button", name="8:41 へ進む").count() == 0

    head.open("/m/sawanose/school/sawanose/attendance/")
    head.sees("確定した学級 0/2")
    assert house.number(CONFIRMED, "2026-11-20") == 0
    teacher = desk().demo("学級担任", TOWN)
    assert re.fullmatch(r"11月20日\(金\) 8:4\d", shown(teacher))
    teacher.open("/m/sawanose/school/sawanose/attendance/")
    teacher.page.get_by_role("link", name=re.compile("出欠をとる")).first.click()
    teacher.page.get_by_role("button", name=re.compile("名の出欠を確定する")).click()
    teacher.sees("確定ずみです")
    assert house.number(CONFIRMED, "2026-11-20") == 1

    teacher.press("つぎの朝へ進む")
    assert re.fullmatch(r"11月24日\(火\) 7:5\d", shown(teacher))
    head.open("/m/sawanose/school/sawanose/attendance/")
    head.sees("確定した学級 0/2")
    assert re.fullmatch(r"11月24日\(火\) 7:5\d", shown(head))
    assert house.number(CONFIRMED, "2026-11-24") == 0
    assert house.number(CLOCK, "shirakabano") == elsewhere
