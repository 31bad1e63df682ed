"""朝の設定: who decides it, from which day, and what the pages and the readers say afterwards."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.models import MorningSettings
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

PAGE = "/m/shirakabano/school/midorigaoka/attendance/settings/"
CITY_PAGE = "/m/shirakabano/board/settings/morning/"
SCHOOL_ROLES = (
    "academic_affairs_head", "grade_head", "homeroom_teacher", "assistant_homeroom_teacher",
    "subject_teacher", "school_nurse", "office_staff", "ict_supporter",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now(7, 50))


def values(**changed):
    row = MorningSettings()
    return {name: getattr(row, name) for name in queries.SETTINGS_VALUES} | changed


def posted(day, **changed):
    found = {
        name: f"{value:%H:%M}" if isinstance(value, time) else str(value)
        for name, value in values(**changed).items()
    }
    return {"valid_from": day.isoformat(), **found}


def decide(city, actor, day, **changed):
    return services.set_morning(
        actor=actor, valid_from=day, values=values(**changed), now=city.now()
    )


def of_school(actor, day):
    return queries.morning_settings(actor.school_id, day)


@pytest.mark.parametrize("role", ["principal", "vice_principal"])
def test_managers_decide_for_their_school_from_a_day_on(scope, role):
    actor, later = scope.actor(role, "midorigaoka"), scope.today + timedelta(days=3)
    other = scope.actor("principal", "higashikawabata")
    row = decide(scope, actor, later, confirm_by=time(8, 55))
    assert (row.set_by, row.set_at) == (actor.person_id, scope.now())
    assert of_school(actor, later - timedelta(days=1)).confirm_by == time(8, 40)
    assert of_school(actor, later).confirm_by == time(8, 55)
    assert of_school(other, later).confirm_by == time(8, 40)
    entry = AuditEntry.objects.filter(action="attendance.settings:set").get()
    assert entry.subject_id == row.pk


@pytest.mark.parametrize("role", SCHOOL_ROLES)
def test_nobody_else_at_school_decides(scope, role):
    actor = scope.actor(role, "midorigaoka")
    ahead = MorningSettings.objects.create(
        school_id=actor.school_id, valid_from=scope.today + timedelta(days=9)
    )
    for deed in (
        lambda: decide(scope, actor, scope.today),
        lambda: services.follow_city(actor=actor, valid_from=scope.today, now=scope.now()),
        lambda: services.drop_morning(actor=actor, settings_id=ahead.pk, now=scope.now()),
    ):
        with pytest.raises(Refused):
            deed()
    assert list(MorningSettings.objects.values_list("pk", flat=True)) == [ahead.pk]


def test_board_decides_for_the_city_and_for_no_school(scope):
    officer = scope.actor("board_officer")
    manager = scope.actor("principal", "midorigaoka")
    row = decide(scope, officer, scope.today, lunch_by=time(9, 10))
    assert row.school_id is None
    assert of_school(manager, scope.today).lunch_by == time(9, 10)
    with pytest.raises(Refused):
        services.follow_city(actor=officer, valid_from=scope.today, now=scope.now())
    own = decide(scope, manager, scope.today + timedelta(days=2))
    with pytest.raises(Http404):
        services.drop_morning(actor=officer, settings_id=own.pk, now=scope.now())


def test_managers_decide_neither_for_the_city_nor_for_another_school(scope):
    manager = scope.actor("principal", "midorigaoka")
    there = scope.actor("principal", "higashikawabata")
    rows = [
        decide(scope, scope.actor("board_officer"), scope.today + timedelta(days=2)),
        decide(scope, there, scope.today + timedelta(days=2)),
    ]
    for row in rows:
        with pytest.raises(Http404):
            services.drop_morning(actor=manager, settings_id=row.pk, now=scope.now())
    assert MorningSettings.objects.count() == 2


def test_days_gone_by_stay_as_they_were(scope):
    manager = scope.actor("principal", "midorigaoka")
    old = MorningSettings.objects.create(
        school_id=manager.school_id, valid_from=scope.today - timedelta(days=9),
        confirm_by=time(8, 30),
    )  # fmt: skip
    yesterday = scope.today - timedelta(days=1)
    for deed in (
        lambda: decide(scope, manager, yesterday),
        lambda: services.follow_city(actor=manager, valid_from=yesterday, now=scope.now()),
        lambda: services.drop_morning(actor=manager, settings_id=old.pk, now=scope.now()),
    ):
        with pytest.raises(services.AttendanceRefused):
            deed()
    decide(scope, manager, scope.today, confirm_by=time(8, 45))
    assert of_school(manager, yesterday).confirm_by == time(8, 30)
    assert of_school(manager, scope.today).confirm_by == time(8, 45)


def test_the_same_day_decided_again_is_one_row(scope):
    manager = scope.actor("principal", "midorigaoka")
    for percent in (15, 25):
        decide(scope, manager, scope.today, closure_threshold_percent=percent)
    assert MorningSettings.objects.get().closure_threshold_percent == 25
    assert AuditEntry.objects.filter(action="attendance.settings:set").count() == 2


def test_a_value_out_of_range_is_refused(scope):
    manager = scope.actor("principal", "midorigaoka")
    with pytest.raises(services.AttendanceRefused):
        decide(scope, manager, scope.today, closure_threshold_percent=101)
    assert not MorningSettings.objects.exists()


def test_a_school_goes_back_to_the_city_and_decides_anew(scope):
    manager, officer = scope.actor("principal", "midorigaoka"), scope.actor("board_officer")
    back, again = scope.today + timedelta(days=5), scope.today + timedelta(days=10)
    with pytest.raises(services.AttendanceRefused):
        services.follow_city(actor=manager, valid_from=scope.today, now=scope.now())
    decide(scope, officer, scope.today, confirm_by=time(8, 50))
    decide(scope, manager, scope.today, confirm_by=time(8, 30))
    services.follow_city(actor=manager, valid_from=back, now=scope.now())
    decide(scope, manager, again, confirm_by=time(8, 35))
    found = [
        of_school(manager, scope.today + timedelta(days=n)).confirm_by for n in (0, 4, 5, 9, 10)
    ]
    assert found == [time(8, 30), time(8, 30), time(8, 50), time(8, 50), time(8, 35)]


def test_the_wall_follows_the_city_where_the_school_does(scope):
    from manabiya.apps.attendance.queries.wall import wall_settings
    from manabiya.roster.models import Homeroom

    manager, officer = scope.actor("principal", "midorigaoka"), scope.actor("board_officer")
    decide(scope, officer, scope.today, monitor_dark_from=time(18, 0))
    decide(scope, manager, scope.today, monitor_dark_from=time(15, 0))

    def dark():
        rooms = Homeroom.objects.filter(school_id=manager.school_id)
        return rooms.annotate(**wall_settings(scope.today))[0].dark_from

    assert dark() == time(15, 0)
    services.follow_city(actor=manager, valid_from=scope.today, now=scope.now())
    assert dark() == time(18, 0)


def test_the_page_says_what_holds_what_comes_and_who_decided(scope, city):
    manager, officer = scope.actor("principal", "midorigaoka"), scope.actor("board_officer")
    later = scope.today + timedelta(days=4)
    decide(scope, officer, scope.today, lunch_by=time(9, 15))
    decide(scope, manager, later, lunch_by=time(9, 20))
    services.follow_city(actor=manager, valid_from=later + timedelta(days=3), now=scope.now())
    page = queries.settings_page(manager, day=scope.today)
    assert (page.now.source, page.now.begins) == ("city", scope.today)
    assert [line.source for line in page.coming] == ["school", "city"]
    assert [[(v.name, v.word) for v in line.changed] for line in page.coming] == [
        [("lunch_by", "9:20")],
        [("lunch_by", "9:15")],
    ]
    assert [line.source for line in page.past] == ["default"]
    assert page.has_own
    html = city.client("vice_principal", "midorigaoka").get(PAGE).content.decode()
    for word in ("市の標準", "9:20", "11月24日", "欠席連絡の締切", "8:15", page.coming[0].set_by):
        assert word in html
    assert page.coming[0].set_by


def test_principal_changes_and_takes_back_on_the_page(city):
    client = city.client("principal", "midorigaoka")
    later = city.today + timedelta(days=7)
    done = client.post(PAGE, posted(later, escalate_after_minutes=30), follow=True)
    assert "11月27日(金)からの朝の設定を決めました。" in done.content.decode()
    with city.tenant():
        row = MorningSettings.objects.get()
        assert (row.valid_from, row.escalate_after_minutes) == (later, 30)
    assert "30分" in client.get(PAGE).content.decode()
    back = client.post(
        f"{PAGE}follow-city/", {"valid_from": (later + timedelta(days=1)).isoformat()}, follow=True
    )
    assert "11月28日(土)から市の標準に戻します。" in back.content.decode()
    gone = client.post(f"{PAGE}{row.pk}/drop/", follow=True).content.decode()
    assert "11月27日(金)からの設定を取り消しました。" in gone
    with city.tenant():
        assert MorningSettings.objects.get().follows_city


def test_what_was_typed_stays_when_it_is_refused(city):
    client = city.client("principal", "midorigaoka")
    wrong = client.post(PAGE, posted(city.today, escalate_after_minutes=500))
    assert wrong.status_code == 422
    assert 'value="500"' in wrong.content.decode()
    past = client.post(PAGE, posted(city.today - timedelta(days=1)))
    assert past.status_code == 409
    assert "過ぎた日の設定は変えられません" in past.content.decode()
    assert client.post(f"{PAGE}follow-city/", {"valid_from": ""}).status_code == 422
    with city.tenant():
        assert not MorningSettings.objects.exists()


def test_officer_changes_the_city_on_its_page(city):
    client = city.client("board_officer")
    done = client.post(CITY_PAGE, posted(city.today, confirm_by=time(8, 55)), follow=True)
    assert "2026年11月20日(金)からの決まりを入れました。" in done.content.decode()
    with city.tenant():
        row = MorningSettings.objects.get()
        assert (row.school_id, row.confirm_by) == (None, time(8, 55))
    assert client.post(f"{CITY_PAGE}{row.pk}/drop/").status_code == 409
    assert client.post(f"{CITY_PAGE}{uuid4()}/drop/").status_code == 404


@pytest.mark.parametrize("role", SCHOOL_ROLES)
def test_the_page_is_not_for_others(city, role):
    client = city.client(role, "midorigaoka")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, posted(city.today)).status_code == 403
    assert client.get(CITY_PAGE).status_code == 404


def test_another_school_and_another_city_do_not_exist(city):
    client = city.client("principal", "higashikawabata")
    assert client.get(PAGE).status_code == 404
    assert client.get("/m/sawanose/school/sawanose/attendance/settings/").status_code == 404
