"""欠席連絡の締切: the board's from a day on, a school's own before it; in reports of that day."""

from datetime import time, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.registry import SettingsRefused
from manabiya.roster.board_settings.services import (
    drop_report_cutoff,
    set_report_cutoff,
    set_school_cutoff,
)
from manabiya.roster.models import ReportCutoff, School
from manabiya.roster.queries.cutoffs import Cutoffs, city_cutoff, cutoff_of, own_cutoffs
from manabiya.roster.queries.families import children_of

PAGE = "/m/shirakabano/board/settings/cutoff/"


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


def decide(city, day, cutoff, now=None):
    return set_report_cutoff(
        actor=city.actor("board_officer"), valid_from=day, cutoff=cutoff, now=now or city.now()
    )


def test_the_old_hour_holds_the_day_before_and_the_new_one_on_the_day(scope):
    later = scope.today + timedelta(days=7)
    row = decide(scope, later, time(8, 5))
    assert city_cutoff(later - timedelta(days=1)) == time(8, 15)
    assert city_cutoff(later) == time(8, 5)
    entry = AuditEntry.objects.get(action="roster.report-cutoff:set")
    assert (entry.subject_id, entry.details["cutoff"]) == (row.pk, "08:05:00")


def test_a_school_with_its_own_hour_keeps_it(scope):
    day = scope.today + timedelta(days=1)
    decide(scope, day, time(8, 5))
    school = School.objects.get(slug="midorigaoka")
    assert cutoff_of(school, day) == time(8, 5)
    school.report_cutoff, school.keeps_own_cutoff = time(8, 0), True
    assert cutoff_of(school, day) == time(8, 0)
    cutoffs = Cutoffs(None, ((day, time(8, 5)), (scope.today, time(8, 10))))
    assert [cutoffs.on(d) for d in (scope.today - timedelta(days=1), scope.today, day)] == [
        time(8, 15), time(8, 10), time(8, 5),
    ]  # fmt: skip


def test_a_guardians_child_knows_the_hour_of_each_day(scope):
    guardian = scope.actor("guardian").person_id
    later = scope.today + timedelta(days=4)
    decide(scope, later, time(7, 55))
    children = children_of(guardian, scope.today)
    assert children
    for child in children:
        assert child.cutoff_on(scope.today) == time(8, 15)
        assert child.cutoff_on(later) == time(7, 55)
    School.objects.update(report_cutoff=time(17, 0), keeps_own_cutoff=True)
    assert children_of(guardian, scope.today)[0].cutoff_on(later) == time(17, 0)


def test_two_officers_at_the_same_moment_are_told(scope, monkeypatch):
    """The second looked before the first had written: the row is not found, the insert clashes."""
    day = scope.today + timedelta(days=1)
    decide(scope, day, time(8, 5))
    manager = type(ReportCutoff.objects)
    monkeypatch.setattr(manager, "select_for_update", lambda self: ReportCutoff.objects.none())
    with pytest.raises(SettingsRefused, match="ほかの人がいま入れました"):
        decide(scope, day, time(8, 10))
    monkeypatch.undo()
    assert ReportCutoff.objects.get().cutoff == time(8, 5)


def test_today_and_days_gone_by_are_refused(scope):
    with pytest.raises(SettingsRefused, match="11月21日からにしてください"):
        decide(scope, scope.today, time(8, 5))
    with pytest.raises(SettingsRefused, match="過ぎた日"):
        decide(scope, scope.today - timedelta(days=1), time(8, 5))
    assert not ReportCutoff.objects.exists()


def test_what_has_not_begun_is_taken_back_and_another_citys_is_not_there(scope, city):
    officer, later = scope.actor("board_officer"), scope.today + timedelta(days=1)
    row = decide(scope, later, time(8, 5))
    with pytest.raises(SettingsRefused, match="もう始まっている"):
        drop_report_cutoff(actor=officer, row_id=row.pk, now=scope.now() + timedelta(days=1))
    drop_report_cutoff(actor=officer, row_id=row.pk, now=scope.now())
    assert not ReportCutoff.objects.exists()
    with pytest.raises(Http404):
        drop_report_cutoff(actor=officer, row_id=row.pk, now=scope.now())


def test_page_counts_schools_with_their_own_hour_and_begins_tomorrow(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    with city.tenant():
        School.objects.filter(slug="midorigaoka").update(keeps_own_cutoff=True)
        count = School.objects.filter(keeps_own_cutoff=True).count()
    client = city.client("board_officer")
    page = client.get(PAGE)
    assert f"自分の締切のある学校が{count}校あります" in page.content.decode()
    assert page.context["form"].initial["valid_from"] == city.today + timedelta(days=1)
    day = (city.today + timedelta(days=3)).isoformat()
    done = client.post(PAGE, {"valid_from": day, "cutoff": "08:05"}, follow=True)
    assert "8:05" in done.content.decode()
    assert client.post(PAGE, {"valid_from": day, "cutoff": "ぜろ"}).status_code == 422


def decide_for(city, school, day, cutoff, actor=None):
    return set_school_cutoff(
        actor=actor or city.actor("board_officer"),
        school_id=school.id, valid_from=day, cutoff=cutoff, now=city.now(),
    )  # fmt: skip


def test_one_school_has_its_hour_from_a_day_on_and_goes_back_to_the_citys(scope):
    school = School.objects.get(slug="midorigaoka")
    other = School.objects.get(slug="higashikawabata")
    days = [scope.today + timedelta(days=n) for n in (1, 5, 9)]
    decide(scope, days[0], time(8, 5))
    row = decide_for(scope, school, days[1], time(17, 10))
    decide_for(scope, school, days[2], None)
    assert [cutoff_of(school, day) for day in days] == [time(8, 5), time(17, 10), time(8, 5)]
    assert [cutoff_of(other, day) for day in days] == [time(8, 5)] * 3
    assert [city_cutoff(day) for day in days] == [time(8, 5)] * 3
    assert own_cutoffs(days[1]) == {school.id: time(17, 10)}
    assert own_cutoffs(days[2]) == {}
    entry = AuditEntry.objects.get(action="roster.report-cutoff:set", subject_id=row.pk)
    assert entry.details["school_id"] == str(school.id)
    assert (entry.details["cutoff"], entry.details["follows_city"]) == ("17:10:00", "False")


def test_a_dated_hour_ends_the_one_the_school_always_had(scope):
    school = School.objects.get(slug="midorigaoka")
    School.objects.filter(pk=school.pk).update(report_cutoff=time(17, 0), keeps_own_cutoff=True)
    school.refresh_from_db()
    later = scope.today + timedelta(days=3)
    decide_for(scope, school, later, None)
    assert cutoff_of(school, later - timedelta(days=1)) == time(17, 0)
    assert cutoff_of(school, later) == time(8, 15)


def test_families_of_the_school_know_its_hour_and_others_keep_theirs(scope):
    later = scope.today + timedelta(days=4)
    children = children_of(scope.actor("guardian").person_id, scope.today)
    mine = School.objects.get(pk=children[0].school_id)
    decide_for(scope, mine, later, time(7, 40))
    elsewhere = School.objects.exclude(pk=mine.pk).order_by("slug")[0]
    decide_for(scope, elsewhere, later, time(9, 30))
    for child in children_of(scope.actor("guardian").person_id, scope.today):
        expected = {mine.id: time(7, 40), elsewhere.id: time(9, 30)}.get(child.school_id)
        assert child.cutoff_on(later) == (expected or time(8, 15))
        assert child.cutoff_on(later - timedelta(days=1)) == time(8, 15)


def test_school_of_another_city_is_not_there_and_nothing_is_written(scope, city):
    there = city.municipality("sawanose")
    with city.tenant("sawanose"):
        stranger = School.objects.get(slug="sawanose")
    assert there.id == stranger.municipality_id
    with pytest.raises(Http404):
        decide_for(scope, stranger, scope.today + timedelta(days=1), time(8, 0))
    with pytest.raises(SettingsRefused, match="11月21日からにしてください"):
        decide_for(scope, School.objects.get(slug="midorigaoka"), scope.today, time(8, 0))
    assert not ReportCutoff.objects.exists()


def test_board_gives_a_school_its_hour_on_the_page_and_takes_it_back(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    page = "/m/shirakabano/board/settings/school-cutoff/"
    client, day = city.client("board_officer"), city.today + timedelta(days=3)
    with city.tenant():
        school = School.objects.get(slug="midorigaoka")
    empty = client.post(page, {"whose": "own", "cutoff": "", "valid_from": day.isoformat()})
    assert empty.status_code == 422
    assert "学校を選んでください。" in empty.content.decode()
    assert "時刻を入れてください。" in empty.content.decode()
    form = {"school": str(school.id), "valid_from": day.isoformat()}
    refused = client.post(
        page, {**form, "whose": "own", "cutoff": "17:00", "valid_from": city.today.isoformat()}
    )
    assert refused.status_code == 409
    assert 'value="17:00"' in refused.content.decode()
    done = client.post(page, {**form, "whose": "own", "cutoff": "17:00"}, follow=True)
    (line,) = done.context["decided"].coming
    assert [(value.label, value.word) for value in line.values] == [(school.name, "17:00")]
    assert done.context["decided"].now.values[0].word == "なし"
    client.post(f"{page}{line.id}/drop/")
    with city.tenant():
        assert not ReportCutoff.objects.exists()
    back = client.post(page, {**form, "whose": "city", "cutoff": ""}, follow=True)
    assert back.context["decided"].coming[0].values[0].word == "市の締切"
