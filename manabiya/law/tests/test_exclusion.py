"""The first day back after an infection: every disease of the regulation, then properties."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.exclusion import (
    DEFAULT_RULES,
    DISEASES,
    ExclusionRules,
    disease_of,
    earliest_return,
    not_before,
)


def january(day):
    return date(2026, 1, day)


@pytest.mark.parametrize(
    ("disease", "onset", "relief", "back"),
    [
        ("influenza", 10, 12, 16),
        ("influenza", 10, 13, 16),
        ("influenza", 10, 14, 17),
        ("influenza", 10, 20, 23),
        ("covid19", 10, 12, 16),
        ("covid19", 10, 14, 16),
        ("covid19", 10, 15, 17),
        ("covid19", 10, 10, 16),
        ("measles", 8, 12, 16),
        ("mumps", 10, 12, 16),
        ("mumps", 10, 16, 16),
        ("mumps", 10, 18, 18),
        ("pertussis", 8, 15, 15),
        ("rubella", 8, 12, 12),
        ("chickenpox", 8, 14, 14),
        ("pharyngoconjunctival_fever", 8, 12, 15),
    ],
)
def test_the_first_day_back(disease, onset, relief, back):
    assert earliest_return(disease, january(onset), january(relief)) == january(back)


def test_small_children_with_influenza_wait_three_days():
    days = january(10), january(14)
    assert earliest_return("influenza", *days, is_infant=True) == january(18)
    assert earliest_return("covid19", *days, is_infant=True) == january(16)


@pytest.mark.parametrize(
    ("disease", "lower_bound"),
    [
        ("influenza", 16),
        ("covid19", 16),
        ("mumps", 16),
        ("measles", 14),
        ("pharyngoconjunctival_fever", 13),
        ("pertussis", 10),
        ("rubella", 10),
        ("chickenpox", 10),
    ],
)
def test_without_relief_there_is_only_a_lower_bound(disease, lower_bound):
    assert earliest_return(disease, january(10)) is None
    assert not_before(disease, january(10)) == january(lower_bound)


def test_only_a_doctor_decides_on_the_others():
    by_doctor = [key for key, found in DISEASES.items() if found.rule.from_relief is None]
    assert sorted({DISEASES[key].class_no for key in by_doctor}) == [1, 2, 3]
    assert {key for key in by_doctor if DISEASES[key].class_no == 2} == {
        "tuberculosis",
        "meningococcal_meningitis",
    }
    for key in by_doctor:
        assert earliest_return(key, january(8), january(30)) is None
        assert not_before(key, january(8)) is None


def test_the_three_classes():
    labels = {n: [d.label for d in DISEASES.values() if d.class_no == n] for n in (1, 2, 3)}
    assert labels[1] == [
        "エボラ出血熱",
        "クリミア・コンゴ出血熱",
        "痘そう",
        "南米出血熱",
        "ペスト",
        "マールブルグ病",
        "ラッサ熱",
        "急性灰白髄炎",
        "ジフテリア",
        "重症急性呼吸器症候群",
        "中東呼吸器症候群",
        "特定鳥インフルエンザ",
        "新型インフルエンザ等感染症",
        "指定感染症",
        "新感染症",
    ]
    assert labels[2] == [
        "インフルエンザ",
        "新型コロナウイルス感染症",
        "百日咳",
        "麻しん",
        "流行性耳下腺炎",
        "風しん",
        "水痘",
        "咽頭結膜熱",
        "結核",
        "髄膜炎菌性髄膜炎",
    ]
    assert [label.split("(")[0] for label in labels[3]] == [
        "コレラ",
        "細菌性赤痢",
        "腸管出血性大腸菌感染症",
        "腸チフス",
        "パラチフス",
        "流行性角結膜炎",
        "急性出血性結膜炎",
        "その他の感染症",
    ]
    assert str(disease_of("influenza")).startswith("第二種、発症後5日")


@pytest.mark.parametrize("call", [earliest_return, not_before])
def test_an_unknown_disease_is_refused(call):
    with pytest.raises(ValueError, match="hiccup"):
        call("hiccup", january(1))
    with pytest.raises(ValueError, match="hiccup"):
        disease_of("hiccup")


def test_relief_before_onset_is_refused():
    with pytest.raises(ValueError, match="発症日より前"):
        earliest_return("influenza", january(10), january(9))


def test_a_board_may_count_otherwise_from_its_own_date():
    chickenpox = DISEASES["chickenpox"]
    later = replace(chickenpox, rule=replace(chickenpox.rule, from_relief=1))
    rules = ExclusionRules(date(2026, 4, 1), {**DISEASES, "chickenpox": later})
    assert DEFAULT_RULES.valid_from == date(2023, 5, 8)
    assert earliest_return("chickenpox", january(8), january(14), rules=rules) == january(15)
    assert not_before("chickenpox", january(8), rules=rules) == january(9)


@given(st.sampled_from(sorted(DISEASES)), st.integers(0, 40), st.integers(0, 40))
def test_nobody_returns_before_the_lower_bound_nor_earlier_for_later_relief(key, first, more):
    onset = january(1)
    early = earliest_return(key, onset, onset + timedelta(first))
    late = earliest_return(key, onset, onset + timedelta(first + more))
    bound = not_before(key, onset)
    if bound is None:
        assert early is late is None
    else:
        assert onset <= bound <= early <= late
