"""The book: every rule is found, true, dated and in docs/law.md as the code says it."""

import pkgutil
from pathlib import Path

import pytest

import manabiya.law
from manabiya.law import book

ROOT = Path(__file__).parents[3]
WITHOUT_RULES = {
    "attendance_summary",
    "book",
    "checklist_answers",
    "checklist_sets",
    "diseases",
    "homeroom_rules",
    "school",
    "sources",
    "statutes",
    "wording",
}
EXAMPLES = [
    pytest.param(stated, shown, id=f"{stated.rule.term}-{n}")
    for stated in book.rules()
    for n, shown in enumerate(stated.rule.examples, 1)
]


@pytest.mark.parametrize(("stated", "shown"), EXAMPLES)
def test_an_example_gives_what_it_says(stated, shown):
    assert stated.holds(shown), stated.outcome(shown)


def test_the_document_is_what_the_code_says():
    written = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    assert written == book.document(), "manabiya law docs で docs/law.md を作り直してください"


def test_every_module_has_its_chapter():
    modules = {module.name for module in pkgutil.iter_modules(manabiya.law.__path__)}
    chapters = {module.__name__.rpartition(".")[2] for module in book.CHAPTERS}
    assert modules - WITHOUT_RULES == chapters
    assert {stated.call.__module__ for stated in book.rules()} == {
        module.__name__ for module in book.CHAPTERS
    }


def test_terms_are_unique_and_every_rule_has_a_docstring():
    terms = [stated.rule.term for stated in book.rules()]
    assert len(set(terms)) == len(terms) == 50
    for stated in book.rules():
        assert stated.call.__doc__, stated.rule.term


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("出席停止の期間", "出席停止の期間"),
        ("「学級閉鎖」", "学級閉鎖"),
        (" 出席停止 ", "出席停止・忌引等の日数"),
        ("インフルエンザ", "出席停止の期間"),
        ("ＦＡＸ", "逆向きの問い"),
        ("fax", "逆向きの問い"),
        ("35人", "学級編制"),
    ],
)
def test_rules_are_found_by_their_terms(term, first):
    assert book.find(term)[0].rule.term == first


def test_a_term_brings_every_rule_that_has_it():
    terms = {stated.rule.term for stated in book.find("出席停止")}
    assert terms == {"出席停止・忌引等の日数", "学級閉鎖", "出席停止の期間", "出席停止の下限"}


def test_no_term_finds_nothing():
    assert book.find("") == book.find("「」") == []


@pytest.mark.parametrize(
    ("term", "hint"), [("出席定止", "近い用語: 出席停止、"), ("zzz", "用語の一覧は docs/law.md")]
)
def test_an_unknown_term_gets_a_hint(term, hint):
    with pytest.raises(book.UnknownTerm, match=f"「{term}」という用語の決まりはありません。{hint}"):
        book.explain(term)


def test_an_explanation_has_summary_sources_examples_and_place():
    lines = book.explain("満年齢").splitlines()
    assert lines[0] == "「満年齢」 確度: 確認済み"
    assert lines[2] == "  根拠: 年齢計算ニ関スル法律(明治35年法律第50号、明治35年12月2日公布)"
    assert lines[3] == "  例: 生年月日 令和2年4月1日、基準日 令和8年3月31日 → 6歳"
    assert lines[-1] == "  プログラム: manabiya.law.school_year.age_on"
