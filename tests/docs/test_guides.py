"""The guides speak of the product as it is: pages, pictures, and every word of a button.

A word of the screen stands as ``**「…」**``; ○ stands where the product puts a name or a number.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from manabiya.kernel.ui.translations import template_texts

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs/guides"
PAGES = sorted(page for page in GUIDES.glob("*.md") if page.name != "README.md")
QUOTED = re.compile(r"\*\*「(.+?)」\*\*")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
HOLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
ROLES = {
    "guardian", "class_teacher", "vice_principal", "nurse", "principal", "board_officer", "operator",
}  # fmt: skip


@cache
def words_of_the_product():
    """Return every text the product can show, holes of names and numbers as ○."""
    found = set()
    for file in (ROOT / "manabiya").glob("**/templates/**/*.html"):
        found |= set(template_texts(file.read_text()))
    for file in (ROOT / "manabiya").glob("**/*.py"):
        if "tests" not in file.parts and "migrations" not in file.parts:
            found |= set(strings(ast.parse(file.read_text())))
    return {HOLE.sub("○", text).strip() for text in found}


def strings(tree):
    """Yield the strings of a program, its docstrings left out."""
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def unknown(text):
    """Return the quoted words of a page that no screen says."""
    return [word for word in QUOTED.findall(text) if word not in words_of_the_product()]


def test_every_role_has_its_guide_and_the_index_names_every_guide():
    names = {page.stem for page in PAGES}
    assert names >= ROLES
    index = (GUIDES / "README.md").read_text()
    assert set(re.findall(r"\]\((\w+)\.md\)", index)) == names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_word_of_a_button_is_a_word_of_the_product(page):
    assert unknown(page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_exists_and_is_told_in_words(page):
    pictures = PICTURE.findall(page.read_text())
    assert [path for _, path in pictures if not (GUIDES / path).resolve().is_file()] == []
    assert [path for told, path in pictures if not told.strip()] == []
    assert pictures or page.stem == "first_morning"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_guide_says_what_to_do_when_something_goes_wrong(page):
    if page.stem in ROLES:
        headings = re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE)
        assert any("困ったとき" in h or "うまくいかないとき" in h for h in headings)
        assert len(QUOTED.findall(page.read_text())) >= 2


def test_a_word_no_screen_says_is_found():
    assert unknown("**「届いたことにする」** **「届きました」**") == ["届いたことにする"]
    assert unknown("**「○名の出欠を確定する」** **「名の出欠を確定する」**") == [
        "名の出欠を確定する"
    ]
