"""What no template may hold: inline styles and scripts, tables without caption, forms without token."""

import re
from collections.abc import Iterator
from pathlib import Path

FORBIDDEN = (
    (re.compile(r"\sstyle="), "style 属性は使えません(CSS に書く)"),
    (re.compile(r"<style\b"), "<style> は使えません"),
    (re.compile(r"<script\b(?![^>]*(\bsrc=|application/json))"), "その場の <script> は使えません"),
    (re.compile(r"\son[a-z]+="), "on… 属性は使えません"),
    (re.compile(r"hx-on|hx-vals=[\"']js:|hx-trigger=[\"'][^\"']*\["), "htmx の eval は使えません"),
    (re.compile(r"\{\{[^}]*\|safe"), "|safe は使えません"),
)
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
IMAGE = re.compile(r"<img\b[^>]*>")
BUTTON = re.compile(r"<button\b[^>]*>")
TOKEN = ("{% csrf_token %}", "csrfmiddlewaretoken")


def findings(text: str) -> Iterator[str]:
    """Yield what is wrong with a template's text."""
    for pattern, words in FORBIDDEN:
        if pattern.search(text):
            yield words
    for table in TABLE.findall(text):
        if "<caption" not in table:
            yield "表に caption がありません"
    for form in POST_FORM.findall(text):
        if not any(token in form for token in TOKEN):
            yield "POST の form に csrf_token がありません"
    for image in IMAGE.findall(text):
        if "alt=" not in image:
            yield "img に alt がありません"
    for button in BUTTON.findall(text):
        if "type=" not in button:
            yield "button に type がありません"


def templates(root: Path) -> list[Path]:
    """Return the templates of the house."""
    return sorted(root.glob("**/templates/**/*.html"))
