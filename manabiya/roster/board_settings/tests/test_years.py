"""学期と長期休業: per kind of school, from a school year on; years with days are not touched."""

from datetime import date

import pytest
from django.core.management import call_command

from manabiya.kernel.registry import SettingsRefused
from manabiya.roster.board_settings.services import drop_year_plan, set_year_plan
from manabiya.roster.models import CalendarDay, School, Term, YearPlan
from manabiya.roster.queries.years import terms_of, vacations_of

ELEMENTARY, JUNIOR = "elementary_school", "junior_high_school"
TWO = (("前期", "04-01"), ("後期", "10-10"))
SUMMER = ("夏季休業", "07-20", "08-26")
PAGE = "/m/shirakabano/board/settings/year-elementary/"


THREE = (("1学期", "04-01"), ("2学期", "08-21"), ("3学期", "01-01"))


@pytest.fixture(autouse=True)
def _three_terms(city):
    """The board has decided three terms for both kinds of schools, some years ago."""
    with city.tenant():
        YearPlan.objects.all().delete()
        for kind in (ELEMENTARY, JUNIOR):
            YearPlan.objects.create(
                school_kind=kind, valid_from=date(2020, 4, 1), terms=[list(one) for one in THREE]
            )


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


def decide(city, year, kind=ELEMENTARY, terms=TWO, vacations=(SUMMER,)):
    return set_year_plan(
        actor=city.actor("board_officer"), school_kind=kind, school_year=year, terms=terms,
        vacations=vacations, now=city.now(),
    )  # fmt: skip


def names(kind, year):
    return [term.name for term in terms_of(kind, year)]


def test_a_plan_holds_from_its_year_on_for_its_kind_of_school_only(scope):
    before = names(ELEMENTARY, 2026), names(JUNIOR, 2028)
    decide(scope, 2028)
    assert names(ELEMENTARY, 2027) == before[0] == ["1学期", "2学期", "3学期"]
    assert names(ELEMENTARY, 2028) == names(ELEMENTARY, 2030) == ["前期", "後期"]
    assert names(JUNIOR, 2028) == before[1]
    (summer,) = vacations_of(ELEMENTARY, 2029)
    assert (summer.first, summer.last) == (date(2029, 7, 20), date(2029, 8, 26))


def test_where_nobody_decided_there_is_no_plan(scope):
    YearPlan.objects.all().delete()
    assert (terms_of(ELEMENTARY, 2026), vacations_of(ELEMENTARY, 2026)) == ([], [])


def test_years_gone_by_and_years_whose_days_are_written_are_refused(scope):
    count = YearPlan.objects.count()
    with pytest.raises(SettingsRefused, match="過ぎた年度"):
        decide(scope, 2025)
    with pytest.raises(SettingsRefused, match="2026年度の授業日は、もう学校に入っています"):
        decide(scope, 2026)
    CalendarDay.objects.filter(school__kind=ELEMENTARY, date__gte=date(2026, 4, 1)).delete()
    with pytest.raises(SettingsRefused, match="重なるか"):
        decide(scope, 2026, vacations=(SUMMER, ("秋季休業", "08-26", "08-30")))
    assert YearPlan.objects.count() == count
    assert decide(scope, 2026).valid_from == date(2026, 4, 1)


def test_the_same_year_decided_again_is_one_row_and_taken_back_before_it_begins(scope):
    count = YearPlan.objects.count()
    decide(scope, 2028)
    row = decide(scope, 2028, vacations=())
    assert YearPlan.objects.count() == count + 1
    assert vacations_of(ELEMENTARY, 2028) == []
    officer = scope.actor("board_officer")
    standing = YearPlan.objects.get(school_kind=ELEMENTARY, valid_from__lte=scope.today)
    with pytest.raises(SettingsRefused, match="もう始まっている"):
        drop_year_plan(actor=officer, row_id=standing.pk, now=scope.now())
    drop_year_plan(actor=officer, row_id=row.pk, now=scope.now())
    assert YearPlan.objects.count() == count


def test_calendar_takes_the_vacations_of_each_kind_where_none_are_given(city):
    with city.tenant():
        decide(city, 2030)
        decide(city, 2030, JUNIOR, vacations=(("夏季休業", "08-01", "08-10"),))
    call_command("calendar", municipality="shirakabano", year=2030)

    def is_off(kind, day):
        rows = CalendarDay.objects.filter(school__kind=kind, date=day, is_school_day=False)
        return rows.filter(label="夏季休業").exists()

    with city.tenant():
        assert is_off(ELEMENTARY, date(2030, 7, 22))
        assert not is_off(JUNIOR, date(2030, 7, 22))
        assert is_off(JUNIOR, date(2030, 8, 1))


def test_page_of_a_school_shows_the_plan_unless_it_has_its_own_terms(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    client = city.client("principal", "midorigaoka")
    address = "/m/shirakabano/school/midorigaoka/school/"
    with city.tenant():
        YearPlan.objects.filter(school_kind=ELEMENTARY).update(terms=[list(one) for one in TWO])
        school = School.objects.get(slug="midorigaoka")
    html = client.get(address).content.decode()
    assert "後期" in html
    assert "10月10日〜3月31日" in html
    with city.tenant():
        Term.objects.create(
            school=school, school_year=2026, number=1, name="学校の学期",
            starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        )  # fmt: skip
    html = client.get(address).content.decode()
    assert "学校の学期" in html
    assert "後期" not in html


def values(**changed):
    nothing = dict.fromkeys(("spring", "summer", "autumn", "winter", "end"), "")
    asked = {"school_year": "2028", "second": "10/10", "third": ""}
    return asked | nothing | {"summer": "7/20〜8月26日"} | changed


def test_officer_decides_on_the_page_and_one_day_alone_is_no_vacation(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())
    client = city.client("board_officer")
    half = client.post(PAGE, values(winter="12/25"))
    assert half.status_code == 422
    assert "「12/25」は期間として読めません。" in half.content.decode()
    assert client.post(PAGE, values(second="いつか")).status_code == 422
    refused = client.post(PAGE, values(school_year="2026"))
    assert refused.status_code == 409
    assert "もう学校に入っています" in refused.content.decode()
    done = client.post(PAGE, values(), follow=True).content.decode()
    assert "2028年4月1日(土)からの決まりを入れました。" in done
    assert "夏季休業 7月20日〜8月26日" in done
    with city.tenant():
        assert names(ELEMENTARY, 2028) == ["前期", "後期"]


def test_a_kind_of_school_the_city_has_not_is_no_section(city, monkeypatch):
    with city.tenant():
        School.objects.filter(kind=JUNIOR).update(kind="compulsory_education_school")
    client = city.client("board_officer")
    assert client.get("/m/shirakabano/board/settings/year-compulsory/").status_code == 200
    with city.tenant():
        School.objects.exclude(kind=ELEMENTARY).update(kind=JUNIOR)
    assert client.get("/m/shirakabano/board/settings/year-compulsory/").status_code == 404
    assert "義務教育学校の学期" not in client.get("/m/shirakabano/board/settings/").content.decode()
