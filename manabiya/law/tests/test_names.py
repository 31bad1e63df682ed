"""Names: what CP932 and JIS X 0213 cannot hold, letters with IVS, and names that stay as they are."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law import input_text, kana, names

KAMI = "\ufa19"
"""神 as a compatibility ideograph: NFC turns it into U+795E."""
KATSU = "葛\U000e0100"
UNSAFE = [chr(c) for block in names.COMPATIBILITY_IDEOGRAPHS for c in block]
UNSAFE = [c for c in UNSAFE if unicodedata.normalize("NFC", c) != c]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("髙﨑栁濵", []),
        ("山田太郎", []),
        ("𠮷田", ["𠮷"]),
        ("𠮷𠮷野家", ["𠮷"]),
        (f"{KATSU}城", [KATSU]),
        (f"{KAMI}田", []),
        ("한글", ["한", "글"]),
        ("〜−‖¬¢£", []),
        ("", []),
    ],
)
def test_letters_cp932_cannot_hold(text, gaps):
    assert names.cp932_gaps(text) == gaps


def test_six_letters_come_back_from_cp932_as_others():
    assert names.cp932_changes("¢£¬‖−〜〜山") == ["¢", "£", "¬", "‖", "−", "〜"]
    for letter in names.CP932_CHANGES:
        assert letter.encode("cp932").decode("cp932") != letter


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF), max_size=12))
def test_cp932_holds_exactly_what_is_no_gap(text):
    gaps = names.cp932_gaps(text)
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        assert gaps
    else:
        assert gaps == []


@pytest.mark.parametrize(
    ("text", "gaps"),
    [("山﨑", []), ("髙田", ["髙"]), ("𠮷田", ["𠮷"]), (f"{KATSU}城", [KATSU]), ("𠀋", [])],
)
def test_letters_outside_jis_x_0213(text, gaps):
    assert names.display_gaps(text) == gaps


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (f"{KATSU}城", [KATSU, "城"]),
        ("山田", ["山", "田"]),
        ("か\u3099く", ["か\u3099", "く"]),
        ("神\ufe00田", ["神\ufe00", "田"]),
        ("\U000e0100山", ["\U000e0100", "山"]),
        ("", []),
    ],
)
def test_a_selector_belongs_to_the_letter_before(text, letters):
    assert list(names.letters(text)) == letters
    assert names.length(text) == len(letters)


@given(st.text(max_size=20))
def test_letters_put_together_are_the_text(text):
    assert "".join(names.letters(text)) == text


def test_an_export_replaces_gaps_and_lists_them():
    assert names.for_cp932("𠮷田", {"𠮷": "吉"}) == names.Export("吉田", ("𠮷",))
    assert names.for_cp932(f"𠮷{KATSU}") == names.Export("〓〓", ("𠮷", KATSU))
    assert names.for_cp932("山田", {"山": "川"}) == names.Export("山田", ())


def test_a_substitute_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="𠮷"):
        names.for_cp932("吉田", {"吉": "𠮷"})


@given(st.text(max_size=12))
def test_an_export_always_fits(text):
    found = names.for_cp932(text)
    found.text.encode("cp932")
    assert bool(found.replaced) == (found.text != text)


def test_nfc_would_lose_a_variant():
    assert names.lost_by_nfc(f"{KAMI}{KAMI}田") == [KAMI]
    assert names.lost_by_nfc("\ufa11\u9ad9") == []
    assert names.is_compatibility_ideograph("\ufa11")
    assert not names.is_compatibility_ideograph("神")


def test_normalising_composes_readings():
    assert names.normalize_keeping_ideographs("か\u3099") == "が"
    assert names.normalize_keeping_ideographs("ｶﾞＡ", "NFKC") == "ガA"


@given(st.text(st.sampled_from([*UNSAFE, "山", "\U000e0100"]), min_size=1, max_size=6))
def test_an_nfc_unsafe_name_survives_unchanged(name):
    assert names.normalize_keeping_ideographs(name) == name
    assert names.normalize_keeping_ideographs(name, "NFKC") == name
    assert kana.to_full_width(name) == name
    assert kana.to_hiragana(name) == kana.to_katakana(name) == name
    assert input_text.tidy(name) == name
    assert "".join(names.letters(name)) == name
    assert set(names.lost_by_nfc(name)) == set(name) & set(UNSAFE)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("〒０７０－００３５", "0700035"), ("070-0035", "0700035"), ("070 0035 ".strip(), None)],
)
def test_postal_codes_are_seven_digits(typed, digits):
    if digits is None:
        with pytest.raises(ValueError, match="7桁"):
            input_text.postal_code(typed)
    else:
        assert input_text.postal_code(typed) == digits


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("０１６６−００−００００", "0166-00-0000"),
        ("090 0000 0000", "09000000000"),
        ("03ー0000ー0000", "03-0000-0000"),
    ],
)
def test_phone_numbers_are_digits_and_hyphens(typed, number):
    assert input_text.phone_number(typed) == number


@pytest.mark.parametrize("typed", ["0166-00", "1166-00-0000", "でんわ", "090-0000-00000"])
def test_other_phone_numbers_are_refused(typed):
    with pytest.raises(ValueError, match="10桁か11桁"):
        input_text.phone_number(typed)


def test_free_text_keeps_one_kind_of_wave_dash():
    assert input_text.tidy(" 10～20日\n") == "10〜20日"
    with pytest.raises(ValueError, match="制御文字"):
        input_text.tidy("あ\x00")
