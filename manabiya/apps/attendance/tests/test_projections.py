"""The stored counts: what is counted anew, by disease and reason, and how a wrong one is found."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.jobs import recount, recount_city_day, recount_school_day
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    CityAbsenceCount,
    SchoolDayCount,
)
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.roster.models import Homeroom, School
from manabiya.roster.queries import seats_on

SCHOOL = "midorigaoka"
CLASS = "1年1組"


@pytest.fixture
def room(scope, city):
    """Return a class of the school nobody wrote about, and its children of today."""
    AbsenceReport.objects.filter(date=city.today).delete()
    homeroom_id = city.homeroom_id(CLASS)
    return homeroom_id, [seat.student_id for seat in seats_on(homeroom_id, city.today)]


def confirm(city, homeroom_id, entries=(), at=8):
    services.confirm_day(
        actor=city.actor("vice_principal", SCHOOL), homeroom_id=homeroom_id, day=city.today,
        entries=[rules.Entry(child, "present", code) for child, code in entries],
        now=city.now(at, 31),
    )  # fmt: skip


def verify(**options):
    """Return what the command says of these counts, and whether it ended well."""
    out = StringIO()
    try:
        call_command("projections", "verify", municipality="shirakabano", stdout=out, **options)
    except CommandError:
        return _said(out), False
    return _said(out), True


def _said(out):
    return [line for line in out.getvalue().splitlines() if "出欠の数" in line]


def of_day(homeroom_id, day):
    """Return the stored numbers of the class's school."""
    school_id = Homeroom.objects.get(pk=homeroom_id).school_id
    rows = SchoolDayCount.objects.filter(school_id=school_id, date=day)
    return {(kind, detail): n for kind, detail, n in rows.values_list("kind", "detail", "count")}


def put_mark(city, homeroom_id, child, day, **values):
    AttendanceMark.objects.update_or_create(
        student_id=child, date=day,
        defaults={
            "homeroom_id": homeroom_id, "source": "teacher", "decided_at": city.now(),
            "decided_by_id": city.actor("vice_principal", SCHOOL).person_id, **values,
        },
    )  # fmt: skip


def test_suspensions_are_counted_by_their_disease(city, room):
    homeroom_id, ids = room
    put_period(city, ids[0])
    put_period(city, ids[1], disease="covid19")
    put_period(city, ids[2], disease="covid19")
    put_period(city, ids[3], "disaster")
    confirm(city, homeroom_id)
    run_jobs()
    found = of_day(homeroom_id, city.today)
    assert found["suspended", ""] == 4
    assert {key: n for key, n in found.items() if key[0] == "suspended_by"} == {
        ("suspended_by", "influenza"): 1,
        ("suspended_by", "covid19"): 2,
    }


def test_who_was_ill_on_the_school_day_before_is_not_newly_ill(city, room):
    homeroom_id, ids = room
    thursday = city.today - timedelta(days=1)
    AttendanceMark.objects.filter(student_id__in=ids[:3], date=thursday).delete()
    put_mark(city, homeroom_id, ids[0], thursday, status="absent_sick", reason="fever")
    put_mark(city, homeroom_id, ids[1], thursday, status="absent_sick", reason="injury")
    confirm(city, homeroom_id, [(child, "absent_sick") for child in ids[:2]])
    put_mark(city, homeroom_id, ids[2], city.today, status="absent_other", reason="family")
    run_jobs()
    assert of_day(homeroom_id, city.today)["newly_ill", ""] == 1


def test_a_change_of_yesterday_tells_anew_who_is_newly_ill_today(city, room):
    homeroom_id, ids = room
    thursday = city.today - timedelta(days=1)
    AttendanceMark.objects.filter(student_id=ids[0], date=thursday).delete()
    confirm(city, homeroom_id, [(ids[0], "absent_sick")])
    run_jobs()
    assert of_day(homeroom_id, city.today)["newly_ill", ""] == 1
    put_mark(city, homeroom_id, ids[0], thursday, status="absent_sick", reason="cold")
    school_id = Homeroom.objects.get(pk=homeroom_id).school_id
    recount({"school": str(school_id), "date": thursday.isoformat()})
    assert ("newly_ill", "") not in of_day(homeroom_id, city.today)


def test_reasons_are_counted_for_the_city_only(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [(child, "absent_other") for child in ids[:3]])
    for child, reason in zip(ids[:3], ("family", "consultation", "family"), strict=True):
        put_mark(city, homeroom_id, child, city.today, status="absent_other", reason=reason)
    recount_city_day(city.today)
    rows = CityAbsenceCount.objects.filter(date=city.today)
    assert dict(rows.values_list("reason", "count")) == {"family": 2, "consultation": 1}
    assert {f.name for f in CityAbsenceCount._meta.fields} == {
        "id", "municipality", "date", "reason", "count",
    }  # fmt: skip
    kinds = {kind for kind, _detail in of_day(homeroom_id, city.today)}
    assert not kinds & {"family", "consultation"}


def test_a_reason_that_is_gone_leaves_no_row(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [(ids[0], "absent_other")])
    put_mark(city, homeroom_id, ids[0], city.today, status="absent_other", reason="family")
    recount_city_day(city.today)
    AttendanceMark.objects.filter(student_id=ids[0], date=city.today).delete()
    recount_city_day(city.today)
    assert not CityAbsenceCount.objects.filter(date=city.today).exists()


def test_what_the_demo_tells_is_what_its_rows_say(scope):
    lines, went_well = verify(first=date(2026, 10, 20))
    assert went_well, lines
    assert lines == ["shirakabano 出欠の数: ちがいなし"]


def test_a_number_somebody_changed_is_named_and_mended(scope, city):
    school = School.objects.get(slug=SCHOOL)
    day = city.today - timedelta(days=2)
    row = SchoolDayCount.objects.get(school=school, date=day, kind="present")
    right = row.count
    SchoolDayCount.objects.filter(pk=row.pk).update(count=right + 7)
    said = f"shirakabano 出欠の数 {day} {SCHOOL} present: {right + 7} → {right}"
    assert verify() == ([said, "shirakabano 出欠の数: 1件のちがい"], False)
    assert verify(school=SCHOOL, first=day, last=day)[0][0] == said
    assert verify(school="higashikawabata")[1]
    assert verify(first=day + timedelta(days=1))[1]
    lines, went_well = verify(mend=True)
    assert went_well
    assert lines[-1] == "shirakabano 出欠の数: 書きなおしました。"
    assert verify() == (["shirakabano 出欠の数: ちがいなし"], True)
    row.refresh_from_db()
    assert row.count == right


def test_a_row_that_is_missing_or_too_much_is_named_and_mended(scope, city):
    school = School.objects.get(slug=SCHOOL)
    day = city.today - timedelta(days=2)
    SchoolDayCount.objects.filter(school=school, date=day, kind="present").delete()
    SchoolDayCount.objects.create(
        school=school, date=day, kind="suspended_by", detail="measles", count=3
    )
    CityAbsenceCount.objects.filter(date=day).delete()
    lines, went_well = verify()
    assert not went_well
    assert f"shirakabano 出欠の数 {day} {SCHOOL} suspended_by:measles: 3 → 0" in lines
    assert any(f"{day} {SCHOOL} present: 0 → " in line for line in lines)
    assert any(f"{day} 市 reason:" in line for line in lines)
    assert verify(mend=True)[1]
    assert verify()[1]


def test_a_lost_event_is_found(city, room):
    homeroom_id, _ids = room
    confirm(city, homeroom_id)  # its delivery is never run: lost
    lines, went_well = verify(first=city.today)
    assert not went_well
    assert f"shirakabano 出欠の数 {city.today} {SCHOOL} confirmed_classes: 0 → 1" in lines
    run_jobs()
    assert verify(first=city.today)[1]


def test_a_recount_without_a_change_writes_nothing(scope, city, django_assert_max_num_queries):
    school = School.objects.get(slug=SCHOOL)
    day = city.today - timedelta(days=2)
    with django_assert_max_num_queries(12) as asked:
        recount_school_day(school.id, day)
    assert not [q for q in asked.captured_queries if q["sql"].startswith(("INSERT", "DELETE"))]


def test_other_municipality_is_not_looked_at(scope, city):
    with pytest.raises(CommandError, match="ありません"):
        call_command("projections", "verify", municipality="shirakabano", school="nowhere")
