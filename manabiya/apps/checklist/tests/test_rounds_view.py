"""All rounds side by side: what may be compared is, every break says why in words; figure 1."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.checklist import queries
from manabiya.apps.checklist.figures import bands_figure, plan_figure, years_figure
from manabiya.apps.checklist.models import ChecklistAnswer, PublishedFigure
from manabiya.apps.checklist.plan_table import plan_figure_of
from manabiya.apps.checklist.tests.conftest import OTHER
from manabiya.kernel.access.policies import Refused

BOARD = "/m/shirakabano/board/checklist/"


def page(desk):
    return queries.rounds_page(desk.actor("board_officer"))


def row(desk, item, area):
    found = next(one for one in page(desk).items if one.question.key == item)
    return next(one for one in found.rows if one.area == area)


def cells(desk, item, area):
    return {cell.year: cell for cell in row(desk, item, area).known}


def answer(desk, item, value, school, year):
    ChecklistAnswer.objects.filter(sheet=desk.sheet(school, year), item=item).update(value=value)


def test_every_round_of_city_and_nation_has_its_column(desk):
    years = [year.school_year for year in page(desk).years]
    assert years == [2023, 2024, 2025, 2026]
    assert [year.is_final for year in page(desk).years] == [True, True, True, False]


@pytest.mark.parametrize(
    ("item", "year", "percent", "breaks", "change"),
    [
        ("no_fax", 2023, "4.1", (), ""),
        ("no_fax", 2024, "76.8", ("定義が違います",), ""),
        ("no_fax", 2025, "71.7", ("対象の学校種が違います",), ""),
        ("no_seal_documents", 2024, "92.9", ("定義が違います", "問いの文が変わりました"), ""),
        ("guardian_letters", 2024, "48.9", (), "+16.0"),
        ("hybrid_meetings", 2025, "88.7", ("定義が違います", "定義に疑いがあります", "対象の学校種が違います"), ""),
    ],
)  # fmt: skip
def test_the_nation_stands_as_printed_and_breaks_where_it_must(
    desk, item, year, percent, breaks, change
):
    cell = cells(desk, item, "全国")[year]
    assert (cell.percent, cell.breaks, cell.change) == (Decimal(percent), breaks, change)


def test_the_city_moves_between_final_rounds_and_breaks_before_an_open_one(desk):
    for school in ("midorigaoka", OTHER):
        answer(desk, "absence_contact", "not_at_all", school, 2024)
        answer(desk, "absence_contact", "fully", school, 2025)
    found = cells(desk, "absence_contact", "本市")
    assert (found[2025].percent, found[2025].change) == (Decimal("100.0"), "+100.0")
    assert found[2026].breaks == ("速報と確報です",)
    assert 2023 not in found


def test_a_printed_figure_of_the_city_is_never_subtracted_from_a_counted_one(desk):
    PublishedFigure.objects.create(
        school_year=2023, item="no_fax", area="city", percent=Decimal("1.3"), source="計画",
        definition="as_printed:使用していないと回答した割合",
    )  # fmt: skip
    found = cells(desk, "no_fax", "本市")
    assert found[2023].percent == Decimal("1.3")
    assert (found[2024].breaks, found[2024].change) == (("公表された割合と数えた割合です",), "")


def test_a_line_of_the_figure_ends_at_a_break(desk):
    found = queries.item_page(
        desk.actor("board_officer"), item="no_fax", school_year=None, today=desk.now.date()
    )
    figure = years_figure(found)
    assert [(each.name, list(each.values).count(None)) for each in figure.series] == [
        ("本市 令和6年度から", 2)
    ]
    assert "下の表" in figure.note
    other = queries.item_page(
        desk.actor("board_officer"), item="absence_contact", school_year=None, today=desk.now.date()
    )
    assert [each.name for each in years_figure(other).series] == ["本市 令和6年度から", "全国"]


def test_the_pages_ask_few_questions_of_the_database(desk):
    officer = desk.actor("board_officer")
    with CaptureQueriesContext(connection) as rounds:
        queries.rounds_page(officer)
    assert len(rounds) <= 8
    with CaptureQueriesContext(connection) as item:
        queries.item_page(officer, item="no_fax", school_year=None, today=desk.now.date())
    assert len(item) <= 20
    with CaptureQueriesContext(connection) as behind:
        queries.behind_page(officer, today=desk.now.date())
    assert len(behind) <= 16


def test_the_bands_count_every_item_that_has_a_figure(desk):
    figure = bands_figure(page(desk))
    counted = queries.city_page(
        desk.actor("board_officer"), school_year=2025, today=desk.now.date()
    )
    place = figure.categories.index("令和7年度")
    assert [each.values[place] for each in figure.series] == [
        len(band.lines) for band in counted.bands
    ]
    assert figure.categories[-1] == "令和8年度(速報)"


@pytest.mark.parametrize("role", ["principal", "office_staff", "ict_supporter"])
def test_no_school_reads_the_rounds_of_the_city(desk, role):
    with pytest.raises(Refused):
        queries.rounds_page(desk.actor(role))


def test_figure_1_is_shown_as_the_plan_s_text_prints_it(city):
    figure = plan_figure(plan_figure_of("r5"))
    assert figure.categories == ["小学校", "中学校"]
    assert figure.series[0].values == [64.0, 60.0]
    assert plan_figure_of("r6") is None
    said = city.client("board_officer").get(f"{BOARD}plan/").content.decode()
    for words in ("64.0", "60.0", "全国と比較して倍以上", "令和6年度全国学力・学習状況調査"):
        assert words in said


def test_the_page_says_the_breaks_in_words(city):
    said = city.client("board_officer").get(f"{BOARD}rounds/").content.decode()
    for words in ("76.8", "定義が違います", "対象の学校種が違います", "確報とは比べません"):
        assert words in said
