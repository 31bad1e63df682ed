"""The checklist: every published figure of the round 令和5年度, definitions, comparability."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.checklist import (
    Answer,
    Definition,
    Figure,
    Polarity,
    band,
    good_share,
    is_comparable,
    percent,
    share_of,
    why_not_comparable,
)
from manabiya.law.checklist_items import ITEMS, item_of

PUBLISHED = [
    # no, key, a city, the nation, schools that give the city's figure, band, polarity, answers,
    # whether the definition is doubtful
    (
        1,
        "staff_information_sharing",
        "80.5",
        "72.0",
        [(62, 77)],
        "80以上",
        "positive",
        "binary",
        False,
    ),
    (2, "on_demand_training", "80.5", "46.1", [(62, 77)], "80以上", "positive", "binary", False),
    (
        3,
        "paperless_meetings",
        "98.7",
        "90.4",
        [(76, 77), (77, 78)],
        "80以上",
        "positive",
        "graded",
        False,
    ),
    (4, "guardian_surveys", "91.0", "84.4", [(71, 78)], "80以上", "positive", "graded", False),
    (5, "staff_surveys", "92.3", "91.5", [(72, 78)], "80以上", "positive", "graded", False),
    (6, "school_fees_by_bank", "94.8", "82.7", [(73, 77)], "80以上", "positive", "graded", True),
    (7, "student_surveys", "93.6", "79.6", [(73, 78)], "80以上", "positive", "graded", False),
    (8, "vacation_whereabouts", "32.5", "29.1", [(25, 77)], "50未満", "positive", "graded", False),
    (9, "absence_contact", "35.1", "65.2", [(27, 77)], "50未満", "positive", "graded", False),
    (10, "hybrid_training", "15.6", "41.8", [(12, 77)], "50未満", "positive", "graded", False),
    (11, "cbt_in_periodic_exams", "7.8", "8.6", [(6, 77)], "50未満", "positive", "unknown", False),
    (12, "vacation_homework", "19.5", "67.5", [(15, 77)], "50未満", "positive", "graded", False),
    (13, "staff_paperwork", "33.8", "41.2", [(26, 77)], "50未満", "positive", "graded", False),
    (14, "hybrid_meetings", "15.6", "14.6", [(12, 77)], "50未満", "positive", "graded", True),
    (
        15,
        "student_managed_passwords",
        "26.0",
        "39.0",
        [(20, 77)],
        "50未満",
        "positive",
        "binary",
        False,
    ),
    (16, "generative_ai", "33.8", "23.2", [(26, 77)], "50未満", "positive", "staff_share", True),
    (
        17,
        "no_paper_documents",
        "6.5",
        "4.5",
        [(5, 77)],
        "50未満",
        "inverted",
        "inverted_binary",
        False,
    ),
    (
        18,
        "no_seal_documents",
        "14.3",
        "12.8",
        [(11, 77)],
        "50未満",
        "inverted",
        "inverted_binary",
        False,
    ),
    (
        19,
        "no_fax",
        "1.3",
        "4.1",
        [(1, 77), (1, 78)],
        "50未満",
        "inverted",
        "inverted_binary",
        False,
    ),
]
CITY_SIZES = (77, 78)
"""Schools of the city that may have answered an item."""


@pytest.mark.parametrize("row", PUBLISHED, ids=[row[1] for row in PUBLISHED])
def test_a_published_item(row):
    no, key, city, national, fits, in_band, polarity, answer_type, is_doubtful = row
    item = item_of(key)
    assert (item.no, item.national_percent) == (no, Decimal(national))
    assert (item.polarity, item.answer_type.value) == (Polarity(polarity), answer_type)
    assert item.is_definition_doubtful == item.figure.is_definition_doubtful == is_doubtful
    assert item.definition is (Definition.NO if polarity == "inverted" else Definition.HALF_OR_MORE)
    assert [percent(k, n) for k, n in fits] == [Decimal(city)] * len(fits)
    assert band(Decimal(city)) == in_band


@pytest.mark.parametrize("row", PUBLISHED, ids=[row[1] for row in PUBLISHED])
def test_no_other_number_of_schools_gives_the_printed_figure(row):
    _, _, city, _, fits, *_ = row
    found = [(k, n) for n in CITY_SIZES for k in range(n + 1) if percent(k, n) == Decimal(city)]
    assert sorted(found) == sorted(fits)


def test_all_nineteen_items_and_no_other():
    assert list(ITEMS) == [row[1] for row in PUBLISHED]
    assert len(ITEMS) == 19
    with pytest.raises(ValueError, match="unknown"):
        item_of("unknown")


def test_the_other_figure_of_the_plan():
    assert (percent(32, 50), percent(15, 25)) == (Decimal("64.0"), Decimal("60.0"))


def test_items_are_written_for_people():
    assert str(item_of("no_fax")) == "FAXを使っていない 全国 4.1%(ない・していないと回答した割合)"
    assert str(item_of("generative_ai")).endswith("23.2%(半分以上、定義に疑いあり)")


@pytest.mark.parametrize(
    ("k", "n", "share"),
    [(0, 5, "0.0"), (5, 5, "100.0"), (1, 2000, "0.1"), (1, 2001, "0.0"), (1, 16, "6.3")],
)
def test_percent_rounds_half_up(k, n, share):
    assert str(percent(k, n)) == share


@pytest.mark.parametrize(("k", "n"), [(0, 0), (1, 0), (2, 1), (-1, 5), (0, -1)])
def test_percent_of_nothing_or_more_than_all_is_refused(k, n):
    with pytest.raises(ValueError, match="回答した学校"):
        percent(k, n)


@given(st.integers(1, 30000), st.data())
def test_percent_is_never_more_than_half_a_tenth_off(n, data):
    k = data.draw(st.integers(0, n))
    off = Fraction(percent(k, n)) - Fraction(k * 100, n)
    assert Fraction(-1, 20) < off <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("share", "expected"),
    [("80", "80以上"), ("79.9", "50以上80未満"), ("50", "50以上80未満"), ("49.9", "50未満")],
)
def test_bands(share, expected):
    assert band(Decimal(share)) == expected


GRADED = {
    Answer.FULLY: 28,
    Answer.HALF_OR_MORE: 27,
    Answer.LESS_THAN_HALF: 8,
    Answer.NOT_AT_ALL: 14,
}


@pytest.mark.parametrize(
    ("definition", "k", "share"),
    [
        (Definition.FULLY, 28, "36.4"),
        (Definition.HALF_OR_MORE, 55, "71.4"),
        (Definition.ANY, 63, "81.8"),
    ],
)
def test_a_share_says_which_answers_it_counts(definition, k, share):
    found = share_of(GRADED, definition)
    assert (found.k, found.n, found.percent) == (k, 77, Decimal(share))
    assert str(found) == f"{share}%(77校中{k}校、{definition.label})"


@pytest.mark.parametrize(
    ("answers", "definition", "reason"),
    [
        ({Answer.YES: 1}, Definition.FULLY, "数えられない回答"),
        (GRADED, Definition.NO, "数えられない回答"),
        ({Answer.YES: -1, Answer.NO: 2}, Definition.NO, "0より小さく"),
        ({}, Definition.ANY, "回答した学校がない"),
    ],
)
def test_shares_of_other_scales_or_nobody_are_refused(answers, definition, reason):
    with pytest.raises(ValueError, match=reason):
        share_of(answers, definition)


def test_an_inverted_question_counts_those_who_do_not():
    answers = {Answer.YES: 76, Answer.NO: 1}
    assert good_share(answers, Polarity.INVERTED).percent == Decimal("1.3")
    assert good_share(answers, Polarity.POSITIVE).percent == Decimal("98.7")
    assert good_share({Answer.YES: 5, Answer.NO: 0}, Polarity.INVERTED).percent == Decimal("0.0")


SEAL = Figure(2023, "no_seal_documents", Definition.NO)
MEETINGS = Figure(2023, "paperless_meetings", Definition.HALF_OR_MORE)


@pytest.mark.parametrize(
    ("a", "b", "reasons"),
    [
        (SEAL, SEAL, []),
        (MEETINGS, Figure(2024, "paperless_meetings", Definition.HALF_OR_MORE), []),
        (SEAL, Figure(2024, "no_seal_documents", Definition.NO), ["問いの文が変わりました"]),
        (
            Figure(2024, "no_fax", Definition.NO),
            Figure(2025, "no_fax", Definition.NO),
            ["対象の学校種が違います"],
        ),
        (
            MEETINGS,
            Figure(2023, "paperless_meetings", Definition.ANY, is_final=False),
            ["定義が違います", "速報と確報です"],
        ),
        (MEETINGS, SEAL, ["項目が違います", "定義が違います"]),
        (
            ITEMS["school_fees_by_bank"].figure,
            ITEMS["school_fees_by_bank"].figure,
            ["定義に疑いがあります"],
        ),
    ],
)
def test_figures_that_cannot_be_compared_say_why(a, b, reasons):
    assert why_not_comparable(a, b) == why_not_comparable(b, a)
    assert why_not_comparable(a, b) == reasons
    assert is_comparable(a, b) == (not reasons)


def test_figures_are_written_for_people():
    assert str(SEAL) == "2023年度 no_seal_documents(ない・していないと回答した割合、確報)"
    assert str(Figure(2023, "x", Definition.ANY, True, False)).endswith("速報、定義に疑いあり)")
