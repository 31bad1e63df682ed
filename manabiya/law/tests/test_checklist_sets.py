"""Question sets, inferred counts, points: what is taken, what is refused and where it says so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.checklist import percent, why_not_comparable
from manabiya.law.checklist_answers import BINARY, GRADED, Answer, Definition, Polarity
from manabiya.law.checklist_inference import Fit, Inferred, infer
from manabiya.law.checklist_items import AnswerType
from manabiya.law.checklist_points import Points, Weighed, mean_of, points_of
from manabiya.law.checklist_rounds import Figure
from manabiya.law.checklist_sets import SetRefused, definition_of, figure, read_set

CITY = {"area": "city", "percent": "98.7", "source": "計画", "definition": "as_printed:半分以上"}


def a_set(*questions, **changes):
    return {
        "key": "r5",
        "school_year": 2023,
        "title": "令和5年度",
        "source": "計画",
        "questions": list(questions) or [a_question()],
        **changes,
    }


def a_question(number=1, **changes):
    return {"number": number, "key": f"item{number}", "label": f"項目{number}", **changes}


def test_a_set_is_read_as_it_is_written():
    found = read_set(
        a_set(
            a_question(
                2, wording="行っていますか。", answer_type="graded", in_plan=1, weight="2.5"
            ),
            a_question(1, respondent="board", wording_since=2019),
            possible_sizes=[77, 78],
            version=3,
            missing="一部",
        )
    )
    assert (found.key, found.version, found.school_year) == ("r5", 3, 2023)
    two, one = found.questions
    assert (two.text, one.text) == ("行っていますか。", "項目1")
    assert (two.weight, one.weight) == (Decimal("2.5"), Decimal(1))
    assert (two.wording_since, one.wording_since) == (2023, 2019)
    assert (two.scale, one.scale) == (GRADED, ())
    assert (two.respondent, one.respondent) == ("school", "board")
    assert found.plan_rows == [two]
    assert two.figure_of("city") is None


def test_an_inverted_question_has_the_other_polarity():
    rows = [a_question(answer_type="inverted_binary"), a_question(2, answer_type="binary")]
    found = [question.polarity for question in read_set(a_set(*rows)).questions]
    assert found == [Polarity.INVERTED, Polarity.POSITIVE]


def test_a_set_with_something_missing_or_without_wording_is_incomplete():
    worded = a_question(wording="ありますか。")
    assert read_set(a_set(worded)).is_complete
    assert not read_set(a_set(worded, missing="36問のうち1問だけ")).is_complete
    assert not read_set(a_set(worded, a_question(2))).is_complete


def test_a_published_figure_keeps_what_was_printed():
    row = a_question(published=[CITY, {**CITY, "area": "nation", "doubt": "合いません"}])
    city, nation = read_set(a_set(row, possible_sizes=[77, 78])).questions[0].published
    assert (str(city.percent), city.source, city.said_definition) == ("98.7", "計画", "半分以上")
    assert city.inferred == Inferred(Fit(76, 77), (Fit(77, 78),))
    assert nation.inferred is None
    assert (city.is_definition_doubtful, nation.is_definition_doubtful) == (False, True)
    assert read_set(a_set(row)).questions[0].figure_of("city").inferred is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (a_set(title=""), "設問の版: 名前がありません。"),
        (a_set(source=" "), "令和5年度: 出典がありません。"),
        ({**a_set(), "questions": []}, "令和5年度: 質問がありません。"),
        (a_set(a_question(), a_question()), "令和5年度: 質問1が二度あります。"),
        (a_set(a_question(), a_question(2, key="item1")), "令和5年度: 質問item1が二度あります。"),
        (a_set(a_question(7, label="")), "質問7: 見出しがありません。"),
        (a_set(a_question(7, respondent="child")), "質問7: 回答する人「child」がわかりません。"),
        (a_set(a_question(7, answer_type="mood")), "質問7: 答え方「mood」がわかりません。"),
        (a_set(a_question(7, weight="多い")), "質問7 配点: 「多い」は数ではありません。"),
        (
            a_set(a_question(7, published=[{**CITY, "source": ""}])),
            "質問7 本市 公表された割合: 出典がありません。",
        ),
        (
            a_set(a_question(7, published=[{**CITY, "definition": ""}])),
            "質問7 本市 公表された割合: 定義がありません。",
        ),
        (
            a_set(a_question(7, published=[{**CITY, "area": "village"}])),
            "質問7: 公表値の範囲「village」がわかりません。",
        ),
        (
            a_set(a_question(7, published=[{**CITY, "percent": "101"}])),
            "質問7 本市: 割合101は0から100の間ではありません。",
        ),
        (
            a_set(a_question(7, published=[{**CITY, "percent": None}])),
            "質問7 本市: 「None」は数ではありません。",
        ),
        (
            a_set(a_question(7, published=[{**CITY, "status": "うわさ"}])),
            "質問7 本市: 公表値の「うわさ」は、確報でも速報でもありません。",
        ),
    ],
)
def test_what_cannot_be_taken_names_its_place(given, message):
    with pytest.raises(SetRefused) as refusal:
        read_set(given)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("answer_type", "definition"),
    [
        (AnswerType.BINARY, Definition.YES),
        (AnswerType.INVERTED_BINARY, Definition.NO),
        (AnswerType.GRADED, Definition.HALF_OR_MORE),
        (AnswerType.STAFF_SHARE, Definition.HALF_OR_MORE),
        (AnswerType.UNKNOWN, None),
        (AnswerType.EFFECT, None),
    ],
)
def test_the_definition_a_counted_figure_uses(answer_type, definition):
    assert definition_of(answer_type) is definition


@given(st.integers(1, 200), st.data())
def test_the_true_count_is_always_among_the_inferred(schools, data):
    count = data.draw(st.integers(0, schools))
    found = infer(percent(count, schools), [schools])
    assert Fit(count, schools) in (found.fit, *found.others)


def test_inferred_counts_are_marked_as_such():
    assert str(infer(Decimal("1.3"), [77, 78])) == "推定 1/77(ほかに1/78も合います)"
    assert str(infer(Decimal("80.5"), [77, 78])) == "推定 62/77"
    assert infer(Decimal("80.5"), []) is None
    with pytest.raises(ValueError, match="1以上"):
        infer(Decimal("80.5"), [0])


def test_a_question_that_changed_its_wording_is_not_compared():
    rounds = [
        read_set(a_set(a_question(wording_since=since), school_year=year)).questions[0]
        for year, since in ((2023, 2023), (2024, 2024), (2025, 2024))
    ]
    before, after, later = (
        figure(question, year, Definition.NO)
        for question, year in zip(rounds, (2023, 2024, 2025), strict=True)
    )
    assert why_not_comparable(before, after) == ["問いの文が変わりました"]
    assert why_not_comparable(after, later) == ["対象の学校種が違います"]


def test_the_kinds_of_schools_changed_for_the_nation_only():
    early, late = (Figure(year, "x", Definition.NO, is_national=False) for year in (2024, 2025))
    assert why_not_comparable(early, late) == []
    assert why_not_comparable(early, Figure(2025, "x", Definition.NO)) == ["対象の学校種が違います"]


@pytest.mark.parametrize(
    ("answer", "scale", "polarity", "reached"),
    [
        (Answer.FULLY, GRADED, Polarity.POSITIVE, "3.0"),
        (Answer.HALF_OR_MORE, GRADED, Polarity.POSITIVE, "2.0"),
        (Answer.LESS_THAN_HALF, GRADED, Polarity.POSITIVE, "1.0"),
        (Answer.NOT_AT_ALL, GRADED, Polarity.POSITIVE, "0.0"),
        (Answer.HALF_OR_MORE, GRADED[1:], Polarity.POSITIVE, "3.0"),
        (Answer.LESS_THAN_HALF, GRADED[1:], Polarity.POSITIVE, "1.5"),
        (Answer.YES, BINARY, Polarity.POSITIVE, "3.0"),
        (Answer.NO, BINARY, Polarity.POSITIVE, "0.0"),
        (Answer.NO, BINARY, Polarity.INVERTED, "3.0"),
        (Answer.YES, BINARY, Polarity.INVERTED, "0.0"),
    ],
)
def test_points_of_an_answer(answer, scale, polarity, reached):
    found = points_of([Weighed(answer, scale, polarity, Decimal(3)), Weighed(None, scale)])
    assert found == Points(Decimal(reached), Decimal("3.0"), 1, 2)
    assert str(found) == f"{reached}/3.0点(2問中1問に回答)"


def test_points_of_nothing_and_of_a_foreign_scale():
    assert points_of([]) == Points(Decimal("0.0"), Decimal("0.0"), 0, 0)
    with pytest.raises(ValueError, match="選択肢にない"):
        points_of([Weighed(Answer.FULLY, GRADED[1:])])


def test_means_are_of_one_polarity_only():
    up, down = (Decimal("80.5"), Polarity.POSITIVE), (Decimal("6.5"), Polarity.INVERTED)
    assert mean_of([up, (Decimal("46.1"), Polarity.POSITIVE)]) == Decimal("63.3")
    assert mean_of([down]) == Decimal("6.5")
    for shares, reason in (([up, down], "向きの違う"), ([], "ありません")):
        with pytest.raises(ValueError, match=reason):
            mean_of(shares)


def test_answers_and_weights_are_written_for_people():
    assert str(Weighed(Answer.YES, BINARY)) == "ある・している(配点1)"
    assert str(Weighed(None, BINARY)) == "回答なし(配点1)"
