"""What a form of symptoms says, and how two people's forms meet."""

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.observation.rules import GOOD, SYMPTOMS, Clash, Entry, Health, health, merge

CHILD = UUID(int=1)
OTHER = UUID(int=2)
values = st.builds(
    health,
    st.sets(st.sampled_from(SYMPTOMS)),
    st.none() | st.decimals("34.0", "42.0", places=1),
    st.sampled_from(["", "保健室で休む", "朝から"]),
)


def heat(text):
    return Decimal(text)


def test_value_has_one_form():
    assert health(["fever", "headache", "fever"], heat("37.80"), "  朝から ") == Health(
        ("headache", "fever"), heat("37.8"), "朝から"
    )
    assert health() == GOOD
    assert GOOD.is_good
    assert not health((), heat("36.5")).is_ill
    assert health(["other"]).is_ill


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"symptoms": ["sneeze"]}, "no symptom: sneeze"),
        ({"temperature": heat("33.9")}, "no temperature"),
        ({"temperature": heat("42.1")}, "no temperature"),
        ({"note": "あ" * 201}, "too long"),
    ],
)
def test_what_can_not_be_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        health(**wrong)


def test_limits_of_the_temperature_are_taken():
    assert health((), heat("34.0")).temperature == heat("34.0")
    assert health((), heat("42.0")).temperature == heat("42.0")


def test_history_keeps_words_and_figures():
    assert health(["cough"], heat("37.8"), "朝から").as_json() == {
        "symptoms": ["cough"],
        "temperature": "37.8",
        "note": "朝から",
    }
    assert GOOD.as_json() == {"symptoms": [], "temperature": None, "note": ""}


MERGED = [
    # base, mine, standing → merged
    ((), ("cough",), (), ("cough",)),
    ((), (), ("fever",), ("fever",)),
    ((), ("cough",), ("fever",), ("cough", "fever")),
    (("cough",), (), ("cough",), ()),
    (("cough",), ("cough",), (), ()),
    (("cough",), (), ("cough", "fever"), ("fever",)),
    (("cough", "fever"), ("cough",), ("fever",), ()),
    (("headache",), ("cough",), ("headache", "other"), ("cough", "other")),
]


@pytest.mark.parametrize(("base", "mine", "standing", "merged"), MERGED)
def test_symptoms_of_two_people_always_meet(base, mine, standing, merged):
    found = merge([Entry(CHILD, health(base), health(mine))], {CHILD: health(standing)})
    assert found.values == {CHILD: health(merged)}
    assert found.clashes == ()


def test_teachers_symptom_and_nurses_temperature_meet():
    found = merge(
        [Entry(CHILD, GOOD, health(["cough"]))], {CHILD: health((), heat("37.8"), "保健室")}
    )
    assert found.values[CHILD] == health(["cough"], heat("37.8"), "保健室")


@pytest.mark.parametrize(
    ("mine", "standing"),
    [
        (health((), heat("37.8")), health((), heat("38.2"))),
        (health((), None, "朝から"), health((), None, "一時間目から")),
    ],
)
def test_same_field_changed_by_both_is_a_clash_and_only_of_that_child(mine, standing):
    other = Entry(OTHER, GOOD, health(["fever"]))
    found = merge([Entry(CHILD, GOOD, mine), other], {CHILD: standing})
    assert found.clashes == (Clash(CHILD, mine, standing),)
    assert found.values == {OTHER: health(["fever"])}


def test_same_temperature_by_both_is_no_clash():
    mine = health((), heat("37.8"))
    assert merge([Entry(CHILD, GOOD, mine)], {CHILD: mine}).values == {CHILD: mine}


@given(base=values, mine=values)
def test_alone_the_form_is_written_as_it_is(base, mine):
    assert merge([Entry(CHILD, base, mine)], {CHILD: base}).values == {CHILD: mine}


@given(base=values, standing=values)
def test_a_form_nobody_touched_changes_nothing(base, standing):
    assert merge([Entry(CHILD, base, base)], {CHILD: standing}).values == {CHILD: standing}


@given(base=values, mine=values, standing=values)
def test_two_forms_meet_alike_in_either_order(base, mine, standing):
    first = merge([Entry(CHILD, base, mine)], {CHILD: standing})
    second = merge([Entry(CHILD, base, standing)], {CHILD: mine})
    assert first.values == second.values
    assert len(first.clashes) == len(second.clashes)
