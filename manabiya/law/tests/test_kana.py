"""Kana: the order of the syllabary, conversions, and names left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law import kana

IN_ORDER = [
    "オオノ",
    "オノ",
    "キョウコ",
    "キヨコ",
    "サトウ",
    "サドウ",
    "サトー",
    "ハハ",
    "ハバ",
    "ババ",
    "パパ",
]


def test_order_of_the_syllabary():
    found = kana.in_syllabary_order((name, "") for name in reversed(IN_ORDER))
    assert [name for name, _ in found] == IN_ORDER
    keys = [kana.sort_key(name, "") for name in IN_ORDER]
    assert all(a < b for a, b in pairwise(keys))


def test_family_name_goes_before_given_name():
    assert kana.sort_key("はら", "みか") < kana.sort_key("はらだ", "あい")
    assert kana.sort_key("はら", "あい") < kana.sort_key("はら", "みか")


@pytest.mark.parametrize(
    ("reading", "key"),
    [
        ("サトー", ("さとお", "000", "111")),
        ("ばぱ", ("はは", "12", "11")),
        ("キョウ", ("きよう", "000", "101")),
        ("ヴァン", ("うあん", "100", "101")),
        ("ヷ", ("わ", "1", "1")),
        ("みすゞ", ("みすす", "001", "111")),
        ("バヽ", ("はは", "10", "11")),
        ("ジョン・スミス", ("しよんすみす", "100000", "101111")),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", ("やまたたろう", "001000", "111111")),
        ("ンー", ("んん", "00", "11")),
        ("ー", ("ー", "0", "1")),
        ("ゝ", ("ゝ", "0", "1")),
        ("\u3099あ", ("あ", "0", "1")),
        ("", ("", "", "")),
    ],
)
def test_keys_of_readings(reading, key):
    assert kana.sort_key(reading, "") == (key, ("", "", ""))


@pytest.mark.parametrize(
    "row", ["あかさたなはまやらわ", "いきしちにひみり", "おこそとのほもよろを"]
)
def test_a_long_vowel_is_the_vowel_of_the_letter_before(row):
    assert {kana.sort_key(f"{letter}ー", "")[0][0][-1] for letter in row} == {row[0]}


def test_conversions():
    assert kana.to_full_width("ｶﾞｯｺｳ") == "ガッコウ"
    assert kana.to_full_width("Ａ１ｰ") == "A1ー"
    assert kana.to_hiragana("ガッコウー") == "がっこうー"
    assert kana.to_katakana("がっこうー") == "ガッコウー"
    assert kana.to_half_width("ガッコウ、パーティヴ ヰ山A") == "ｶﾞｯｺｳ､ﾊﾟｰﾃｨｳﾞ ヰ山A"


@given(st.text(st.sampled_from("アガパヴヷッャー・、。「」ン")))
def test_half_and_full_width_are_each_others_way_back(text):
    assert kana.to_full_width(kana.to_half_width(text)) == text


@given(st.text(st.sampled_from("ぁあがぱゔゕゖんっゃー山")))
def test_hiragana_and_katakana_are_each_others_way_back(text):
    assert kana.to_hiragana(kana.to_katakana(text)) == text


KANA = st.text(st.sampled_from("あいうえおかがきぎぱばはょよっつーんアヴゝ・ "), max_size=6)


@given(st.lists(st.tuples(KANA, KANA), max_size=12))
def test_sort_keys_are_a_total_order(names):
    keys = [kana.sort_key(*name) for name in names]
    assert all((a < b) + (a == b) + (a > b) == 1 for a in keys for b in keys)
    ordered = sorted(keys)
    assert all(a <= b for a, b in pairwise(ordered))
    assert sorted(reversed(ordered)) == ordered
    assert all(a <= c for a in keys for b in keys if a <= b for c in keys if b <= c)


@given(KANA, KANA)
def test_width_and_script_do_not_change_the_key(family, given_name):
    key = kana.sort_key(family, given_name)
    assert kana.sort_key(kana.to_katakana(family), kana.to_hiragana(given_name)) == key


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_has_a_key_of_equal_lengths(family, given_name):
    for base, marks, sizes in kana.sort_key(family, given_name):
        assert len(marks) == len(sizes)
        assert len(base) >= 0
