"""委任の許し: the board says whether principals may delegate, from a day on."""

from datetime import timedelta

import pytest

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.models import DecisionDelegation, DelegationPermit
from manabiya.apps.attendance.queries.delegations import delegating_school_count
from manabiya.apps.attendance.services.delegations import (
    drop_delegation_permit,
    set_delegation_permit,
)
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.registry import SettingsRefused

SCHOOL = "midorigaoka"
PAGE = "/m/shirakabano/board/settings/delegation/"


def permit(city, day, allows, role="board_officer", school=""):
    return set_delegation_permit(
        actor=city.actor(role, school), valid_from=day, allows_vice_principal=allows,
        now=city.now(),
    )  # fmt: skip


def delegate(city, day, wanted=True, school=SCHOOL):
    return services.set_delegation(
        actor=city.actor("principal", school), is_delegated_now=wanted, valid_from=day,
        now=city.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", ["principal", "vice_principal", "school_nurse", "office_staff"])
def test_nobody_at_school_decides_what_may_be_delegated(scope, role):
    ahead = DelegationPermit.objects.create(valid_from=scope.today + timedelta(days=3))
    with pytest.raises(Refused):
        permit(scope, scope.today, False, role, SCHOOL)
    with pytest.raises(Refused):
        drop_delegation_permit(actor=scope.actor(role, SCHOOL), row_id=ahead.pk, now=scope.now())
    assert DelegationPermit.objects.count() == 1


def test_where_the_board_says_nothing_principals_may_delegate(scope):
    delegate(scope, scope.today)
    assert queries.is_delegated(scope.actor("principal", SCHOOL).at, scope.today)


def test_delegation_ends_on_the_day_the_board_ends_it_and_not_before(scope):
    school_id, later = scope.actor("principal", SCHOOL).at, scope.today + timedelta(days=5)
    delegate(scope, scope.today)
    permit(scope, later, False)
    permit(scope, later + timedelta(days=5), True)
    found = [
        queries.is_delegated(school_id, scope.today + timedelta(days=n)) for n in (0, 4, 5, 9, 10)
    ]
    assert found == [True, True, False, False, True]


def test_vice_principal_decides_no_more_once_it_is_not_allowed(scope):
    delegate(scope, scope.today)
    assert queries.may_decide(scope.actor("vice_principal", SCHOOL))
    row = permit(scope, scope.today, False)
    assert not queries.may_decide(scope.actor("vice_principal", SCHOOL))
    assert queries.may_decide(scope.actor("principal", SCHOOL))
    entry = AuditEntry.objects.get(action="attendance.delegation-permit:set")
    assert entry.subject_id == row.pk


def test_principal_can_not_delegate_on_a_day_it_is_not_allowed_but_can_take_back(scope):
    later = scope.today + timedelta(days=2)
    delegate(scope, scope.today)
    permit(scope, later, False)
    delegate(scope, scope.today, wanted=False)
    with pytest.raises(
        services.AttendanceRefused, match="教育委員会が教頭に任せることを認めていません"
    ):
        delegate(scope, later)
    delegate(scope, later - timedelta(days=1))
    assert DecisionDelegation.objects.count() == 3
    with pytest.raises(SettingsRefused, match="過ぎた日"):
        permit(scope, scope.today - timedelta(days=1), False)


def test_board_reads_how_many_schools_delegate_and_no_more(scope, city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    delegate(scope, scope.today)
    delegate(scope, scope.today, school="higashikawabata")
    delegate(scope, scope.today, wanted=False)
    assert delegating_school_count(scope.today) == 1
    html = city.client("board_officer").get(PAGE).content.decode()
    assert "教頭に任せると決めている学校は、1校です。" in html
    assert "東川端" not in html


def test_page_of_the_school_says_that_it_is_not_allowed(scope, city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    address = f"/m/shirakabano/school/{SCHOOL}/attendance/decisions/delegation/"
    client = city.client("principal", SCHOOL)
    said = "教育委員会は、いま、教頭に任せることを認めていません。"
    assert said not in client.get(address).content.decode()
    permit(scope, scope.today, False)
    assert said in client.get(address).content.decode()
