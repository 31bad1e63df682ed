"""Figures: counted from confirmed answers, compared only where they may be, nobody else's shown."""

from decimal import Decimal

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.models import AnswerSheet, ChecklistAnswer, CountedFigure
from manabiya.apps.checklist.queries import sheets as sheet_reads
from manabiya.apps.checklist.rules import Difference, gap
from manabiya.apps.checklist.tests.conftest import OTHER
from manabiya.kernel.access.policies import Refused
from manabiya.law.checklist import Definition
from manabiya.law.checklist_sets import Published


def city(desk, year=2025):
    page = queries.city_page(desk.actor("board_officer"), school_year=year, today=desk.now.date())
    return {line.question.key: line for line in page.lines}


def answer(desk, item, value, school, year=2025):
    ChecklistAnswer.objects.filter(sheet=desk.sheet(school, year), item=item).update(value=value)


def test_changing_one_counted_answer_changes_the_figure(desk):
    for school in ("midorigaoka", OTHER):
        answer(desk, "absence_contact", "not_at_all", school)
    assert city(desk)["absence_contact"].percent == Decimal("0.0")
    answer(desk, "absence_contact", "half_or_more", OTHER)
    line = city(desk)["absence_contact"]
    assert (line.percent, line.counted.k, line.counted.n) == (Decimal("50.0"), 1, 2)
    assert line.counted.definition is Definition.HALF_OR_MORE
    assert line.gap.signed == "−15.2"


def test_an_inverted_item_counts_those_who_do_not(desk):
    for school in ("midorigaoka", OTHER):
        answer(desk, "no_fax", "yes", school)
    assert city(desk)["no_fax"].percent == Decimal("0.0")
    answer(desk, "no_fax", "no", OTHER)
    assert city(desk)["no_fax"].percent == Decimal("50.0")
    assert city(desk)["no_fax"].is_inverted


def test_drafts_and_the_board_are_not_counted(desk):
    line = city(desk, 2026)["no_fax"]
    confirmed = AnswerSheet.objects.filter(round=desk.round(), confirmed_at__isnull=False)
    assert line.counted.n == confirmed.exclude(school=None).count() == 1


def test_an_open_round_is_preliminary_and_not_compared_with_a_final_one(desk):
    page = queries.city_page(desk.actor("board_officer"), school_year=2026, today=desk.now.date())
    assert not page.year.is_final
    assert {line.change.reasons for line in page.lines if line.change} == {("速報と確報です",)}


def test_the_newest_final_round_is_shown_first(desk):
    page = queries.city_page(desk.actor("board_officer"), school_year=None, today=desk.now.date())
    assert (page.year.school_year, page.open_year.school_year) == (2025, 2026)
    assert (page.confirmed, page.asked) == (1, 2)


def test_the_movement_since_the_last_round(desk):
    for school in ("midorigaoka", OTHER):
        answer(desk, "absence_contact", "not_at_all", school, 2024)
        answer(desk, "absence_contact", "fully", school, 2025)
    assert city(desk)["absence_contact"].change == Difference(Decimal("100.0"))


def test_a_changed_wording_breaks_the_comparison(desk):
    later = desk.round(2025)
    revised = services.revise_set(
        actor=desk.actor("board_officer"),
        set_id=later.question_set_id,
        changes={
            "no_seal_documents": {"wording_since": 2025, "wording": "業務で押印は要りますか。"}
        },
        missing="一部",
        now=desk.now,
    )
    later.question_set = revised
    later.save()
    lines = city(desk)
    assert lines["no_seal_documents"].change == Difference(None, ("問いの文が変わりました",))
    assert lines["no_fax"].change.points is not None
    page = queries.item_page(
        desk.actor("board_officer"),
        item="no_seal_documents",
        school_year=2025,
        today=desk.now.date(),
    )
    city_row = next(row for row in page.years if row.area == "本市")
    breaks = {cell.year: cell.breaks for cell in city_row.known}
    assert breaks[2025] == ("問いの文が変わりました",)
    assert breaks[2024] == ()


@pytest.mark.parametrize(
    ("definition", "printed", "expected"),
    [
        (Definition.HALF_OR_MORE, "as_printed:半分以上", "+10.0"),
        (Definition.HALF_OR_MORE, "as_printed:完全", ""),
        (Definition.NO, "as_printed:使用していないと回答した割合", "+10.0"),
        (Definition.NO, "as_printed:使用していると回答した割合", ""),
        (None, "as_printed:何でも", "+10.0"),
    ],
)
def test_a_gap_needs_the_same_definition(definition, printed, expected):
    nation = Published("nation", Decimal("40.0"), "国", printed)
    found = gap(Decimal("50.0"), definition, nation)
    assert found.signed == expected
    assert bool(found.reasons) is not bool(expected)


def test_imported_counts_stand_for_a_year_without_a_round(desk):
    row = desk.round().question_set
    CountedFigure.objects.create(
        school_year=2023,
        item="no_fax",
        counts={"yes": 76, "no": 1},
        schools=77,
        source="令和5年度の集計",
    )
    assert row.questions().school_year == 2023
    line = city(desk, 2023)["no_fax"]
    assert (line.percent, line.counted.k, line.counted.n) == (Decimal("1.3"), 1, 77)


def test_one_item_with_kinds_of_schools_and_those_who_do_it_not_yet(desk):
    answer(desk, "guardian_surveys", "fully", "midorigaoka")
    answer(desk, "guardian_surveys", "less_than_half", OTHER)
    officer = desk.actor("board_officer")
    page = queries.item_page(
        officer, item="guardian_surveys", school_year=2025, today=desk.now.date()
    )
    assert page.kinds == ("小学校", "中学校")
    assert [(row.schools, row.by_kind) for row in page.spread] == [
        (1, (1, 0)),
        (0, (0, 0)),
        (1, (0, 1)),
        (0, (0, 0)),
    ]
    assert page.behind is None
    answer(desk, "guardian_surveys", "fully", OTHER)
    sheet = desk.sheet(OTHER, 2025)
    sheet.confirmed_at = sheet.confirmed_by = None
    sheet.save()
    page = queries.item_page(
        officer, item="guardian_surveys", school_year=2025, today=desk.now.date()
    )
    assert page.line.percent == Decimal("100.0")
    assert [(line.school, line.answer) for line in page.behind.schools] == [("東川端中学校", "")]
    with pytest.raises(Http404):
        queries.item_page(officer, item="unknown", school_year=2025, today=desk.now.date())


def test_a_school_sees_the_city_only_where_five_schools_stand_behind_it(desk, monkeypatch):
    principal = desk.actor("principal")
    page = queries.school_sheet(principal, school_year=None, today=desk.now.date())
    assert page.standing_year is None
    assert {one.city for one in page.asked} == {None}
    monkeypatch.setattr(sheet_reads, "FEWEST_SCHOOLS", 2)
    page = queries.school_sheet(principal, school_year=None, today=desk.now.date())
    assert page.standing_year.school_year == 2025
    shown = {one.question.key: one.city for one in page.asked}
    assert shown["no_fax"] == city(desk)["no_fax"].percent


def test_a_school_never_sees_the_figures_of_an_open_round(desk, monkeypatch):
    monkeypatch.setattr(sheet_reads, "FEWEST_SCHOOLS", 1)
    page = queries.school_sheet(desk.actor("principal"), school_year=2026, today=desk.now.date())
    assert page.standing_year.school_year == 2025


@pytest.mark.parametrize("role", ["principal", "office_staff", "homeroom_teacher"])
def test_no_school_reads_another_school_or_the_city(desk, role):
    actor = desk.actor(role)
    with pytest.raises(Http404):
        queries.sheet_of(actor, desk.sheet(OTHER).id, today=desk.now.date())
    for read in (
        lambda: queries.city_page(actor, school_year=None, today=desk.now.date()),
        lambda: queries.item_page(actor, item="no_fax", school_year=None, today=desk.now.date()),
        lambda: queries.progress_page(actor),
        lambda: queries.set_page(actor),
        lambda: queries.board_sheet(actor, school_year=None, today=desk.now.date()),
    ):
        with pytest.raises(Refused):
            read()
    assert (
        queries.school_sheet(actor, school_year=None, today=desk.now.date()).name == "緑が丘小学校"
    )


def test_the_city_page_asks_few_questions_of_the_database(desk):
    officer = desk.actor("board_officer")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.city_page(officer, school_year=2025, today=desk.now.date())
    assert len(asked) <= 17
