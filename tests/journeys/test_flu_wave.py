"""Influenza: reported and read on phones, proposed by the teacher, decided, 停止 in the register."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.families import TODAY, Families
from tests.journeys.house import House
from tests.journeys.papers import join, paper_for
from tests.journeys.people import PHONE
from tests.journeys.test_accessibility import violations
from tests.journeys.test_protection import HOME

MARK = "SELECT status, cause FROM attendance_attendancemark WHERE student_id = %s AND date = %s"
PERIOD = "SELECT status, disease FROM attendance_excusedperiod WHERE student_id = %s"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a product of which only this test uses the morning."""
    house = House(tmp_path_factory.mktemp("flu") / "流行").start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def families(house):
    """Return children of that house with their guardians."""
    return Families(house)


@pytest.fixture
def looks_well(axe):
    """Return a check of the open page: axe finds nothing, nothing is wider than the screen."""

    def check(person):
        assert violations(person.page, axe) == [], person.path
        wide = person.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, person.path

    return check


def rows_of(house, question, *values):
    return [tuple(row) for row in house.ask(question, *values)]


def report_influenza(mother, family):
    mother.open(f"{HOME}report/{family.student}/")
    mother.page.locator("label").filter(
        has=mother.page.locator("[name=reason][value=infection]")
    ).click()
    mother.page.locator("label").filter(
        has=mother.page.locator("[name=disease][value=influenza]")
    ).click()
    mother.page.locator("form button[type=submit]").last.click()
    mother.sees("届きました")


def save_as_absent(teacher, family):
    """Save the class with the child absent, whether or not it was confirmed before."""
    teacher.open(family.class_path)
    row = teacher.page.locator(".pupil").filter(has_text=family.name)
    if not row.get_by_label("欠席").is_checked():
        row.get_by_text("欠席", exact=True).click()
    teacher.page.locator("button[name=save], .confirmbar button[type=submit]").first.click()
    saved = re.compile("名の出欠を(確定|直)しました")
    expect(teacher.page.locator("body")).to_contain_text(saved)


def test_influenza_from_the_report_to_the_register(
    house, families, desk, phone, people, looks_well
):
    family = families.take("1年1組")
    mother = phone()
    join(mother, family, paper_for(desk().demo("事務職員"), family))
    report_influenza(mother, family)

    teacher = desk().demo("学級担任")
    save_as_absent(teacher, family)
    [(status, _cause)] = rows_of(house, MARK, family.student, TODAY)
    assert status in ("absent_sick", "absent_other")
    teacher.open(family.class_path)
    row = teacher.page.locator(".pupil").filter(has_text=family.name)
    row.get_by_text("他", exact=True).click()
    teacher.page.get_by_role("link", name="出席停止・忌引などを申し出る").click()
    teacher.page.wait_for_url(f"**/propose/{family.student}/{TODAY}/")
    expect(teacher.page.locator("[name=disease]")).to_have_value("influenza")
    looks_well(teacher)
    teacher.page.locator("[name=first_day]").fill("2026-11-18")
    teacher.page.locator("main form button[type=submit]").click()
    teacher.sees("申し出ました。", "決定待ち")
    assert rows_of(house, PERIOD, family.student) == [("proposed", "influenza")]
    assert rows_of(house, MARK, family.student, TODAY)[0][0] == status

    principal = people(PHONE).demo("校長")
    principal.open(f"{family.school_path}attendance/decisions/")
    looks_well(principal)
    principal.press(f"出席停止に決める {family.name}")
    principal.sees("決めました。はじめの日までさかのぼって")
    looks_well(principal)
    assert rows_of(house, PERIOD, family.student) == [("decided", "influenza")]
    assert rows_of(house, MARK, family.student, TODAY) == [("attendance_suspension", "S1")]

    mother.open(HOME)
    mother.sees("出席停止 11/18から(インフルエンザ)", "登校できるのは11月24日(火)より前には")
    looks_well(mother)
    teacher.open(teacher.page.url)
    teacher.page.locator("[name=relief_on]").fill(f"{TODAY}")
    teacher.press("この日を入れる")
    teacher.sees("日を入れました。")
    mother.open(HOME)
    mother.sees("出席停止 11/18〜11/23(インフルエンザ)", "登校できるのは早くて11月24日(火)です。")

    teacher.open(family.register_path)
    row = teacher.page.locator("table.register tbody tr").filter(has_text=family.name)
    expect(row.locator(".mk").filter(has_text="停")).to_have_count(1)
