"""健康観察簿: signs and marks of a month on screen and on one page of paper; who may."""

import re

import pypdfium2
import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.tests.test_query_counts import fill
from manabiya.apps.nurse_office import queries
from manabiya.apps.nurse_office.tests.conftest import BASE
from manabiya.kernel.audit.models import AuditEntry

MAY = ["homeroom_teacher", "school_nurse", "vice_principal", "principal"]
MAY_NOT = ["assistant_homeroom_teacher", "academic_affairs_head", "grade_head", "subject_teacher",
           "office_staff", "ict_supporter"]  # fmt: skip


def book(school, role="school_nurse", room=None):
    return queries.book_month(
        school.city.actor(role, "midorigaoka"),
        homeroom_id=room or school.room,
        first=school.city.today.replace(day=1),
        today=school.city.today,
    )


def address(school, tail=""):
    return f"{BASE}/health-book/{school.room}/2026-11/{tail}"


def cell(page, place, day):
    return page.rows[place].cells[day - 1]


def test_signs_stand_beside_the_marks_of_the_register(school):
    school.confirm()
    school.seen(0, "fever", "headache", temperature="37.8")
    school.seen(1, temperature="36.5")
    school.away(2)
    school.away(3, status="attendance_suspension", reason="infection", cause="S1")
    page = book(school)
    assert (cell(page, 0, 20).signs, cell(page, 0, 20).heat) == ("頭熱", "37.8")
    assert (cell(page, 1, 20).signs, cell(page, 1, 20).heat) == ("", "36.5")
    assert (cell(page, 2, 20).mark, cell(page, 2, 20).role) == ("病", "absent")
    assert (cell(page, 3, 20).mark, cell(page, 3, 20).role) == ("停", "excused")
    assert cell(page, 4, 20) == queries.book.BookCell()


def test_day_off_day_not_confirmed_and_day_to_come(school):
    from manabiya.apps.attendance.models import ClassDay

    ClassDay.objects.filter(date=school.city.today).delete()
    page = book(school)
    assert cell(page, 0, 21).state == "off"
    assert cell(page, 0, 20).state == "open"
    assert cell(page, 0, 24).state == ""


def test_sums_of_child_day_and_month(school):
    yesterday = school.days[-2]
    for day in (yesterday, school.city.today):
        school.confirm(day=day)
        school.seen(0, "cough", day=day)
    school.seen(1, "headache", "cough")
    school.away(2)
    page = book(school)
    row = page.rows[0]
    assert (row.symptoms, row.ill_days, row.absent_days) == ((0, 0, 2, 0, 0), 2, 0)
    assert page.rows[2].absent_days == 1
    assert page.symptoms == (1, 0, 3, 0, 0)
    assert page.ill_days == 3
    assert page.ill_a_day[school.city.today.day - 1] == 2
    assert page.ill_a_day[yesterday.day - 1] == 1


def test_page_shows_grid_legend_and_the_way_to_the_paper(school):
    school.confirm()
    school.seen(0, "stomach_ache", "other")
    text = school.city.client("school_nurse", "midorigaoka").get(address(school)).content.decode()
    assert '<span class="sign">腹他</span>' in text
    for word in ("頭痛", "腹痛", "咳", "発熱", "その他", "良好(症状なし)", "未確認"):
        assert word in text.split("凡例")[1]
    assert address(school, "paper/") in text


def texts(content):
    document = pypdfium2.PdfDocument(content)
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    return [re.sub(r"\s", "", p.get_textpage().get_text_bounded()) for p in document]


@pytest.mark.parametrize("children", [1, 40])
def test_paper_holds_forty_long_names_on_one_page(school, children):
    fill(school.city, school.room, children)
    school.confirm()
    school.seen(0, "headache", "stomach_ache", "cough", "fever", "other")
    answer = school.city.client("homeroom_teacher", "midorigaoka").get(address(school, "paper/"))
    assert answer["Content-Type"] == "application/pdf"
    pages = texts(answer.content)
    assert len(pages) == 1
    page = pages[0]
    assert "健康観察簿" in page
    assert "1年1組" in page
    assert "頭腹咳熱他" in page
    assert "凡例頭頭痛・腹腹痛" in page
    assert page.count("勅使河原勅使河原勅使河原") == max(
        children - len(school.seats[school.room]), 0
    )


def test_names_stay_in_their_place_on_paper(school):
    fill(school.city, school.room, 40)
    answer = school.city.client("homeroom_teacher", "midorigaoka").get(address(school, "paper/"))
    page = pypdfium2.PdfDocument(answer.content)[0].get_textpage()
    word = page.search("アレハンドロ健太郎")
    found = 0
    while place := word.get_next():
        found += 1
        right = max(page.get_charbox(place[0] + n)[2] for n in range(place[1]))
        assert right <= (14 + 6.5 + 30) / 25.4 * 72
    assert found >= 40 - len(school.seats[school.room]) > 0


@pytest.mark.parametrize("role", MAY)
def test_these_see_book_and_paper(school, role):
    client = school.city.client(role, "midorigaoka")
    for tail in ("", "paper/"):
        assert client.get(address(school, tail)).status_code == 200
    opened = client.get(f"{BASE}/health-book/")
    assert opened.status_code == 302
    assert opened.url.endswith("/2026-11/")


@pytest.mark.parametrize("role", MAY_NOT)
def test_these_do_not_see_it(school, role):
    client = school.city.client(role, "midorigaoka")
    for place in (address(school), address(school, "paper/"), f"{BASE}/health-book/"):
        assert client.get(place).status_code in (403, 404)


def test_teacher_sees_no_other_class_and_nobody_another_school(school):
    with pytest.raises(Http404):
        book(school, "homeroom_teacher", school.other)
    with pytest.raises(Http404):
        book(school, "principal", school.city.homeroom_id("1年1組", "higashikawabata"))


def test_month_outside_the_class_is_no_page(school):
    client = school.city.client("school_nurse", "midorigaoka")
    assert client.get(f"{BASE}/health-book/{school.room}/2026-03/").status_code == 404
    assert client.get(f"{BASE}/health-book/{school.room}/2026-13/").status_code == 404


def test_reading_is_logged(school):
    client = school.city.client("school_nurse", "midorigaoka")
    client.get(address(school))
    client.get(address(school, "paper/"))
    found = AuditEntry.objects.filter(action__prefix="read:health-book")
    assert {(e.action, e.subject_id, e.data_class) for e in found} == {
        ("read:health-book", school.room, 2),
        ("read:health-book-paper", school.room, 2),
    }


@pytest.mark.parametrize("children", [3, 40])
def test_book_asks_eight_questions_however_many_children(school, children):
    fill(school.city, school.room, children)
    school.confirm()
    for place in range(min(children, 10)):
        school.seen(place, "cough")
    actor = school.city.actor("school_nurse", "midorigaoka")
    with CaptureQueriesContext(connection) as captured:
        queries.book_month(
            actor,
            homeroom_id=school.room,
            first=school.city.today.replace(day=1),
            today=school.city.today,
        )
    assert len(captured) == 8
