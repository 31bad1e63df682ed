"""Codes of schools, grades, subjects and municipalities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.education_code import SUBJECTS, grade_code, is_municipality_code, subject_of
from manabiya.law.school_code import FOUNDERS, KINDS, SchoolCode, check_digit, is_valid, parse

VALID = [
    "B108254200026",
    "B101210000018",
    "C101210000016",
    "C201210000015",
    "F112310102342",
    "H113310400202",
]


@pytest.mark.parametrize("code", VALID)
def test_published_codes_are_valid(code):
    assert is_valid(code)
    assert check_digit(code[:12]) == int(code[12])
    assert parse(code).code == code


def test_a_code_is_taken_apart():
    assert parse("B108254200026") == SchoolCode("B1", "08", "2", "5420002", 6)
    assert str(parse("C201210000015")) == (
        "義務教育学校、都道府県番号 01、公立、学校番号 1000001、検査数字 5"
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("B108254200027", "検査数字"),
        ("B308254200026", "学校種"),
        ("B100254200026", "都道府県番号"),
        ("B148254200026", "都道府県番号"),
        ("B108454200026", "設置区分"),
        ("B108204200026", "1〜9で始まります"),
        ("b108254200026", "13文字"),
        ("Ｂ108254200026", "13文字"),
        ("B10825420002", "13文字"),
        ("B1082542000266", "13文字"),
        (" B108254200026", "13文字"),
        ("B10825420002６", "13文字"),
        ("I108254200026", "13文字"),
        ("", "13文字"),
    ],
)
def test_other_codes_are_refused_with_the_reason(code, reason):
    assert not is_valid(code)
    with pytest.raises(ValueError, match=reason):
        parse(code)


@pytest.mark.parametrize("start", ["B1082542000", "B108254200026", "1108254200026", "B1O825420002"])
def test_a_check_digit_needs_a_letter_and_eleven_digits(start):
    with pytest.raises(ValueError, match="12文字"):
        check_digit(start)


def starts():
    return st.builds(
        "{}{:02d}{}{}".format,
        st.sampled_from(sorted(KINDS)),
        st.integers(1, 47),
        st.sampled_from(sorted(FOUNDERS)),
        st.integers(1_000_000, 9_999_999),
    )


@given(starts())
def test_exactly_one_digit_makes_a_code_valid(start):
    assert [d for d in range(10) if is_valid(f"{start}{d}")] == [check_digit(start)]


@given(starts(), st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_changes_the_check_digit(start, place, step):
    wrong = str((int(start[place]) + step) % 10)
    assert check_digit(start[:place] + wrong + start[place + 1 :]) != check_digit(start)


def test_grade_codes():
    codes = ["P1", "P2", "P3", "P4", "P5", "P6", "J1", "J2", "J3"]
    assert [grade_code(grade) for grade in range(1, 10)] == codes
    for grade in (0, 10):
        with pytest.raises(ValueError, match="1から9"):
            grade_code(grade)


def test_subject_codes():
    elementary = "国語 社会 算数 理科 生活 音楽 図画工作 家庭 体育 外国語"
    junior_high = "国語 社会 数学 理科 音楽 美術 保健体育 技術・家庭 外国語"
    assert " ".join(v for k, v in SUBJECTS.items() if k[0] == "P") == elementary
    assert " ".join(v for k, v in SUBJECTS.items() if k[0] == "J") == junior_high
    assert (subject_of("P010"), subject_of("P100"), subject_of("J090")) == (
        "国語",
        "外国語",
        "外国語",
    )
    with pytest.raises(ValueError, match="P110"):
        subject_of("P110")


@pytest.mark.parametrize(
    ("code", "holds"),
    [
        ("012041", True),
        ("131016", True),
        ("012042", False),
        ("01204", False),
        ("01204A", False),
        ("０１２０４１", False),
    ],
)
def test_municipality_codes(code, holds):
    assert is_municipality_code(code) is holds
