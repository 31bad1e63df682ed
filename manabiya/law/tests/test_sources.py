"""Sources: a rule without ground, example or words is refused; examples are run."""

from dataclasses import replace
from datetime import date

import pytest

from manabiya.law.sources import (
    Confidence,
    Example,
    Refused,
    Rule,
    Source,
    StatedRule,
    Statute,
    example,
)
from manabiya.law.wording import said, said_confidence, said_source

ACT = Statute("学校教育法", "昭和22年法律第26号", date(1947, 3, 31))
RULE = Rule(
    term="足し算",
    summary="足します。",
    sources=(ACT.article("1条"), ACT.article("2条", confidence=Confidence.LOW)),
    words={"a": "一つ目"},
    examples=(example(2, a=1),),
)


def test_an_article_carries_number_and_date():
    assert ACT.article("1条") == Source(
        "学校教育法1条", date(1947, 3, 31), Confidence.HIGH, "昭和22年法律第26号", "公布"
    )
    later = ACT.article("1条", in_force=date(2026, 4, 1), confidence=Confidence.MEDIUM)
    assert (later.date, later.act, later.confidence) == (
        date(2026, 4, 1),
        "施行",
        Confidence.MEDIUM,
    )


@pytest.mark.parametrize("missing", [{"sources": ()}, {"examples": ()}, {"words": {}}])
def test_a_rule_needs_sources_examples_and_words(missing):
    with pytest.raises(ValueError, match="足し算"):
        replace(RULE, **missing)


def test_the_confidence_of_a_rule_shows_its_weakest_part():
    assert RULE.confidence == (Confidence.HIGH, Confidence.LOW)
    assert said_confidence(RULE) == "確認済み(未確認の部分を含む)"
    assert said_confidence(replace(RULE, sources=RULE.sources[:1])) == "確認済み"


def test_a_wrong_example_does_not_hold():
    stated = StatedRule(RULE, lambda a: a + 1)
    assert stated.holds(example(2, a=1))
    assert not stated.holds(example(3, a=1))
    assert not stated.holds(example(Refused("a"), a=1))


def test_a_refusal_holds_only_with_its_reason():
    def refuse(a):
        raise ValueError(f"{a}は足せません")

    stated = StatedRule(RULE, refuse)
    assert stated.outcome(Example(None, {"a": 1})) == Refused("1は足せません")
    assert stated.holds(example(Refused("足せません"), a=1))
    assert not stated.holds(example(Refused("引けません"), a=1))
    assert not stated.holds(example(2, a=1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "はい"),
        (False, "いいえ"),
        (None, "なし"),
        ("", "(空)"),
        ("組", "組"),
        (3, "3"),
        (date(2026, 4, 1), "令和8年4月1日"),
        (Confidence.LOW, "未確認"),
        ([], "なし"),
        ({}, "なし"),
        ([1, 2], "1、2"),
        ([("姓", "名")], "姓 名"),
        ({1: 36}, "1=36"),
        (Refused("だめ"), "受け付けない(理由: だめ)"),
    ],
)
def test_values_are_said_in_japanese(value, text):
    assert said(value) == text


def test_a_rule_may_name_its_values():
    assert said([True, "none"], {True: "出", "none": "影響なし"}) == "出、影響なし"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (ACT.article("1条"), "学校教育法1条(昭和22年法律第26号、昭和22年3月31日公布)"),
        (
            Source("規格", date(1996, 1, 1), Confidence.MEDIUM, "", "制定の年"),
            "規格(平成8年制定) 確度: 一部確認",
        ),
        (
            Source("規格", date(1989, 2, 1), Confidence.HIGH, "JIS X", "制定の年"),
            "規格(JIS X、平成元年制定)",
        ),
    ],
)
def test_sources_are_said_with_number_and_date(source, text):
    assert said_source(source) == text
