"""The pages on a principal's phone: what, for whom, decide; and who can't open them."""

import re
from datetime import date

import pytest

from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY
from manabiya.roster.models import DayChange

BASE = "/m/shirakabano/school/midorigaoka/"
NEW = f"{BASE}day-changes/new/"
FRIDAY = date(2026, 11, 20)


@pytest.fixture
def principal(city):
    return city.client("principal", "midorigaoka")


def text_of(answer, status=200):
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def said(**more):
    return {
        "kind": DELAYED, "minutes": "120", "for_whom": "school", "first": "2026-11-20",
        "last": "2026-11-20", "cause": "weather", "note": "", **more,
    }  # fmt: skip


def test_four_taps_lead_from_today_to_a_decision(scope, principal):
    today = principal.get(BASE).content.decode()
    assert f'href="{BASE}day-changes/"' in today
    page = principal.get(f"{BASE}day-changes/").content.decode()
    assert "day-changes/new/?kind=delayed_start&amp;minutes=120" in page
    choose = principal.get(f"{NEW}?kind=delayed_start&minutes=120").content.decode()
    assert "for_whom=school" in choose
    assert "for_whom=grade-6" in choose
    assert str(scope.homeroom_id("1年1組")) in choose
    decide = principal.get(f"{NEW}?kind=delayed_start&minutes=120&for_whom=grade-2")
    text = text_of(decide)
    assert "2年生は10:25はじまり。欠席連絡の締切は10:15、出欠の目安は10:40になります。" in text
    assert "2年生の始業をおくらせる" in text
    answer = principal.post(NEW, said(for_whom="grade-2"), follow=True)
    assert "11月20日(金) 2年生 始業 2時間繰下げに決めました。" in text_of(answer)
    row = DayChange.objects.get()
    assert (row.kind, row.grade_level, row.delay_minutes) == (DELAYED, 2, 120)


def test_a_class_closed_for_some_days_says_what_follows_by_the_law(scope, principal):
    room = scope.homeroom_id("2年1組")
    query = f"?kind=closed&minutes=0&for_whom={room}"
    text = text_of(principal.get(f"{NEW}{query}"))
    assert "2年1組 学級閉鎖" in text
    assert "2年1組: 授業日のままです。休む人は出席停止・忌引等(S4)に数えます。" in text
    other = scope.homeroom_id("2年2組")
    principal.post(NEW, said(kind=CLOSED, minutes="0", for_whom=str(other), cause="infection"))
    text = text_of(principal.get(f"{NEW}{query}"))
    assert "2年生: 授業日数に入りません。" in text
    again = text_of(principal.get(f"{NEW}{query}&first=2026-11-20&last=2026-11-24&cause=infection"))
    assert "11月20日(金)〜11月24日(火)" in again


def test_clash_is_shown_and_replaced_by_the_same_button(scope, principal):
    principal.post(NEW, said())
    first = DayChange.objects.get()
    answer = principal.post(NEW, said(kind=CLOSED, minutes="0"))
    text = text_of(answer, 409)
    assert "もう別の変更が決まっています" in text
    assert "学校全体 始業 2時間繰下げ" in text
    assert "前の変更を取り消して決める" in text
    assert f'name="replaces" value="{first.id}"' in answer.content.decode()
    principal.post(NEW, {**said(kind=CLOSED, minutes="0"), "replaces": str(first.id)})
    assert list(DayChange.objects.filter(withdrawn_at=None).values_list("kind")) == [(CLOSED,)]


def test_confirmed_classes_are_named_and_asked_about_once_more(scope, principal, confirmed):
    confirmed("1年1組")
    answer = principal.post(NEW, said(kind=CLOSED, minutes="0"))
    text = text_of(answer, 409)
    assert "もう出欠を確定した学級があります(1年1組)" in text
    assert "印は消えず、取り消すと元に戻ります" in text
    assert not DayChange.objects.exists()
    assert 'name="says_again" value="1"' in answer.content.decode()
    principal.post(NEW, {**said(kind=CLOSED, minutes="0"), "says_again": "1"})
    assert DayChange.objects.get().kind == CLOSED


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(principal, city):
    answer = principal.post(NEW, said(first="2026-11-19", last="2026-11-19", note="バスは10時"))
    assert "過ぎた日は変えられません" in text_of(answer, 422)
    assert "バスは10時" in answer.content.decode()
    early = principal.post(NEW, said(kind=EARLY, minutes="0", ends_at=""))
    assert "8:25より後、15:30より前" in text_of(early, 422)
    broken = principal.post(NEW, said(for_whom="grade-x"))
    assert "選びなおしてください" in text_of(broken, 422)
    with city.tenant():
        assert not DayChange.objects.exists()


@pytest.mark.parametrize("query", ["", "?kind=nonsense", "?kind=delayed_start&minutes=x"])
def test_a_broken_address_leads_to_a_page(principal, query):
    assert principal.get(f"{NEW}{query}", follow=True).status_code == 200


def test_a_class_of_another_school_is_not_found(scope, principal):
    room = scope.homeroom_id("1年1組", "higashikawabata")
    assert principal.get(f"{NEW}?kind=closed&for_whom={room}").status_code == 404
    assert principal.post(NEW, said(kind=CLOSED, for_whom=str(room))).status_code == 404


def test_withdrawing_asks_once_and_stays_in_the_list(scope, principal):
    principal.post(NEW, said())
    row = DayChange.objects.get()
    address = f"{BASE}day-changes/{row.id}/withdraw/"
    assert "もとの時刻と授業日にもどります" in text_of(principal.get(address))
    row.refresh_from_db()
    assert row.withdrawn_at is None, "looking changes nothing"
    answer = principal.post(address, follow=True)
    assert "変更を取り消しました。記録は残っています。" in text_of(answer)
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert "もう取り消されています" in text_of(principal.post(address), 409)
    assert "変更はありません" in text_of(principal.get(f"{BASE}day-changes/"))


def test_teachers_read_what_is_changed_and_decide_nothing(scope, city, principal):
    principal.post(NEW, said(note="バスは10時"))
    row = DayChange.objects.get()
    teacher = city.client("homeroom_teacher", "midorigaoka")
    assert "学校全体 始業 2時間繰下げ" in text_of(teacher.get(BASE))
    listed = text_of(teacher.get(f"{BASE}day-changes/"))
    assert "バスは10時" in listed
    assert "取り消す" not in listed
    assert teacher.get(f"{NEW}?kind=closed").status_code == 403
    assert teacher.post(NEW, said(kind=CLOSED)).status_code == 403
    assert teacher.post(f"{BASE}day-changes/{row.id}/withdraw/").status_code == 403
    assert DayChange.objects.filter(withdrawn_at=None).count() == 1


def test_on_an_ordinary_day_only_those_who_may_see_the_button(city):
    teacher = city.client("homeroom_teacher", "midorigaoka")
    assert "今日の変更" not in teacher.get(BASE).content.decode().split("<h1>")[-1]
