"""The month's 出席停止 for the 設置者: numbers by reason and grade, never a child."""

from datetime import date

import pytest

from manabiya.apps.attendance import papers
from manabiya.apps.attendance.queries.suspension_report import suspension_report
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.kernel.access.policies import Refused
from manabiya.roster.queries import seats_on

NOVEMBER = date(2026, 11, 1)


def seats(scope, name):
    return seats_on(scope.homeroom_id(name), scope.today)


def test_only_decided_suspensions_count_by_reason_and_grade(scope):
    def numbers():
        found = suspension_report(scope.actor("principal", "midorigaoka"), month=NOVEMBER)
        return {
            (row.disease, row.first_day, grade): count
            for row in found.rows
            if row.decided_on == scope.today
            for grade, count in zip(found.grades, row.counts, strict=True)
            if count
        }

    before = numbers()
    first, other = seats(scope, "1年1組"), seats(scope, "2年1組")
    day = date(2026, 11, 17)
    put_period(scope, first[-1].student_id, first_day=day)
    put_period(scope, first[-2].student_id, first_day=day, status="ended")
    put_period(scope, other[-1].student_id, first_day=day)
    put_period(scope, first[-3].student_id, first_day=day, status="proposed")
    put_period(scope, first[-4].student_id, "bereavement", first_day=day)
    added = {key: n for key, n in numbers().items() if before.get(key) != n}
    assert added == {("インフルエンザ", day, 1): 2, ("インフルエンザ", day, 2): 1}


def test_paper_holds_the_months_rows(scope):
    child = seats(scope, "1年1組")[-1]
    put_period(scope, child.student_id)
    page = suspension_report(scope.actor("school_nurse", "midorigaoka"), month=NOVEMBER)
    assert page.total == sum(count for _word, count in page.by_disease) > 0
    pdf = papers.suspension_report_pdf(page, scope.now(9, 0), scope.now(9, 0))
    assert pdf.startswith(b"%PDF-")


def test_another_school_counts_nothing_of_it(scope):
    there = scope.actor("principal", "higashikawabata")
    before = suspension_report(there, month=NOVEMBER).total
    put_period(scope, seats(scope, "1年1組")[-1].student_id)
    assert suspension_report(there, month=NOVEMBER).total == before


def test_page_names_no_child(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    with city.tenant():
        child = seats(city, "1年1組")[-1]
        put_period(city, child.student_id)
    client = city.client("principal", "midorigaoka")
    address = "/m/shirakabano/school/midorigaoka/attendance/decisions/report/2026-11/"
    content = client.get(address).content.decode()
    assert "インフルエンザ" in content
    assert child.name not in content
    assert client.get(f"{address}paper/").content.startswith(b"%PDF-")


@pytest.mark.parametrize("role", ["homeroom_teacher", "office_staff"])
def test_others_make_no_report(scope, role):
    with pytest.raises(Refused):
        suspension_report(scope.actor(role, "midorigaoka"), month=NOVEMBER)
