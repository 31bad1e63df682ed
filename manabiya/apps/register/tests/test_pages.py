"""The pages: classes by month, a month with its next step, corrections, versions, the paper."""

import re
from datetime import date

import pytest

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.register import queries, services
from manabiya.roster.queries import seats_on

SCHOOL = "/m/shirakabano/school/midorigaoka/"


@pytest.fixture(autouse=True)
def at_four(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(16))


def address(room, more="", month="2026-10"):
    return f"{SCHOOL}register/{room.id}/{month}/{more}"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_three_people_close_a_month_on_the_page_and_correct_it(room):
    """The deputy stands in for a class without 担任: check and close; the principal confirms."""
    from manabiya.roster.models import Appointment, Post

    Appointment.objects.filter(homeroom_id=room.id, post=Post.HOMEROOM_TEACHER).update(
        ends_on=date(2026, 11, 19)
    )
    deputy = room.city.client("vice_principal", "midorigaoka")
    principal = room.city.client("principal", "midorigaoka")
    assert "まだ締めていません" in text_of(deputy.get(address(room)))
    assert deputy.post(address(room, "check/")).status_code == 302
    assert "この月を締める" in text_of(deputy.get(address(room)))
    assert deputy.post(address(room, "close/")).status_code == 302
    again = deputy.post(address(room, "close/"))
    assert again.status_code == 409
    assert "もう締めてあります。何も変えていません。" in text_of(again)
    assert "締め済み(確認前)" in text_of(principal.get(address(room)))
    assert principal.post(address(room, "confirm/")).status_code == 302
    assert "確認済み" in text_of(principal.get(f"{SCHOOL}register/"))

    seat = seats_on(room.id, date(2026, 10, 6))[0]
    form = {"what": "mark", "student": seat.student_id, "day": "2026-10-06", "code": "late"}
    form["reason"] = "聞きちがい"
    bad = deputy.post(address(room, "correction/"), {**form, "day": ""})
    assert bad.status_code == 422
    assert "どの日かを選んでください。" in text_of(bad)
    assert 'value="聞きちがい"' in bad.content.decode()
    assert deputy.post(address(room, "correction/"), form).status_code == 302
    shown = text_of(principal.get(address(room)))
    assert f"{seat.roll_number}番 {seat.name} 10/6 出席→遅刻" in shown
    request = queries.open_request(room.id, room.month)
    decide = f"{SCHOOL}register/corrections/{request.id}/"
    refused = deputy.post(decide, {"decision": "approve"})
    assert refused.status_code == 409
    assert principal.post(decide, {"decision": "approve"}).status_code == 302
    new = principal.get(address(room))
    assert re.search(r"<del>出</del><span class=\"mk mk-part\">遅</span>", new.content.decode())
    assert f"第2版 {seat.roll_number}番 {seat.name} 10/6 出席→遅刻 聞きちがい" in text_of(new)
    old = text_of(principal.get(address(room, "?version=1")))
    assert "前の版です" in old
    assert "出席→遅刻" not in old
    assert principal.get(address(room, "?version=3")).status_code == 404


def test_open_month_lists_what_to_do_first_with_the_way_there(room):
    deputy = room.city.client("vice_principal", "midorigaoka")
    page = deputy.get(address(room, month="2026-11"))
    assert "これからの授業日 24日(火) 25日(水) 26日(木) 27日(金) 30日(月)" in text_of(page)
    assert "出欠が確定していない日" in text_of(page)
    assert f"attendance/class/{room.id}/2026-11-20/" in page.content.decode()
    assert "点検した" not in text_of(page)
    assert deputy.post(address(room, "close/", month="2026-11")).status_code == 409
    assert deputy.get(address(room, month="2026-12")).status_code == 404


def test_open_month_counts_days_so_far_and_says_what_is_planned(room, monkeypatch):
    """November 2026 of the small city: 14 school days until the 20th, 19 in all."""
    deputy = room.city.client("vice_principal", "midorigaoka")
    page = deputy.get(address(room, month="2026-11"))
    shown = text_of(page)
    assert "授業日数 14(きょうまで。月の予定 19) ・ 在籍" in shown
    assert "うすい灰色 これからの日" in shown
    head = page.content.decode().split("<tbody>")[1].split("</tr>")[0]
    days = re.findall(r"<td( class=\"\w+\")?>", head)[1:31]
    assert [n for n, state in enumerate(days, 1) if "ahead" in state] == [24, 25, 26, 27, 30]
    assert "うすい灰色" not in text_of(deputy.get(address(room)))


def test_nobody_is_offered_a_step_that_would_be_refused(room):
    """A class with a 担任 offers the deputy no check, a board without delegation no confirmation."""
    deputy = room.city.client("vice_principal", "midorigaoka")
    page = text_of(deputy.get(address(room)))
    assert "つぎは、担任の点検を待ちます。" in page
    assert "点検した" not in page
    services.check_month(**room.of(room.teacher))
    services.close_month(**room.of(room.actor("vice_principal")))
    page = text_of(deputy.get(address(room)))
    assert "つぎは、校長の確認を待ちます。" in page
    assert "確認した" not in page
    assert "確認した" in text_of(room.city.client("principal", "midorigaoka").get(address(room)))


def test_names_alone_are_written_anew_without_a_day(room):
    room.close()
    deputy = room.city.client("vice_principal", "midorigaoka")
    empty = deputy.post(address(room, "correction/"), {"reason": "改姓"})
    assert "何を直すかを選んでください。" in text_of(empty)
    form = {"what": "paper", "reason": "改姓"}
    assert deputy.post(address(room, "correction/"), form).status_code == 302
    assert queries.open_request(room.id, room.month).entries == []
    assert "いまの登録で書き直します" in text_of(deputy.get(address(room)))


@pytest.mark.parametrize("role", ["school_nurse", "academic_affairs_head"])
def test_readers_read_and_take_no_step(room, role):
    reader = room.city.client(role, "midorigaoka")
    page = reader.get(address(room))
    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    for step in ("check/", "close/", "confirm/"):
        assert reader.post(address(room, step)).status_code == 403


def test_paper_and_workbook_are_given_and_another_school_finds_nothing(room):
    deputy = room.city.client("vice_principal", "midorigaoka")
    assert deputy.get(address(room, "file/pdf/")).content[:5] == b"%PDF-"
    assert deputy.get(address(room, "file/xlsx/")).content[:2] == b"PK"
    assert deputy.get(address(room, "file/docx/")).status_code == 404
    other = room.city.client("vice_principal", "higashikawabata")
    there = address(room).replace("midorigaoka", "higashikawabata")
    for more in ("", "file/pdf/"):
        assert other.get(f"{there}{more}").status_code == 404


def test_month_that_changed_since_its_check_offers_the_check_and_no_close(room):
    services.check_month(**room.of(room.teacher))
    deputy = room.city.client("vice_principal", "midorigaoka")
    assert "この月を締める" in text_of(deputy.get(address(room)))
    seat = seats_on(room.id, date(2026, 10, 6))[0]
    AttendanceMark.objects.create(
        student_id=seat.student_id, date=date(2026, 10, 6), homeroom_id=room.id,
        status="absent_sick", source="teacher", decided_by_id=room.teacher.person_id,
        decided_at=room.city.now(),
    )  # fmt: skip
    page = text_of(deputy.get(address(room)))
    assert "点検のあとで出席簿が変わりました。もう一度点検すると、締められます。" in page
    assert "まだ締めていません" in page
    assert "この月を締める" not in page
    services.check_month(**room.of(room.teacher))
    assert "この月を締める" in text_of(deputy.get(address(room)))
