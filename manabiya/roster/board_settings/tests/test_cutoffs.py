"""欠席連絡の締切: the board's from a day on, a school's own before it; in reports of that day."""

from datetime import time, timedelta

import pytest
from django.http import Http404

from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.registry import SettingsRefused
from manabiya.roster.board_settings.services import drop_report_cutoff, set_report_cutoff
from manabiya.roster.models import ReportCutoff, School
from manabiya.roster.queries.cutoffs import Cutoffs, city_cutoff, cutoff_of
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
    assert f"学校で締切を決めている学校が{count}校あります" in page.content.decode()
    assert page.context["form"].initial["valid_from"] == city.today + timedelta(days=1)
    day = (city.today + timedelta(days=3)).isoformat()
    done = client.post(PAGE, {"valid_from": day, "cutoff": "08:05"}, follow=True)
    assert "8:05" in done.content.decode()
    assert client.post(PAGE, {"valid_from": day, "cutoff": "ぜろ"}).status_code == 422
